"""The windows that ask one thing: something to read, the work hours, the safety check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tray_agent.ports import Windows
from tray_agent.shell.conversation import Failed, converse

TEXT, HOURS, SAFETY = "text", "hours", "safety"

Check = Callable[[str], object]
"""Takes what a person wrote; raises `ValueError` with one sentence when it is not understood."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines to read under a heading, or under none; `points` makes each a bullet."""

    lines: tuple[str, ...]
    heading: str = ""
    points: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Work hours as people write them; `mode` is `always` or `schedule`, as in the settings."""

    mode: str
    ranges: tuple[str, ...]
    holidays: tuple[str, ...] = ()


class Sheets:
    """Opens them; `failed(reason)` is called when one could not be shown."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    def text(self, title: str, sections: Iterable[Section], failed: Failed) -> None:
        """Something to read, in place of what was shown before."""
        brief = {"title": title, "sections": [asdict(section) for section in sections]}
        converse(self._windows, TEXT, brief, _nothing, failed)

    def hours(
        self,
        hours: Hours,
        check_range: Check,
        check_holiday: Check,
        save: Callable[[Hours], str | None],
        failed: Failed,
    ) -> None:
        """Let the person edit the work hours.

        `save(hours)` is called once each of them passes its check; it returns None, or a sentence saying
        why they could not be kept.  Whatever is wrong is shown, and nothing that was written is lost.
        """

        def heard(message: dict[str, Any]) -> None:
            if message["event"] not in {"check", "chosen"}:
                return
            asked = Hours(message["mode"], tuple(message["ranges"]), tuple(message["holidays"]))
            faults = {
                "ranges": _faults(asked.ranges, check_range),
                "holidays": _faults(asked.holidays, check_holiday),
            }
            if message["event"] == "check" or any(faults.values()):
                self._windows.tell(HOURS, {"faults": faults})
                return
            trouble = save(asked)
            if trouble is None:
                self._windows.close(HOURS)
            else:
                self._windows.tell(HOURS, {"sentence": trouble})

        converse(self._windows, HOURS, asdict(hours), heard, failed)

    def safety(self, answered: Callable[[bool], object], failed: Failed, *, cleared: bool) -> None:
        """Ask whether floor and loaded exercises are safe; `answered(cleared)` only when the person saved."""

        def heard(message: dict[str, Any]) -> None:
            if message["event"] == "ended" and "cleared" in message:
                answered(bool(message["cleared"]))

        converse(self._windows, SAFETY, {"cleared": cleared}, heard, failed)

    def close(self) -> None:
        """Close what is open."""
        for name in (TEXT, HOURS, SAFETY):
            self._windows.close(name)


def _nothing(_message: dict[str, Any]) -> None:
    """Reading needs no answer."""


def _faults(texts: Sequence[str], check: Check) -> dict[str, str]:
    """The sentence about each text that is not understood."""
    faults = {}
    for text in texts:
        try:
            check(text)
        except ValueError as error:
            faults[text] = f"{error}"
    return faults
