"""A thread for questions that may have to wait for an answer, such as those to a system's audio service."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from tray_agent.ports import Loop, Unavailable

T = TypeVar("T")


class Questions:
    """Asks one question after the other and answers on the loop.

    The thread begins with the first question and sleeps between them.  A question that hangs holds up
    those behind it and nothing else: who asks goes without an answer.  Each is asked inside `around()`.
    """

    def __init__(
        self, loop: Loop, around: Callable[[], AbstractContextManager[object]] = nullcontext
    ) -> None:
        self._loop = loop
        self._around = around
        self._asked: SimpleQueue[tuple[Callable[[], Any], Callable[[Any], object]] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Callable[[], T], answered: Callable[[T | Unavailable], object]) -> None:
        """Have `question` answered; an `Unavailable` that it raises is an answer too."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="questions", daemon=True)
            self._thread.start()
        self._asked.put((question, answered))

    def close(self) -> None:
        """End the thread once it is free; safe to call twice."""
        if self._thread is not None:
            self._asked.put(None)
            self._thread = None

    def _work(self) -> None:
        while (asked := self._asked.get()) is not None:
            question, answered = asked
            with self._around():
                answer = _answer_to(question)
            self._loop.call_soon(partial(answered, answer))


def _answer_to(question: Callable[[], T]) -> T | Unavailable:
    try:
        return question()
    except Unavailable as why:
        return why
