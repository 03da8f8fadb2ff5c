"""The sensor of every system on Windows' sound: `test_audio_sessions.py` says what Wine lacks."""

from __future__ import annotations

import sys
from contextlib import closing

from tests.support.turning import turn_until
from tray_agent.platforms.windows.speaking import speaking
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


def test_where_core_audio_fails_its_code_is_told_until_it_answers(loop: SelectorLoop) -> None:
    fails = OSError(22, "Not implemented", None, -0x7FFFBFFF)
    failures, told = [fails], list[bool | None]()

    def plays() -> bool:
        if failures:
            raise failures.pop()
        return True

    with (
        closing(Worker(loop)) as worker,
        closing(speaking(worker, told.append, runs=lambda: True, asks=plays)) as sensor,
    ):
        sensor.look()
        turn_until(loop, lambda: told == [None], "the failure")
        reason = "Windows' audio does not say who plays (0x80004001)"
        assert sensor.health() == Health("screen_reader", State.LOST, "core_audio", reason)
        sensor.look()
        turn_until(loop, lambda: told == [None, True], "the sound")
        assert sensor.health() == Health("screen_reader", State.OK, "core_audio", None, "on")


def test_wine_has_no_screen_reader_so_nobody_asks_for_sound(loop: SelectorLoop) -> None:
    told: list[bool | None] = []

    def plays() -> bool:
        raise AssertionError("nobody may ask")

    with closing(Worker(loop)) as worker, closing(speaking(worker, told.append, asks=plays)) as sensor:
        sensor.look()
        turn_until(loop, lambda: told, "an answer")
    assert told == [False]
