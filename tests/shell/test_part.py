from __future__ import annotations

import pytest

from tests.support.fake_input import FakeListener
from tests.support.fake_loop import FakeLoop
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.part import Lost, Part


class Workshop:
    """Makes listeners, unless it is shut."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.made: list[FakeListener] = []
        self.tries: list[float] = []
        self.changes: list[float] = []
        self.shut: str | None = None
        self.permission: str | None = None
        self.part = Part(self.loop, "pynput", self.make, lambda: self.changes.append(self.loop.time))

    def make(self, lost: Lost) -> FakeListener:
        self.tries.append(self.loop.time)
        if self.shut:
            raise Unavailable(self.shut, self.permission)
        self.made.append(FakeListener(self.loop, lost))
        return self.made[-1]


@pytest.fixture
def shop() -> Workshop:
    return Workshop()


def test_what_works_is_ok(shop: Workshop) -> None:
    shop.part.start()
    assert shop.part.adapter is shop.made[0]
    assert shop.part.health() == Health("pynput", State.OK, "fake listener")


def test_what_cannot_work_here_is_absent_and_left_alone_after_a_minute(shop: Workshop) -> None:
    shop.shut = "the X server has no RECORD"
    shop.part.start()
    shop.loop.advance(10_000)
    assert shop.tries == [0, 1, 6, 21, 51]
    assert shop.part.health() == Health("pynput", State.ABSENT, None, "the X server has no RECORD")
    assert shop.changes == []


def test_what_the_system_would_have_to_allow_is_told(shop: Workshop) -> None:
    shop.shut, shop.permission = "the system does not let it", "Input Monitoring: denied"
    shop.part.start()
    assert shop.part.health().permission == "Input Monitoring: denied"


def test_what_was_slow_to_begin_with_is_found(shop: Workshop) -> None:
    shop.shut = "the X server does not answer"
    shop.part.start()
    shop.loop.advance(3)
    shop.shut = None
    shop.loop.advance(3)
    assert shop.part.health() == Health("pynput", State.OK, "fake listener")
    assert shop.changes == [6]
    shop.made[0].die()
    assert shop.part.health().state is State.LOST


def test_what_may_be_wrong_just_now_is_degraded(shop: Workshop) -> None:
    shop.part.start()
    shop.made[0].doubt = "a program keeps the session from idling"
    assert shop.part.health() == Health(
        "pynput", State.DEGRADED, "fake listener", "a program keeps the session from idling"
    )
    shop.made[0].doubt = None
    assert shop.part.health().state is State.OK


def test_what_is_not_wanted_is_off(shop: Workshop) -> None:
    part: Part[FakeListener] = Part(shop.loop, "pynput", None, lambda: None)
    part.start()
    assert part.adapter is None
    assert part.health() == Health("pynput", State.OFF)


def test_what_was_lost_is_made_again_after_a_second(shop: Workshop) -> None:
    shop.part.start()
    shop.loop.advance(100)
    shop.made[0].die("the server went away")
    assert shop.part.adapter is None
    assert shop.part.health() == Health("pynput", State.LOST, "fake listener", "the server went away")
    shop.loop.advance(1)
    assert shop.part.adapter is shop.made[1]
    assert shop.part.health() == Health("pynput", State.OK, "fake listener")
    assert shop.changes == [100, 101]


def test_what_is_given_up_is_closed_and_made_again(shop: Workshop) -> None:
    shop.part.start()
    shop.part.replace("it is deaf")
    assert shop.made[0].closed
    assert shop.part.health().reason == "it is deaf"
    shop.loop.advance(1)
    assert shop.part.health().state is State.OK


def test_a_word_from_one_given_up_long_ago_is_ignored(shop: Workshop) -> None:
    shop.part.start()
    shop.part.replace("it is deaf")
    shop.loop.advance(1)
    shop.made[0].die()
    assert shop.part.adapter is shop.made[1]


def test_what_stays_away_is_tried_ever_more_seldom_but_twice_a_minute(shop: Workshop) -> None:
    shop.part.start()
    shop.shut = "no X server answers at :5"
    shop.made[0].die()
    shop.loop.advance(3600)
    assert shop.tries[:7] == [0, 1, 6, 21, 51, 81, 111]
    assert shop.part.health() == Health("pynput", State.LOST, "fake listener", "no X server answers at :5")
    shop.shut = None
    shop.loop.advance(30)
    assert shop.part.health().state is State.OK


def test_one_that_dies_as_soon_as_it_is_made_is_no_busier(shop: Workshop) -> None:
    shop.part.start()
    for _ in range(600):
        if shop.part.adapter:
            shop.made[-1].die()
        shop.loop.advance(1)
    assert len(shop.tries) == 23


def test_losses_of_long_ago_make_nobody_wait(shop: Workshop) -> None:
    shop.part.start()
    for _ in range(3):
        shop.made[-1].die()
        shop.loop.advance(30)
    shop.loop.advance(600)
    shop.made[-1].die()
    shop.loop.advance(1)
    assert shop.part.health().state is State.OK


@pytest.mark.parametrize("lost_before", [False, True])
def test_closed_it_is_over(shop: Workshop, lost_before: bool) -> None:
    shop.part.start()
    if lost_before:
        shop.made[0].die()
    shop.part.close()
    shop.part.close()
    shop.loop.advance(10_000)
    assert shop.made[0].closed
    assert len(shop.made) == 1
