"""The agent's answers in plain words, for people at a terminal.

They are made from the JSON results alone, so that the command line never loads the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tray_agent.shell.words import _, about, duration, ngettext

Result = Mapping[str, Any]

_WELL = ("ok", "off")


def status(result: Result) -> str:
    """`status` in a few lines: the person, what is coming, the day, and what does not work."""
    first = " ".join([_person(result), *_coming(result)])
    return "\n".join([first, today(result["today"]), *_troubles(result)])


def why(result: Result) -> str:
    """`why` in a few lines: what is believed, what is coming, what holds it back."""
    lines = [_belief(result["posture"], result["because"])]
    lines += _coming(result)
    if result["quiet"]:
        lines.append(_("No prompt comes now: {reasons}.").format(reasons=_reasons(result["quiet"])))
    return "\n".join(lines)


def doctor(result: Result) -> str:
    """`doctor` as a list: each part with what would help it, then what else is to know and what is wrong."""
    running = _("running") if result["running"] else _("not running")
    lines = [_("Tray Agent {version}, {running}").format(version=result["version"], running=running)]
    for part in result["parts"]:
        told = (part["name"], part["state"], part["source"], part["reason"])
        lines.append("  " + ", ".join(word for word in told if word))
        if remedy := part.get("remedy"):
            lines.append(f"    {remedy}")
    return "\n".join([*lines, *_besides(result), *result["faults"]])


def _besides(result: Result) -> Iterator[str]:
    if seen := result.get("last_input"):
        counter, pynput = _ago(seen["counter_s"]), _ago(seen["pynput_s"])
        both = _("Last input: by the counter {counter}, by pynput {pynput}.")
        yield both.format(counter=counter, pynput=pynput)
    if startup := result.get("autostart"):
        yield autostart(startup)
    if crash := result.get("last_crash"):
        yield _("It once ended by a fault of its own; {file} says more.").format(file=crash)


def autostart(result: Result) -> str:
    """Whether the agent starts with the session, by what, and why."""
    by = {"xdg": _("by your desktop"), "systemd": _("by systemd")}.get(result["mechanism"] or "")
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
            yield _("A break is due; it waits: {reasons}.").format(reasons=_reasons(result["quiet"]))
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
        if part["state"] not in _WELL:
            told = (source, part["state"], part["reason"])
            yield f"{name}: {', '.join(word for word in told if word)}"


def _belief(posture: str, because: Iterable[Result]) -> str:
    grounds = ", ".join(_grounds(reason["code"], reason["values"]) for reason in because)
    known = {
        "seated": _("You seem to be sitting: {grounds}."),
        "standing": _("You are standing: {grounds}."),
        "away": _("You seem to be away: {grounds}."),
    }
    return known.get(posture, _("I cannot tell whether you sit: {grounds}.")).format(grounds=grounds)


def _grounds(code: str, values: Result) -> str:
    match code:
        case "input":
            return _("the last input was {time} ago").format(time=about(values["idle_s"]))
        case "held":
            held = {
                "call": _("no input for {time}, but you are in a call"),
                "media": _("no input for {time}, but a video or sound is playing"),
            }
            return held[values["signal"]].format(time=about(values["idle_s"]))
        case "idle":
            return _("no input for {time}").format(time=about(values["away_s"]))
        case "no_sensor":
            return _("no activity can be seen")
        case "said_standing" | "said":
            return _("you said so")
        case "lock":
            return _("the screen was locked")
        case "sleep":
            return _("the machine slept")
        case "gap":
            return _("nobody could watch for a while")
        case _:
            return code


def _reasons(codes: Iterable[str]) -> str:
    return ", ".join(_reason(code) for code in codes)


def _reason(code: str) -> str:
    known = {
        "outside_hours": _("outside working hours"),
        "paused": _("paused"),
        "locked": _("the screen is locked"),
        "asleep": _("the machine sleeps"),
        "idle": _("nobody seems to be there"),
        "standing": _("you are standing"),
        "unknown": _("no activity can be seen"),
        "call": _("you are in a call"),
        "sharing": _("your screen is shared"),
        "fullscreen": _("a program fills the screen"),
        "dnd": _("do-not-disturb is on"),
        "day_start": _("the day has just begun"),
        "day_end": _("the day is nearly over"),
        "spacing": _("the last prompt was not long ago"),
        "daily_cap": _("enough prompts for today"),
        "back_off": _("the last prompt was not wanted"),
        "typing": _("you are typing"),
    }
    return known.get(code, code)
