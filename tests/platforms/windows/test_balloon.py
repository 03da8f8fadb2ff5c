"""Notes as balloons.  Wine shows them and does not tell of clicks, so these come from the test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pystray._util import win32

from tests.support.taskbar import PlayedTaskbar, event, played_taskbar
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows.balloon import BalloonNotifier, words
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.notify_icon import BODY_MAX, NIN_BALLOONUSERCLICK
from tray_agent.platforms.windows.tray import WindowsTray
from tray_agent.ports import Note, State
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

HOW = "Answer in the tray menu, or type “tray-agent snooze” or “tray-agent skip”."
STAND_UP = Note(1, "Time to stand up", "Sitting about 45 min", (("start", "Start"), ("skip", "Skip")))
HIPS = Note(2, "Time for your hips", "", ())
TIMED_OUT, HIDDEN = 0x0404, 0x0403


@dataclass
class Stage:
    loop: SelectorLoop
    window: MessageWindow
    taskbar: PlayedTaskbar
    answers: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tray: WindowsTray | None = WindowsTray(
            self.loop, self.window, list, faces.draw, activated=lambda: None
        )
        self.notifier = BalloonNotifier(
            self.loop,
            lambda: self.tray,
            lambda prompt, key: self.answers.append((prompt, key)),
            self.refused.append,
        )
        turn_until(self.loop, lambda: self.taskbar.told, "the icon")
        turn_for(self.loop, 0.05)

    def shows(self, note: Note) -> None:
        count = len(self.balloons)
        self.notifier.show(note)
        turn_until(self.loop, lambda: len(self.balloons) > count, "the balloon")
        turn_for(self.loop, 0.05)

    def is_clicked(self) -> None:
        event(self.window.hwnd, NIN_BALLOONUSERCLICK)
        turn_for(self.loop, 0.1)

    @property
    def balloons(self) -> list[str]:
        return [told.info for told in self.taskbar.told if told.flags & win32.NIF_INFO and told.info]

    @property
    def last(self) -> str:
        """Of the last balloon, empty once it was taken away."""
        return [told.info for told in self.taskbar.told if told.flags & win32.NIF_INFO][-1]


@pytest.fixture
def stage(loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with played_taskbar(monkeypatch, set()) as taskbar:
        stage = Stage(loop, window, taskbar)
        yield stage
        stage.notifier.close()
        if stage.tray is not None:
            stage.tray.close()
        window.close()


def test_a_click_answers_by_default_and_only_once(stage: Stage) -> None:
    stage.shows(STAND_UP)
    assert stage.last == f"Sitting about 45 min\n{HOW}"
    stage.is_clicked()
    stage.is_clicked()
    assert stage.answers == [(1, "default")]


def test_that_it_went_away_answers_nothing(stage: Stage) -> None:
    stage.shows(STAND_UP)
    event(stage.window.hwnd, TIMED_OUT)
    event(stage.window.hwnd, HIDDEN)
    turn_for(stage.loop, 0.1)
    assert stage.answers == []


def test_a_new_note_takes_the_place_of_the_old_one(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.shows(HIPS)
    stage.is_clicked()
    assert stage.answers == [(2, "default")]


def test_a_click_that_was_heard_before_the_new_note_came_belongs_to_none(stage: Stage) -> None:
    stage.shows(STAND_UP)
    event(stage.window.hwnd, NIN_BALLOONUSERCLICK)
    stage.notifier.show(HIPS)
    turn_for(stage.loop, 0.2)
    assert stage.answers == []


def test_a_note_is_withdrawn_without_an_answer(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.notifier.withdraw()
    turn_until(stage.loop, lambda: not stage.last, "the end of the balloon")
    stage.is_clicked()
    assert stage.answers == []


def test_without_a_note_nothing_is_withdrawn(stage: Stage) -> None:
    before = len(stage.taskbar.told)
    stage.notifier.withdraw()
    turn_for(stage.loop, 0.1)
    assert len(stage.taskbar.told) == before


def test_a_taskbar_that_takes_no_balloon_hands_the_note_back(stage: Stage) -> None:
    stage.taskbar.refuses.add(win32.NIM_MODIFY)
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert stage.refused == [STAND_UP]
    stage.is_clicked()
    assert stage.answers == []


def test_without_an_icon_the_note_goes_back_as_well(stage: Stage) -> None:
    tray, stage.tray = stage.tray, None
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert stage.notifier.health().state is State.ABSENT
    stage.notifier.close()
    stage.tray = tray


def test_a_note_withdrawn_in_time_is_not_handed_back(stage: Stage) -> None:
    stage.taskbar.refuses.add(win32.NIM_MODIFY)
    tray = stage.tray
    for stage.tray in (None, tray):
        stage.notifier.show(STAND_UP)
        stage.notifier.withdraw()
        turn_for(stage.loop, 0.1)
    assert stage.refused == []


def test_health_tells_what_balloons_lack_and_whether_there_is_an_icon(stage: Stage) -> None:
    health = stage.notifier.health()
    assert (health.name, health.state, health.source) == ("notifier", State.DEGRADED, "balloon")
    assert health.reason == "notes without buttons"


def test_a_long_text_is_cut_before_the_words_on_how_to_answer() -> None:
    title, body = words(Note(1, "title", "🪑 long " * 60, (("start", "Start"),)))
    assert title == "title"
    assert body.endswith(f"…\n{HOW}")
    assert len(body.encode("utf-16-le")) // 2 <= BODY_MAX


def test_a_note_without_a_text_is_a_balloon_all_the_same() -> None:
    assert words(HIPS) == ("Tray Agent", "Time for your hips")
