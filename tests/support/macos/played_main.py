"""The main thread of a Mac, played: what is posted to it is done in turn, as a run loop does it.

In most tests a thread of its own plays it, and the test is the agent's loop; `taken` gives the part to the
thread that asks, for the tests of `lead`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

Call = Callable[[], object]
T = TypeVar("T")

PATIENCE_S = 5.0


@dataclass(frozen=True)
class Posted:
    """An event, which unlike a call lets `NSApplication.run` look whether it should stop."""

    subtype: int


class PlayedMain:
    """There is one, as there is one in a process."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[Call | Posted | None] = queue.SimpleQueue()
        self.thread: threading.Thread | None = None
        self.errors: list[BaseException] = []

    def begin(self) -> None:
        """Let a thread play it."""
        self.calls = queue.SimpleQueue()
        self.errors = []
        self.thread = threading.Thread(target=self._serve, args=(self.calls,), name="main", daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Do what was posted and stop."""
        thread, self.thread = self.thread, None
        if thread is not None and thread is not threading.current_thread():
            self.thread = thread
            self.calls.put(None)
            thread.join(PATIENCE_S)
            self.thread = None
            assert not thread.is_alive(), "the main thread hangs"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """The thread that asks is the main one."""
        self.end()
        self.calls = queue.SimpleQueue()
        self.thread = threading.current_thread()
        try:
            yield
        finally:
            self.thread = None

    def post(self, call: Call) -> None:
        """Have it done, from whatever thread."""
        self.calls.put(call)

    def ask(self, call: Callable[[], T]) -> T:
        """What the call answers there; raises what it raises."""
        answer: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def asked() -> None:
            try:
                answer.put((call(), None))
            except BaseException as error:  # noqa: BLE001  raised where it was asked
                answer.put((None, error))

        self.post(asked)
        value, error = answer.get(timeout=PATIENCE_S)
        if error is not None:
            raise error
        return value  # type: ignore[return-value]

    def settle(self) -> None:
        """Wait until it has done what was posted so far."""
        self.ask(lambda: None)

    def here(self) -> bool:
        """Whether this is the main thread."""
        return self.thread is threading.current_thread()

    def must_be_here(self, what: str) -> None:
        """Fail as AppKit does, which ends a program that touches it elsewhere."""
        if not self.here():
            raise AssertionError(f"{what} was called off the main thread")

    def _serve(self, calls: queue.SimpleQueue[Call | Posted | None]) -> None:
        while (call := calls.get()) is not None:
            if not isinstance(call, Posted):
                self._do(call)

    def _do(self, call: Call) -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001  the test is told at its end
            self.errors.append(error)


main = PlayedMain()
