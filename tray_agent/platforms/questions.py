"""Questions to a system; those that may have to wait for an answer are asked on a thread of their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from tray_agent.ports import Loop, Unavailable

T = TypeVar("T")
F = TypeVar("F", bound=Exception)
Context = Callable[[], AbstractContextManager[object]]


class AtOnce:
    """Asks in the `loop`'s next round what is answered at once; an `Unavailable` is an answer too."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop

    def ask(self, question: Callable[[], T], answered: Callable[[T | Unavailable], object]) -> None:
        """Have `question` asked, and `answered` called with what comes of it."""
        self.loop.call_soon(lambda: answered(_answer_to(question, Unavailable)))


class Questions(Generic[F]):
    """Asks one question after the other and answers on the `loop`.

    The thread begins with the first question and sleeps between them.  A question that hangs holds up
    those behind it and nothing else: who asks goes without an answer.  A `failure` is an answer too, every
    other exception a bug.  Each is asked inside `around()`, and all of them within `throughout()`.
    """

    def __init__(
        self,
        loop: Loop,
        failure: type[F],
        *,
        around: Context = nullcontext,
        throughout: Context = nullcontext,
    ) -> None:
        self.loop = loop
        self._failure = failure
        self._around, self._throughout = around, throughout
        self._asked: SimpleQueue[tuple[Callable[[], Any], Callable[[Any], object]] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Callable[[], T], answered: Callable[[T | F], object]) -> None:
        """Have `question` asked, and `answered` called on the loop."""
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
        with self._throughout():
            while (asked := self._asked.get()) is not None:
                question, answered = asked
                with self._around():
                    answer = _answer_to(question, self._failure)
                self.loop.call_soon(partial(answered, answer))


def _answer_to(question: Callable[[], T], failure: type[F]) -> T | F:
    try:
        return question()
    except failure as why:
        return why
