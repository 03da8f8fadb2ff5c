from __future__ import annotations

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.lasting import Lasting


class Scene:
    """A loop whose time stands still, and what was passed on at which second."""

    def __init__(self, off_after_s: float = 0.0) -> None:
        self.loop = FakeLoop()
        self.told: list[tuple[float, bool | None]] = []
        self.lasting = Lasting(self.loop, self._told, on_after_s=5.0, off_after_s=off_after_s)

    def _told(self, on: bool | None) -> None:
        self.told.append((self.loop.time, on))

    def hears(self, at: float, on: bool | None, *, looked: bool = False) -> None:
        self.loop.advance_to(at)
        self.lasting.hear(on, looked=looked)

    def until(self, at: float) -> list[tuple[float, bool | None]]:
        self.loop.advance_to(at)
        return self.told


@pytest.mark.parametrize("first", [True, False, None])
def test_the_first_answer_counts_at_once(first: bool | None) -> None:
    scene = Scene()
    scene.hears(0, first)
    assert scene.lasting.says is first
    assert scene.until(60) == ([] if first is None else [(0, first)])


def test_on_counts_once_it_has_lasted_and_off_at_once() -> None:
    scene = Scene()
    scene.hears(0, False)
    scene.hears(10, True)
    scene.hears(12, True)
    scene.hears(20, False)
    assert scene.until(60) == [(0, False), (15, True), (20, False)]


def test_what_is_over_too_soon_was_nothing() -> None:
    scene = Scene()
    scene.hears(0, False)
    for second in (10, 20, 30):
        scene.hears(second, True)
        scene.hears(second + 4.9, False)
    assert scene.until(60) == [(0, False)]


def test_a_look_is_answered_at_once_and_also_when_nothing_changed() -> None:
    scene = Scene()
    scene.hears(0, False)
    scene.hears(1, False, looked=True)
    scene.hears(10, True)
    scene.hears(11, True, looked=True)
    scene.hears(12, True, looked=True)
    scene.hears(13, False)
    scene.hears(14, None, looked=True)
    scene.hears(15, None, looked=True)
    assert scene.until(60) == [
        (0, False),
        (1, False),
        (11, True),
        (12, True),
        (13, False),
        (14, None),
        (15, None),
    ]


def test_a_silence_shorter_than_asked_for_is_none() -> None:
    scene = Scene(off_after_s=5.0)
    scene.hears(0, False)
    for second in range(10, 40, 3):
        scene.hears(second, True)
        scene.hears(second + 1.9, False)
    assert scene.told == [(0, False), (16, True)]
    scene.hears(40, False, looked=True)
    assert scene.until(60) == [(0, False), (16, True), (40, True), (43.9, False)]


def test_a_short_sound_with_the_silence_after_it_is_still_nothing() -> None:
    scene = Scene(off_after_s=5.0)
    scene.hears(0, False)
    scene.hears(10, True)
    scene.hears(11, False)
    scene.hears(30, True)
    scene.hears(31, False)
    assert scene.until(60) == [(0, False)]


def test_none_ends_it_at_once_and_what_comes_after_it_counts_at_once() -> None:
    scene = Scene(off_after_s=5.0)
    scene.hears(0, True)
    scene.hears(10, None)
    scene.hears(11, True)
    assert scene.until(60) == [(0, True), (10, None), (11, True)]


def test_after_stop_a_silence_counts_at_once() -> None:
    scene = Scene(off_after_s=5.0)
    scene.hears(0, True)
    scene.lasting.stop()
    scene.hears(1, False)
    assert scene.until(60) == [(0, True), (1, False)]


def test_closed_it_passes_nothing_on_by_itself() -> None:
    scene = Scene()
    scene.hears(0, False)
    scene.hears(1, True)
    scene.lasting.close()
    assert scene.until(60) == [(0, False)]
    assert scene.loop.pending() == []


def test_its_value_is_what_health_shows() -> None:
    scene = Scene()
    values = [scene.lasting.value]
    for on in (False, True, None):
        scene.lasting.hear(on, looked=True)
        values.append(scene.lasting.value)
    assert values == [None, "off", "on", None]
