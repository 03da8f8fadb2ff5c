from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.support.waiting import wait_until
from tray_agent.ui.breaks import way_out
from tray_agent.ui.breaks.way_out import EscapeKey, HoldRing, WayOut

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hand:
    """Somebody at the Escape key; `at` is the X server's time in milliseconds."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.shares: list[float] = []
        self.left = 0
        self.key = EscapeKey(self.shares.append, self._leave)
        self.key.arm()

    def _leave(self) -> None:
        self.left += 1

    def times_left(self) -> int:
        return self.left

    def event(self, kind: QEvent.Type, at: int, *, again: bool = False) -> QKeyEvent:
        event = QKeyEvent(kind, Qt.Key.Key_Escape, NO_KEYS, "", again)
        event.setTimestamp(at)
        return event

    def press(self, at: int, *, again: bool = False) -> None:
        self.key.pressed(self.event(PRESS, at, again=again))

    def release(self, at: int, *, again: bool = False) -> None:
        self.key.released(self.event(RELEASE, at, again=again))

    def until_released(self) -> None:
        self.until(lambda: self.key._held_since is None, "the release to be believed")

    def until(self, true: object, what: str) -> None:
        def now() -> bool:
            self.app.processEvents()
            return bool(true())  # type: ignore[operator]

        wait_until(now, what)


@pytest.fixture
def hand(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """A hand at a key that is armed, and where two seconds are a quarter of one."""
    monkeypatch.setattr(way_out, "ARMED_AFTER_MS", 0)
    monkeypatch.setattr(way_out, "HOLD_MS", 250)
    hand = Hand(app)
    yield hand
    hand.key.forget()


def test_a_held_key_leaves_once_and_shows_how_far_it_is(hand: Hand) -> None:
    hand.press(0)
    hand.until(lambda: hand.left, "the way out")
    rising = hand.shares[:-1]
    assert rising == sorted(rising) and len(rising) > 3 and rising[-1] == 1.0
    assert (hand.shares[-1], hand.left) == (0.0, 1)


def test_one_let_go_too_soon_does_nothing(hand: Hand) -> None:
    hand.press(0)
    hand.until(lambda: any(hand.shares), "the ring to begin")
    hand.release(100)
    hand.until_released()
    assert hand.shares[-1] == 0.0
    assert not hand.left


def test_three_presses_leave_two_do_not(hand: Hand) -> None:
    for at in (0, 300):
        hand.press(at)
        hand.release(at + 80)
        hand.until_released()
    assert not hand.left
    hand.press(600)
    assert hand.times_left() == 1


def test_presses_further_apart_are_three_single_ones(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_out, "WITHIN_MS", 60)
    for at in (0, 300, 600):
        hand.press(at)
        hand.release(at + 80)
        hand.until_released()  # takes 40 ms, so that the third comes too late for the first
    assert not hand.left


def test_repetition_is_one_hold_and_no_three_presses(hand: Hand) -> None:
    hand.press(0)
    for at in range(500, 600, 10):
        hand.release(at, again=True)
        hand.press(at, again=True)
    assert not hand.left
    hand.until(lambda: hand.left, "the way out")


def test_a_release_and_a_press_of_one_moment_are_repetition_too(hand: Hand) -> None:
    hand.press(0)
    for at in range(500, 600, 10):
        hand.release(at)
        hand.press(at)
    assert not hand.left
    hand.until(lambda: hand.left, "the way out")


def test_quick_fingers_are_not_taken_for_repetition(hand: Hand) -> None:
    for at in (0, 100, 200):
        hand.press(at)
        hand.release(at + 80)
    assert hand.left == 1


def test_programs_that_press_keys_for_people_are_as_good(hand: Hand) -> None:
    for at in (7, 7, 7):
        hand.press(at)
        hand.release(at)
    assert hand.left == 1


def test_who_turns_to_another_window_has_let_go(hand: Hand) -> None:
    hand.press(0)
    hand.until(lambda: any(hand.shares), "the ring to begin")
    hand.app.focusWindowChanged.emit(None)
    assert hand.shares[-1] == 0.0
    assert hand.key._held_since is None


def test_what_is_pressed_before_it_is_armed_counts_only_from_then_on(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_out, "ARMED_AFTER_MS", 200)
    monkeypatch.setattr(way_out, "HOLD_MS", 150)
    hand = Hand(app)
    for at in (0, 10, 20):
        hand.press(at)
        hand.release(at + 6)
    hand.press(30)
    began = hand.key._clock.elapsed()
    assert (hand.key.armed, hand.left) == (False, 0)
    hand.until(lambda: hand.left, "the way out")
    assert hand.key._clock.elapsed() - began >= 340


def test_the_ring_is_drawn_as_it_fills(app: QApplication) -> None:
    ring = HoldRing()
    pictures = []
    for share in (0.0, 0.5, 1.0):
        ring.fill(share)
        pictures.append(ring.grab().toImage())
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3


def test_the_row_names_all_three_and_its_button_is_one(app: QApplication) -> None:
    left: list[bool] = []
    row = WayOut(lambda: left.append(True))
    assert row.not_now.accessibleName() == "Not now"
    assert row.ring.accessibleName()
    row.not_now.click()
    assert left
