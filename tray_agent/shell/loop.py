"""The one thread on which the agent lives: file descriptors, timers and calls from elsewhere."""

from __future__ import annotations

import heapq
import itertools
import selectors
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Call = Callable[[], object]

STALLED_S = 30.0
"""A timer later than this was not delayed by work: the process itself was stopped."""


_FAREWELLS = {"SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"}


def farewells() -> list[signal.Signals]:
    """The signals by which a process is asked to leave, without those that whoever started it ignores."""
    return [
        number
        for number in signal.Signals
        # Somebody behind nohup or a script wants some of them ignored.
        if number.name in _FAREWELLS and signal.getsignal(number) is not signal.SIG_IGN
    ]


class Timer:
    """A call that is due at a moment of the loop's clock."""

    __slots__ = ("call", "due")

    def __init__(self, due: float, call: Call) -> None:
        self.due = due
        self.call: Call | None = call

    def cancel(self) -> None:
        """Forget the call; harmless when it was made already."""
        self.call = None


class SelectorLoop:
    """Waits for the next readable descriptor, due timer or posted call, and sleeps otherwise.

    An exception in a call is a bug and ends `run`: the caller saves what it can and says so.  `awake`
    counts the seconds in which the machine is awake.
    """

    def __init__(self, awake: Callable[[], float] = time.monotonic) -> None:
        self._awake = awake
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Timer]] = []
        self._order = itertools.count()
        self._posted: deque[Call] = deque()
        self._waker, self._wakee = socket.socketpair()
        self._waker.setblocking(False)
        self._wakee.setblocking(False)
        self._selector.register(self._wakee, selectors.EVENT_READ, self._drain)
        self._stopped = self._closed = False
        self._ended_by: frozenset[int] = frozenset()
        self._stalled: Callable[[float], object] = lambda _seconds: None

    def call_soon(self, call: Call) -> bool:
        """Make the call on the loop, from whatever thread or signal handler; False once it is closed."""
        self._posted.append(call)
        try:
            self._waker.send(b"\0")
        except BlockingIOError:
            pass  # the pipe is full of wake-ups already: the loop will wake
        except OSError:
            if not self._closed:
                raise
        return not self._closed

    def call_later(self, seconds: float, call: Call) -> Timer:
        """Make the call once `seconds` have passed while the machine was awake."""
        timer = Timer(self._awake() + max(0.0, seconds), call)
        heapq.heappush(self._timers, (timer.due, next(self._order), timer))
        return timer

    def watch(self, fd: int, ready: Call) -> None:
        """Call `ready` whenever `fd` can be read."""
        self._selector.register(fd, selectors.EVENT_READ, ready)

    def unwatch(self, fd: int) -> None:
        """Stop watching `fd`; harmless when it was not watched."""
        try:
            self._selector.unregister(fd)
        except KeyError:
            pass

    def watch_stalls(self, stalled: Callable[[float], object]) -> None:
        """Call `stalled(seconds)`, before anything else, after a time in which the process was stopped.

        Stopped it can be by a signal or a frozen group, while the machine is awake.  It shows by a
        timer that is late, so the true time may be longer by what that timer still had to wait.
        """
        self._stalled = stalled

    @contextmanager
    def ended_by(self, signals: Iterable[signal.Signals]) -> Iterator[None]:
        """Within this, each of these signals is a `stop`; to be entered on the main thread.

        The loop hears of them through its own waker, so that it may live on another thread, and that
        Windows, where a signal interrupts no waiting, does not keep it back either.
        """
        self._ended_by = frozenset(signals)
        before = {number: signal.signal(number, lambda *_: None) for number in self._ended_by}
        written_to = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(written_to)
            for number, handler in before.items():
                signal.signal(number, handler)

    def run(self) -> None:
        """Live until `stop`, which may have come already."""
        while not self._stopped:
            self.step()
        self._stopped = False

    def step(self, at_most_s: float | None = None) -> None:
        """Wait for whatever comes first, but not longer than `at_most_s`, and do it."""
        ready = self._selector.select(self._patience(at_most_s))
        late_s = self._awake() - self._timers[0][0] if self._timers else 0.0
        if late_s >= STALLED_S:
            self._stalled(late_s)
        for key, _ in ready:
            # An earlier call of this round may have unwatched this descriptor.
            if self._selector.get_map().get(key.fd) is key:
                key.data()
        self._make_due_calls()
        for _ in range(len(self._posted)):
            self._posted.popleft()()

    def stop(self) -> None:
        """End `run` after the current round."""
        self._stopped = True
        self.call_soon(lambda: None)

    def close(self) -> None:
        """Let go of the loop's own descriptors; threads that still work for it are left to finish."""
        self._closed = True
        self._selector.close()
        self._waker.close()
        self._wakee.close()

    def _patience(self, at_most_s: float | None) -> float | None:
        if self._posted:
            return 0.0
        while self._timers and self._timers[0][2].call is None:
            heapq.heappop(self._timers)
        if not self._timers:
            return at_most_s
        wait = max(0.0, self._timers[0][0] - self._awake())
        return wait if at_most_s is None else min(wait, at_most_s)

    def _make_due_calls(self) -> None:
        now = self._awake()
        while self._timers and self._timers[0][0] <= now:
            timer = heapq.heappop(self._timers)[2]
            if timer.call is not None:
                call, timer.call = timer.call, None
                call()

    def _drain(self) -> None:
        try:
            while said := self._wakee.recv(4096):
                if not self._ended_by.isdisjoint(said):
                    self._stopped = True
        except BlockingIOError:
            pass
