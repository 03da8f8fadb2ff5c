"""The engine's answers as JSON: stable snake_case codes, durations in seconds ending `_s`.

`in_words` says a line of a replay to people instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tray_agent.core.ledger import Today
from tray_agent.core.model import Because
from tray_agent.shell.words import _, in_a_row


def seconds(value: float) -> float:
    """Seconds to the millisecond, whole ones without a fraction."""
    return int(value) if value == int(value) else round(value, 3)


def because(reasons: Iterable[Because]) -> list[dict[str, Any]]:
    """Reasons as a list of `{code, values}`."""
    return [
        {
            "code": reason.code,
            "values": {
                key: value if isinstance(value, str) else seconds(value)
                for key, value in reason.values.items()
            },
        }
        for reason in reasons
    ]


def today(day: Today) -> dict[str, Any]:
    """The day's figures, whole seconds."""
    return {
        "sitting_s": round(day.sitting_s),
        "longest_bout_s": round(day.longest_bout_s),
        "standing_s": round(day.standing_s),
        "breaks": day.breaks,
        "prompts": day.prompts,
        "started": day.started,
        "snoozed": day.snoozed,
        "skipped": day.skipped,
        "ignored": day.ignored,
        "dose": {
            "hip_flexor": {"left_s": round(day.hip_flexor.left_s), "right_s": round(day.hip_flexor.right_s)},
            "glutes": {"sets": day.glutes.sets, "reps": day.glutes.reps},
            "standing_s": round(day.dose_standing_s),
        },
    }


def in_words(line: Mapping[str, Any]) -> str:
    """One line of a replay: the time on the trace's axis as h:mm:ss, then what happened."""
    if line["kind"] == "summary":
        return _summary(line)
    at = line["t"] if "t" in line else line["start"] if line["end"] is None else line["end"]
    return f"{_clock(at)}  {_happened(line)}"


def _clock(at: float) -> str:
    minutes, second = divmod(int(at), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"


def _happened(line: Mapping[str, Any]) -> str:
    match line["kind"]:
        case "estimate":
            said = _("estimate: {posture}, sitting about {minutes} min, {confidence:.0%} sure")
            return said.format(
                posture=line["posture"],
                minutes=round(line["sitting_s"] / 60),
                confidence=line["confidence"],
            )
        case "break" if line["end"] is None:
            return _("break: off the chair from here on ({cause})").format(cause=line["cause"])
        case "break":
            minutes = round((line["end"] - line["start"]) / 60)
            return _("break: off the chair since {start}, about {minutes} min ({cause})").format(
                start=_clock(line["start"]), minutes=minutes, cause=line["cause"]
            )
        case "prompt":
            return _("prompt: {prompt}, by {insistence}").format(
                prompt=line["prompt"], insistence=line["insistence"]
            )
        case _:
            if not line["reasons"]:
                return _("quiet is over")
            return _("quiet: {reasons}").format(reasons=in_a_row(line["reasons"]))


def _summary(line: Mapping[str, Any]) -> str:
    dose = line["dose"]
    return _(
        "In all: sat about {sitting} min, at most {longest} at a stretch. Breaks: {breaks}."
        " Prompts: {prompts} (started {started}, snoozed {snoozed}, skipped {skipped}, ignored {ignored})."
        " Stretched: {left} s left, {right} s right. Glute sets: {sets}. Stood: {standing} min."
    ).format(
        **{key: line[key] for key in ("breaks", "prompts", "started", "snoozed", "skipped", "ignored")},
        sitting=round(line["sitting_s"] / 60),
        longest=round(line["longest_bout_s"] / 60),
        left=dose["hip_flexor"]["left_s"],
        right=dose["hip_flexor"]["right_s"],
        sets=dose["glutes"]["sets"],
        standing=round(dose["standing_s"] / 60),
    )
