"""The agent's answers in plain words, for people at a terminal.

They are made from the JSON results alone, so that the command line never loads the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tray_agent.shell.reason_words import change, ending, grounds, reasons
from tray_agent.shell.words import _, about, duration, in_a_row, ngettext

Result = Mapping[str, Any]

_WELL = ("ok", "off")
_NEEDED = ("counter", "pynput", "tray", "notifier")
"""Parts whose absence is worth a line in `status`; what else may be absent is for `doctor` to tell."""


def status(result: Result) -> str:
    """`status` in a few lines: the person, what is coming, the day, and what does not work."""
    first = " ".join([_person(result), *_coming(result)])
    return "\n".join([first, today(result["today"]), *_troubles(result)])


def why(result: Result) -> str:
    """`why` in six lines at most: what is believed and what would change that, what is coming, what came."""
    now = result["now"]
    lines = [_belief(now["posture"], result["because"], now["rule"])]
    changes = [change(item["code"], item["values"]) for item in now["would_change"]]
    lines.append(_("What would change my mind: {changes}.").format(changes=in_a_row(changes)))
    coming = list(_coming(result))
    lines += coming
    if result["quiet"] and not (result["owed"] and coming):
        lines.append(_("No prompt comes now: {reasons}.").format(reasons=reasons(result["quiet"])))
    return "\n".join([*lines, *_past(result)])


def waiting(quiet: Iterable[str]) -> str:
    """That a break is due, and what it waits for."""
    return _("A break is due; it waits: {reasons}.").format(reasons=reasons(quiet))


def _past(result: Result) -> Iterator[str]:
    """The last prompt, and the last time that one was held back and did not come of it."""
    asked, held = result["last_prompt"], result["last_held"]
    if asked is not None:
        told = {"time": _clock(asked["at"]), "sitting": about(_sat_s(asked["because"]))}
        if asked["waited_for"]:
            sentence = _(
                "The last prompt came at {time}, after {sitting} of sitting; why it waited: {reasons}."
            )
            yield sentence.format(**told, reasons=reasons(_codes(asked["waited_for"])))
        else:
            yield _("The last prompt came at {time}, after {sitting} of sitting.").format(**told)
    if held is not None and held["ended_by"] not in (None, "prompt"):
        yield _("A prompt was held back from {began} to {ended}: {reasons}; {ending}.").format(
            began=_clock(held["since"]),
            ended=_clock(held["until"]),
            reasons=reasons(_codes(held["because"])),
            ending=ending(held["ended_by"]),
        )


def _sat_s(because: Iterable[Result]) -> float:
    return max(float(reason["values"].get("sitting_s", 0)) for reason in because)


def _codes(because: Iterable[Result]) -> Iterator[str]:
    return (reason["code"] for reason in because)


def doctor(result: Result) -> str:
    """`doctor` as a list: each part with what would help it, then what else is to know and what is wrong."""
    from tray_agent.shell import part_rows

    running = _("running") if result["running"] else _("not running")
    lines = [_("Tray Agent {version}, {running}").format(version=result["version"], running=running)]
    rows = part_rows.rows(result["parts"])
    return "\n".join([*lines, *rows, *_besides(result), *result["faults"], *_refused(result)])


def _refused(result: Result) -> Iterator[str]:
    return (f"{row['source']}: {row['error']}" for row in result.get("policy_errors", ()))


def _besides(result: Result) -> Iterator[str]:
    if seen := result.get("last_input"):
        counter, pynput = _ago(seen["counter_s"]), _ago(seen["pynput_s"])
        both = _("Last input: by the counter {counter}, by pynput {pynput}.")
        yield both.format(counter=counter, pynput=pynput)
    if crash := result.get("last_crash"):
        yield _("It once ended by a fault of its own; {file} says more.").format(file=crash)


def autostart(result: Result) -> str:
    """Whether the agent starts with the session, by what, and why."""
    by = {
        "xdg": _("by your desktop"),
        "systemd": _("by systemd"),
        "run": _("by Windows"),
        "login_item": _("by macOS"),
        "launch_agent": _("by macOS"),
    }.get(result["mechanism"] or "")
    if not result["on"]:
        told = _("Tray Agent does not start when you log in")
    elif by:
        told = _("Tray Agent starts when you log in, {by}").format(by=by)
    else:
        told = _("Tray Agent starts when you log in")
    return f"{told}: {result['reason']}." if result["reason"] else f"{told}."


def _ago(seconds: float | None) -> str:
    return _("not seen") if seconds is None else _("{n} s ago").format(n=round(seconds))


def done(verb: str, result: Result) -> str:
    """What a verb did."""
    match verb:
        case "break":
            return _("Your break begins.")
        case "snooze":
            return _("I will ask again in a while.")
        case "skip":
            return _("Skipped; I will not ask again until you have had a break.")
        case "pause":
            return _paused(result.get("paused_until"))
        case "resume":
            return _("Prompts are on.")
        case "standing":
            return _("Noted: you are standing.")
        case "sitting":
            return _("Noted: you are sitting.")
        case "away":
            return _("Noted: you are away.")
        case "was":
            return _was(result)
        case "today" | "settings":
            return _("The window is open.")
        case _:
            return _("Tray Agent ends.")


def _was(result: Result) -> str:
    known = {
        "up": _("Noted: you were up from {began} to {ended}."),
        "seated": _("Noted: you were sitting from {began} to {ended}."),
        "standing": _("Noted: you were standing from {began} to {ended}."),
        "meeting": _("Noted: you were sitting in a meeting from {began} to {ended}."),
    }
    return known[result["as"]].format(began=_clock(result["from"]), ended=_clock(result["to"]))


def _person(result: Result) -> str:
    if result["paused_until"] is not None:
        return _paused(result["paused_until"])
    match result["posture"]:
        case "seated":
            return _("Sitting {time}.").format(time=about(result["sitting_s"]))
        case "standing":
            return _("Standing.")
        case "away":
            return _("Away from the desk.")
        case _:
            return _("No activity can be seen; `tray-agent doctor` says why.")


def _paused(until: str | None) -> str:
    if until is None or until == "indefinite":
        return _("Paused until you resume.")
    return _("Paused until {time}.").format(time=_clock(until))


def _clock(iso: str) -> str:
    # ISO 8601: the person's own clock needs neither date nor offset.
    return iso[11:16]


def _coming(result: Result) -> Iterator[str]:
    if result["prompt"] is not None:
        yield _("It is time for a break: take it, snooze or skip.")
    elif result["next"] is not None and result.get("paused_until") is None:
        due_in_s = result["next"]["due_in_s"]
        if due_in_s > 0:
            yield _("Next break in {time}.").format(time=about(due_in_s))
        elif result["quiet"]:
            yield waiting(result["quiet"])
        else:
            yield _("A break is due.")


def today(figures: Result) -> str:
    """The day's figures in a line."""
    breaks = ngettext("{n} break", "{n} breaks", figures["breaks"]).format(n=figures["breaks"])
    return _("Today: {breaks}, {sitting} sitting, {longest} at most without a break.").format(
        breaks=breaks, sitting=duration(figures["sitting_s"]), longest=duration(figures["longest_bout_s"])
    )


def _troubles(result: Result) -> Iterator[str]:
    parts = [(part["name"], part["source"], part) for part in result["sensors"]]
    parts += [(name, result[name]["backend"], result[name]) for name in ("tray", "notifier")]
    for name, source, part in parts:
        if part["state"] not in _WELL and (part["state"] != "absent" or name in _NEEDED):
            told = (source, part["state"], part["reason"])
            yield f"{name}: {', '.join(word for word in told if word)}"


def _belief(posture: str, because: Iterable[Result], rule: str) -> str:
    if rule in ("no_input_yet", "hold_ended"):  # the bare reason would not tell the whole of it
        because = [{"code": rule, "values": {}}]
    told = in_a_row(grounds(reason["code"], reason["values"]) for reason in because)
    known = {
        "seated": _("You seem to be sitting: {grounds}."),
        "standing": _("You are standing: {grounds}."),
        "away": _("You seem to be away: {grounds}."),
    }
    return known.get(posture, _("I cannot tell whether you sit: {grounds}.")).format(grounds=told)
