"""The thread for questions, with real waiting."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tests.support.waiting import wait_until
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


def test_answers_come_on_the_loop_in_the_order_of_the_questions(loop: SelectorLoop, worker: Worker) -> None:
    heard: list[tuple[object, bool]] = []
    loops = threading.get_ident()
    asked: list[int] = []

    def question() -> bool:
        asked.append(threading.get_ident())
        return len(asked) == 1

    for _ in range(2):
        worker.ask(question, lambda answer: heard.append((answer, threading.get_ident() == loops)))
    turn_until(loop, lambda: len(heard) == 2, "both answers")
    assert heard == [(True, True), (False, True)]
    assert len(set(asked)) == 1 and loops not in asked


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


def test_a_question_that_hangs_does_not_hold_up_the_loop_or_the_end(
    loop: SelectorLoop, worker: Worker
) -> None:
    stuck, heard = threading.Event(), list[object]()
    worker.ask(stuck.wait, heard.append)
    loop.step(0)
    thread = worker._thread
    assert thread is not None and thread.daemon
    worker.close()
    worker.close()
    assert heard == []
    stuck.set()
    wait_until(lambda: not thread.is_alive(), "the thread to go home")


def test_it_can_be_asked_again_after_its_end(loop: SelectorLoop, worker: Worker) -> None:
    worker.close()
    heard: list[object] = []
    worker.ask(lambda: True, heard.append)
    turn_until(loop, lambda: heard, "the answer")
    worker.close()
    worker.ask(lambda: False, heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the second answer")
