"""The window of the day as its agent sees it: a real engine and history, a window that is played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_windows import FakeWindows
from tests.support.lived_day import NINE, LivedDay
from tests.support.timeline import Playbook
from tray_agent.core import events as ev
from tray_agent.core.model import Intensity, Posture
from tray_agent.shell import resources
from tray_agent.shell.intensities import numbers_of
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.today_dialogue import TodayDialogue

MIN = 60.0
AIMS = numbers_of(Intensity.STANDARD, resources.config("intensity.toml"))


class Desk:
    """Somebody at a desk who looks at the day."""

    def __init__(self, folder: Path) -> None:
        self.book = Playbook()
        self.day = LivedDay(folder, self.book)
        self.windows = FakeWindows()
        self.failed: list[str] = []
        self.refuses = False
        self.dialogue = TodayDialogue(
            self.windows,
            present=self.day.now,
            rows=self.day.rows,
            aims=lambda: AIMS,
            correct=self._correct,
            export=self._export,
        )

    def looks(self) -> dict[str, Any]:
        self.dialogue.open(self.failed.append)
        self.windows.says("today", "ready")
        return self.windows.open_now["today"]

    def told(self) -> list[dict[str, Any]]:
        told = [message for _name, message in self.windows.told]
        self.windows.told.clear()
        return told

    def _correct(self, start: float, end: float, said: str) -> None:
        posture = Posture.SEATED if said in {"seated", "meeting"} else Posture.AWAY
        now = self.day.wall_at(self.book.now)
        self.book.tells(ev.Correct(now - start, now - end, posture))

    def _export(self, path: str) -> str:
        if self.refuses:
            raise CommandError(Exit.USAGE, f"{path} is there already")
        return f"written to {path}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.book.works("0:00", "0:20")
    desk.book.works("0:27", "0:30")
    return desk


def postures(day: dict[str, Any]) -> list[str]:
    return [span["posture"] for span in day["spans"]]


def test_it_opens_with_the_day_as_it_is(desk: Desk) -> None:
    brief = desk.looks()
    assert (brief["v"], brief["title"], brief["day"]["back"]) == (1, "Today", 0)
    assert postures(brief["day"]) == ["seated", "away", "seated"]


def test_opened_again_it_comes_to_the_front(desk: Desk) -> None:
    desk.looks()
    desk.dialogue.open(desk.failed.append)
    assert desk.told() == [{"do": "front"}]
    desk.windows.says("today", "ended")
    desk.windows.open_now.clear()
    assert desk.looks()["title"] == "Today"


def test_no_window_can_be_shown(desk: Desk) -> None:
    desk.dialogue.open(desk.failed.append)
    desk.windows.says("today", "gone", reason="no display")
    assert desk.failed == ["no display"]
    desk.dialogue.refresh()
    assert desk.told() == []


def test_it_learns_what_changes_and_nothing_else(desk: Desk) -> None:
    desk.looks()
    desk.dialogue.refresh()
    assert desk.told() == []
    desk.book.locks("0:30:05")
    desk.book.until("0:30:06")
    desk.dialogue.refresh()
    (message,) = desk.told()
    assert postures(message["day"])[-1] == "away"


def test_time_alone_moves_the_picture_once_a_minute(desk: Desk) -> None:
    desk.looks()
    desk.book.works("0:30", "0:30:50")
    desk.dialogue.refresh()
    assert desk.told() == []
    desk.book.works("0:30:50", "0:31:10")
    desk.dialogue.refresh()
    assert [message["day"]["now_s"] for message in desk.told()] == [NINE + 31 * MIN + 10]


def test_nobody_looks(desk: Desk) -> None:
    desk.dialogue.refresh()
    desk.looks()
    desk.windows.says("today", "ended")
    desk.book.works("0:30", "0:45")
    desk.dialogue.refresh()
    assert desk.told() == []


def test_a_correction_works_the_day_out_anew(desk: Desk) -> None:
    away = desk.looks()["day"]["spans"][1]
    desk.windows.says("today", "correct", **{"from": away["from_s"], "to": away["to_s"], "as": "meeting"})
    answer, after = desk.told()
    assert answer == {"sentence": "Noted. The day has been worked out anew."}
    assert postures(after["day"]) == ["seated"]
    assert after["day"]["totals"]["longest_bout_s"] == 30 * MIN
    assert after["day"]["totals"]["breaks"] == 0


def test_a_correction_reaches_to_now_where_the_picture_did(desk: Desk) -> None:
    running = desk.looks()["day"]["spans"][-1]
    desk.book.works("0:30", "0:30:40")
    desk.windows.says("today", "correct", **{"from": running["from_s"], "to": running["to_s"], "as": "up"})
    *_, after = desk.told()
    assert postures(after["day"]) == ["seated", "away"]
    assert after["day"]["spans"][-1]["to_s"] == NINE + 30 * MIN + 40


def test_what_nobody_can_have_been_is_passed_over(desk: Desk) -> None:
    desk.looks()
    desk.windows.says("today", "correct", **{"from": NINE, "to": NINE + MIN, "as": "asleep"})
    assert desk.told() == []


def test_a_day_before(desk: Desk) -> None:
    desk.looks()
    desk.windows.says("today", "days", back=1)
    (message,) = desk.told()
    assert (message["day"]["date"], message["day"]["back"], message["day"]["spans"]) == ("2026-03-01", 1, [])
    desk.book.locks("0:31")
    desk.dialogue.refresh()
    assert desk.told() == []  # what is over does not change
    for back, shown in ((-3, 0), (99, 7)):
        desk.windows.says("today", "days", back=back)
        assert desk.told()[0]["day"]["back"] == shown


def test_a_copy_of_everything(desk: Desk) -> None:
    desk.looks()
    desk.windows.says("today", "export", path="mine.json")
    desk.refuses = True
    desk.windows.says("today", "export", path="mine.json")
    assert desk.told() == [{"sentence": "written to mine.json"}, {"sentence": "mine.json is there already"}]


def test_closed_it_is_gone(desk: Desk) -> None:
    desk.looks()
    desk.dialogue.close()
    assert desk.windows.open_now == {}
