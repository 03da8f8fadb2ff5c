"""What a person does while a routine is played, what the agent hears of it, and what is then shown."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.briefs import LEFT, LIFTS, RIGHT, WALK, brief
from tests.support.eventually import eventually
from tray_agent.ui.breaks import playing as playing_module
from tray_agent.ui.breaks.brief import Brief, Play, Swap
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.playing import Playing
from tray_agent.ui.breaks.sequence import Phase
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")


class Played:
    """A routine being played, its buttons awake, and all it said."""

    def __init__(self, *steps: dict[str, Any], mirrored: bool = False, **more: Any) -> None:
        self.said: list[dict[str, Any]] = []
        self.ended: list[list[int]] = []
        self.closed = 0
        told = msgspec.convert({**brief(*steps, **more)}, Brief)
        self.speaker = QWidget()
        if mirrored:
            self.speaker.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.page = Playing(
            told,
            Play(routine=7, title=told.title, steps=told.steps),
            look=Look.of(scheme_palette("light")),
            cues=Cues(self.speaker, None, None),
            say=self.said.append,
            ended=self.ended.append,
            close=self._close,
            still=False,
            mirrored=mirrored,
        )
        self.page.resize(1000, 700)
        self.page.begin()
        self.wake()

    def _close(self) -> None:
        self.closed += 1

    @property
    def sequence(self) -> Any:
        return self.page._sequence

    def wake(self) -> None:
        self.page._shown_buttons()._wake()

    def press(self, name: str) -> None:
        buttons = self.page._shown_buttons()
        buttons._pressed.invalidate()
        next(button for button in buttons.all if button.accessibleName() == name).click()
        self.wake()

    def key(self, key: Qt.Key, text: str = "") -> bool:
        return self.page.key(QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, text))

    def swap(self, *steps: dict[str, Any], at: int) -> None:
        self.page.swap(msgspec.convert({"steps": list(steps), "at": at}, Swap))
        self.wake()

    def buttons(self) -> list[str]:
        return [button.accessibleName() for button in self.page._shown_buttons().all]

    def words(self) -> list[str]:
        page = self.page._pages.currentWidget()
        assert page is not None
        return [label.text() for label in page.findChildren(QLabel) if label.text()]


def test_it_plays_to_the_end_by_itself() -> None:
    played = Played(LEFT, RIGHT, speed=100.0)
    eventually(lambda: played.ended, "the end")
    assert played.ended == [[0, 1]]
    assert "That is it." in played.words()
    eventually(lambda: played.closed, "the window to close")


def test_the_main_button_begins_and_then_ends_a_step() -> None:
    played = Played(LEFT, RIGHT, time_limit=None)
    assert "Go on" in played.buttons()
    played.press("Go on")
    assert (played.sequence.phase, "Done" in played.buttons()) == (Phase.HOLD, True)
    played.press("Done")
    assert (played.sequence.phase, played.sequence.whole) == (Phase.SWITCH_SIDES, {0})


def test_skipped_steps_are_not_told_as_done() -> None:
    played = Played(LEFT, RIGHT, WALK, time_limit=None)
    played.press("Skip step")
    played.press("Go on")
    played.press("Done")
    played.press("Skip step")
    assert played.ended == [[1]]


def test_a_pause_stops_the_clock_until_it_is_resumed() -> None:
    played = Played(LEFT, time_limit=1.0)
    played.press("Pause")
    assert (played.sequence.paused, played.page._clock.isActive()) == (True, False)
    assert "Paused" in played.words()
    played.press("Resume")
    assert (played.sequence.paused, played.page._clock.isActive()) == (False, True)
    played.press("Pause")
    played.press("Go on")
    assert (played.sequence.paused, played.page._clock.isActive()) == (False, True)


def test_stop_ends_it_with_what_is_whole() -> None:
    played = Played(LEFT, RIGHT, time_limit=None)
    played.press("Go on")
    played.press("Done")
    played.press("Stop")
    played.page.end()
    assert (played.ended, played.closed) == ([[0]], 1)


@pytest.mark.parametrize(("mirrored", "on", "back"), [(False, "Right", "Left"), (True, "Left", "Right")])
def test_the_keyboard_does_it_all(mirrored: bool, on: str, back: str) -> None:
    played = Played(LEFT, RIGHT, WALK, mirrored=mirrored, time_limit=None)
    played.key(Qt.Key[f"Key_{on}"])
    assert played.sequence.index == 1
    played.key(Qt.Key[f"Key_{back}"])
    assert played.sequence.index == 0
    played.key(Qt.Key.Key_Space)
    assert played.sequence.paused
    played.key(Qt.Key.Key_Return)
    assert played.sequence.phase is Phase.HOLD
    played.key(Qt.Key.Key_H, "h")
    assert played.said == [{"event": "hurts", "routine": 7, "step": 0}]
    played.wake()
    played.key(Qt.Key.Key_Escape)
    assert played.ended == [[]]


def test_what_hurts_stops_at_once_and_nothing_goes_on_by_itself() -> None:
    played = Played(LEFT, RIGHT, WALK, time_limit=None)
    played.press("Go on")
    played.press("This hurts")
    assert played.said == [{"event": "hurts", "routine": 7, "step": 0}]
    assert not played.page._clock.isActive()
    assert "Thank you for telling." in played.words()
    played.swap(LIFTS, WALK, at=0)
    assert "Instead: Leg lift, 10 times." in played.words()
    assert played.buttons() == ["Go on", "Stop here", "When to get help"]
    assert not played.page._clock.isActive()
    played.press("When to get help")
    assert played.said[-1] == {"event": "help", "routine": 7}
    played.press("Go on")
    assert played.page._clock.isActive()
    assert (played.sequence.step.title, played.sequence.phase) == ("Leg lift", Phase.GET_READY)


def test_after_what_hurt_one_may_stop_too() -> None:
    played = Played(LEFT, WALK, time_limit=None)
    played.press("This hurts")
    played.swap(WALK, at=0)
    played.press("Stop here")
    assert (played.ended, played.closed) == ([[]], 1)


def test_when_nothing_else_is_left_it_ends_kindly() -> None:
    played = Played(LEFT, WALK)
    played.press("Go on")
    played.press("Done")
    played.press("This hurts")
    played.swap(LEFT, at=1)
    assert played.ended == [[0]]
    assert played.words() == ["Thank you for telling.", "We leave this one out. That is all for now."]
    assert played.buttons() == ["Close", "When to get help"]


def test_an_agent_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing_module, "ANSWERS_WITHIN_MS", 20)
    played = Played(LEFT, RIGHT, WALK, time_limit=None)
    played.press("This hurts")
    eventually(lambda: "Go on" in played.buttons(), "the routine to go on")
    assert "Next: Walk, 90 seconds." in played.words()  # not the other side of what hurts
    late = Played(LEFT, RIGHT, time_limit=None)
    late.press("Too hard")
    eventually(lambda: late.sequence.index == 1, "the next step")
    assert late.page._clock.isActive()


def test_a_late_answer_after_what_hurt_is_offered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing_module, "ANSWERS_WITHIN_MS", 20)
    played = Played(LEFT, WALK, time_limit=None)
    played.press("This hurts")
    eventually(lambda: "Next: Walk, 90 seconds." in played.words(), "the offer")
    played.swap(LIFTS, WALK, at=0)
    assert "Instead: Leg lift, 10 times." in played.words()
    assert not played.page._clock.isActive()


def test_the_end_can_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[Phase] = []
    monkeypatch.setattr(Cues, "ring", lambda _cues, phase: rung.append(phase))
    played = Played(LEFT, time_limit=None)
    played.press("Skip step")
    assert rung == [Phase.GET_READY, Phase.OVER]


def test_what_is_too_hard_makes_way_for_something_easier() -> None:
    played = Played(LEFT, WALK, time_limit=None)
    played.press("Go on")
    played.press("Too hard")
    assert played.said == [{"event": "too_hard", "routine": 7, "step": 0}]
    assert "Let us take it easier." in played.words()
    played.swap(LIFTS, WALK, at=0)
    assert (played.sequence.step.title, played.page._clock.isActive()) == ("Leg lift", True)
    assert "Leg lift" in played.words()


def test_steps_may_change_without_anybody_asking() -> None:
    played = Played(LEFT, RIGHT, time_limit=None)
    played.swap(LEFT, WALK, at=1)
    assert "Walk" in played.words()
    played.press("Stop")
    played.swap(LIFTS, at=0)
    assert played.ended == [[]]


def test_a_stalled_machine_is_not_somebody_moving(monkeypatch: pytest.MonkeyPatch) -> None:
    played = Played(LEFT, time_limit=1.0)
    played.page._clock.stop()
    monkeypatch.setattr(played.page, "_since_frame", type("Stalled", (), {"restart": lambda _self: 60_000})())
    played.page._frame()
    assert played.sequence.elapsed_s <= playing_module.STALL_S + 0.5


def test_without_time_limits_the_last_word_stays() -> None:
    played = Played(LEFT, time_limit=None)
    played.press("Skip step")
    assert "That is it." in played.words()
    assert played.closed == 0
    played.press("Close")
    assert played.closed == 1


def test_other_colours_reach_the_page_that_is_shown() -> None:
    played, dark = Played(LEFT), Look.of(scheme_palette("dark"))
    played.page.dye(dark)
    assert played.page._face.dial.look is dark
