"""The window of the day: shown as it is, kept up to date while it is open, corrected by a click."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from tray_agent.ports import Windows
from tray_agent.shell import today_figures, weeks
from tray_agent.shell.conversation import Failed, converse
from tray_agent.shell.history import Row
from tray_agent.shell.intensities import Numbers
from tray_agent.shell.messages import CommandError
from tray_agent.shell.today_figures import Present
from tray_agent.shell.words import _

TODAY = "today"
MOST_BACK = 7
"""So many days before today can be looked at."""

LEAST_NEWS_S = 60.0
"""Time alone moves the picture no more often than this."""

SAID = ("up", "seated", "standing", "meeting")
"""What a person can say to have been."""


class TodayDialogue:
    """Opens the window and answers it.

    `present()` is the running day, `rows(since)` all of the history that began at that wall time or
    later, `aims()` the numbers of the intensity.  `correct(start, end, said)` tells the agent what the
    person was between two wall times, one of `SAID`; `export(path)` writes everything that is kept and
    returns a sentence, or raises `CommandError`.
    """

    def __init__(
        self,
        windows: Windows,
        *,
        present: Callable[[], Present],
        rows: Callable[[float], Iterable[Row]],
        aims: Callable[[], Numbers],
        correct: Callable[[float, float, str], object],
        export: Callable[[str], str],
    ) -> None:
        self._windows = windows
        self._present = present
        self._rows = rows
        self._aims = aims
        self._correct = correct
        self._export = export
        self._open = False
        self._back = 0
        self._told_s = 0.0
        self._seen: object = None

    def open(self, failed: Failed) -> None:
        """Show the day, or bring it to the front; `failed(reason)` when no window can be shown."""
        if self._open:
            self._windows.tell(TODAY, {"do": "front"})
            return

        def gone(reason: str) -> None:
            self._open = False
            failed(reason)

        self._open, self._back = True, 0
        converse(self._windows, TODAY, {"title": _("Today"), "day": self._day()}, self._heard, gone)

    def refresh(self) -> None:
        """Let an open window show what is true now; cheap when nothing has changed or none is open."""
        if not self._open or self._back:
            return
        present = self._present()
        grown = present.now_s >= self._told_s + LEAST_NEWS_S
        if grown or _what_matters(present) != self._seen:
            self._tell_day()

    def close(self) -> None:
        """Close the window."""
        self._open = False
        self._windows.close(TODAY)

    def _heard(self, message: dict[str, Any]) -> None:
        match message["event"]:
            case "correct" if message["as"] in SAID:
                self._put_right(float(message["from"]), float(message["to"]), message["as"])
            case "days":
                self._back = min(max(int(message["back"]), 0), MOST_BACK)
                self._tell_day()
            case "export":
                self._windows.tell(TODAY, {"sentence": self._exported(message["path"])})
            case "ended":
                self._open = False
            case _:
                pass

    def _put_right(self, start: float, end: float, said: str) -> None:
        # A span that reached to the end of the picture has grown since it was drawn.
        self._correct(start, self._present().now_s if end >= self._told_s else end, said)
        self._windows.tell(TODAY, {"sentence": _("Noted. The day has been worked out anew.")})
        self._tell_day()

    def _exported(self, path: str) -> str:
        try:
            return self._export(path)
        except CommandError as error:
            return str(error)

    def _tell_day(self) -> None:
        self._windows.tell(TODAY, {"day": self._day()})

    def _day(self) -> dict[str, Any]:
        present = self._present()
        self._told_s, self._seen = present.now_s, _what_matters(present)
        shown = date.fromisoformat(present.course.date) - timedelta(days=self._back)
        rows = self._rows(weeks.begin(shown.isoformat()))
        if self._back:
            day = today_figures.closed(shown.isoformat(), rows, self._aims())
        else:
            day = today_figures.running(present, rows, self._aims())
        return {**day, "back": self._back, "most_back": MOST_BACK}


def _what_matters(present: Present) -> object:
    """All that is shown but for what time alone changes."""
    view = present.view
    starts = tuple((span.posture, round(present.wall_at(span.start))) for span in present.course.spans)
    prompt = view.prompt and view.prompt.id
    figures = replace(view.today, sitting_s=0, longest_bout_s=0, standing_s=0, dose_standing_s=0)
    return figures, starts, prompt, len(present.calls)
