"""Words for the codes by which the agent gives reasons: for what it believes, and for when it asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tray_agent.shell.words import _, about, in_a_row

Values = Mapping[str, Any]


def grounds(code: str, values: Values) -> str:
    """Why a posture is believed, as a clause."""
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
        case "hold_ended":
            return _("a call or a video has only just ended")
        case "no_sensor":
            return _("no activity can be seen")
        case "no_input_yet":
            return _("there has been no activity yet")
        case "standing":
            return _("you said you were standing, and nothing has been noticed since")
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


def change(code: str, values: Values) -> str:
    """What would change the answer, as one thing of a list."""
    if code in ("no_input", "standing_expires"):
        known = {
            "no_input": _("no activity for {time} more"),
            "standing_expires": _("nothing said for {time} more"),
        }
        return known[code].format(time=about(values["in_s"]))
    known = {
        "input": _("a key, or the mouse"),
        "hold_ends": _("the end of the call or video"),
        "lock": _("a locked screen"),
        "sleep": _("a sleeping machine"),
        "unlock": _("an unlocked screen"),
        "word": _("your own word"),
        "sensor": _("activity that can be seen"),
    }
    return known.get(code, code)


def ending(code: str) -> str:
    """What ended the waiting of a prompt."""
    known = {
        "prompt": _("then it came"),
        "break": _("then you were up"),
        "hours_over": _("then working hours were over"),
        "day_over": _("then the day was over"),
        "corrected": _("then you told what had really been"),
        "settings": _("then other settings held"),
    }
    return known.get(code, code)


def reasons(codes: Iterable[str]) -> str:
    """Why there is no prompt, as a list."""
    return in_a_row(reason(code) for code in codes)


def reason(code: str) -> str:
    """Why there is no prompt, as a clause."""
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
