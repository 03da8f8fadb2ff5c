"""What the thread for questions is on Windows besides what it is everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.windows.audio_sessions import DEVICE_ENUMERATOR, I_DEVICE_ENUMERATOR
from tray_agent.platforms.windows.com import create, given
from tray_agent.platforms.windows.worker import Worker
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


@pytest.fixture
def worker(loop: SelectorLoop) -> Iterator[Worker]:
    worker = Worker(loop)
    yield worker
    worker.close()


def test_a_failure_is_an_answer(loop: SelectorLoop, worker: Worker) -> None:
    failure = OSError("no")
    heard: list[object] = []

    def question() -> bool:
        raise failure

    worker.ask(question, heard.append)
    turn_until(loop, lambda: heard, "the answer")
    assert heard == [failure]


def test_objects_of_com_can_be_made_there(loop: SelectorLoop, worker: Worker) -> None:
    def question() -> bool:
        with given(create, DEVICE_ENUMERATOR, I_DEVICE_ENUMERATOR) as enumerator:
            return bool(enumerator)

    heard: list[object] = []
    worker.ask(question, heard.append)
    turn_until(loop, lambda: heard, "the answer")
    assert heard == [True]
