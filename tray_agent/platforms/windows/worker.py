"""A thread for questions that may have to wait for an answer, such as those to Windows' audio service."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

from tray_agent.platforms.windows.com import apartment
from tray_agent.ports import Loop

assert sys.platform == "win32"

Question = Callable[[], bool]
Answered = Callable[[bool | OSError], object]


class Worker:
    """Asks one question after the other, in an apartment of COM, and answers on the loop.

    The thread begins with the first question and sleeps between them.  A question that hangs holds up
    those behind it and nothing else: who asks goes without an answer.
    """

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._questions: SimpleQueue[tuple[Question, Answered] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Question, answered: Answered) -> None:
        """Have `question` answered; an `OSError` that it raises is an answer too."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="questions", daemon=True)
            self._thread.start()
        self._questions.put((question, answered))

    def close(self) -> None:
        """End the thread once it is free; safe to call twice."""
        if self._thread is not None:
            self._questions.put(None)
            self._thread = None

    def _work(self) -> None:
        with apartment():
            while (asked := self._questions.get()) is not None:
                question, answered = asked
                self._answer(answered, _answer_to(question))

    def _answer(self, answered: Answered, answer: bool | OSError) -> None:
        with suppress(OSError):  # the loop may be closed by now
            self._loop.call_soon(lambda: answered(answer))


def _answer_to(question: Question) -> bool | OSError:
    try:
        return question()
    except OSError as error:
        return error
