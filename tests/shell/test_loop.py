from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.turning import turn_until
from tray_agent.shell import loop as loop_module
from tray_agent.shell.loop import SelectorLoop, Timer


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a line; sockets, because Windows can wait for nothing else."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def run(loop: SelectorLoop) -> None:
    """Run until stopped; a loop that nobody stops is a failure, not a hang."""
    watchdog = loop.call_later(10.0, lambda: pytest.fail("nobody stopped the loop"))
    loop.run()
    watchdog.cancel()


def test_a_posted_call_is_made_once(loop: SelectorLoop) -> None:
    said: list[str] = []
    loop.call_soon(lambda: said.append("hello"))
    loop.step(1.0)
    loop.step(0.0)
    assert said == ["hello"]


def test_posted_calls_keep_their_order_and_one_posted_meanwhile_waits_its_turn(loop: SelectorLoop) -> None:
    said: list[int] = []

    def first() -> None:
        said.append(1)
        loop.call_soon(lambda: said.append(3))

    loop.call_soon(first)
    loop.call_soon(lambda: said.append(2))
    loop.step(1.0)
    assert said == [1, 2]
    loop.step(1.0)
    assert said == [1, 2, 3]


def test_a_call_from_another_thread_wakes_a_sleeping_loop(loop: SelectorLoop) -> None:
    where: list[int] = []

    def note() -> None:
        where.append(threading.get_ident())
        loop.stop()

    threading.Timer(0.05, loop.call_soon, (note,)).start()
    began = time.monotonic()
    run(loop)
    assert where == [threading.get_ident()]
    assert time.monotonic() - began < 5


def test_a_closed_loop_makes_no_call_and_holds_it_against_nobody() -> None:
    loop = SelectorLoop()
    assert loop.call_soon(lambda: None)
    loop.close()
    made: list[str] = []
    assert not loop.call_soon(lambda: made.append("too late"))
    assert made == []


def test_a_flood_of_calls_from_threads_loses_none(loop: SelectorLoop) -> None:
    # More wake-ups than the socket's buffer takes, while nobody drains it.
    count, threads = 50_000, 2
    made: list[int] = []

    def flood() -> None:
        for number in range(count):
            loop.call_soon(lambda number=number: made.append(number))  # type: ignore[misc]

    pool = [threading.Thread(target=flood) for _ in range(threads)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join(30)
    loop.step(1.0)
    assert sorted(made) == sorted(list(range(count)) * threads)


if sys.platform != "win32":

    def test_a_signal_ends_the_loop_on_whatever_thread_it_lives(loop: SelectorLoop) -> None:
        before = signal.getsignal(signal.SIGUSR1)
        with loop.ended_by([signal.SIGUSR1]):
            living = threading.Thread(target=loop.run, daemon=True)
            living.start()
            os.kill(os.getpid(), signal.SIGUSR1)
            living.join(5)
            assert not living.is_alive()
        assert signal.getsignal(signal.SIGUSR1) is before

    def test_a_signal_that_came_before_the_loop_lives_is_obeyed(loop: SelectorLoop) -> None:
        with loop.ended_by([signal.SIGUSR1]):
            os.kill(os.getpid(), signal.SIGUSR1)
            run(loop)

    def test_a_call_from_a_signal_handler_wakes_the_loop(loop: SelectorLoop) -> None:
        before = signal.signal(signal.SIGUSR1, lambda *_: loop.call_soon(loop.stop))
        try:
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
            run(loop)
        finally:
            signal.signal(signal.SIGUSR1, before)


def test_timers_come_in_order_and_not_early(loop: SelectorLoop) -> None:
    said: list[tuple[str, float]] = []
    began = time.monotonic()
    for delay, name in ((0.06, "last"), (0.02, "first"), (0.04, "second")):
        loop.call_later(delay, lambda name=name: said.append((name, time.monotonic() - began)))  # type: ignore[misc]
    loop.call_later(0.06, loop.stop)
    run(loop)
    assert [name for name, _ in said] == ["first", "second", "last"]
    # A clock may tick so seldom that it reads the due moment itself, and a difference is rounded.
    assert all(at >= due - 1e-6 for (_, at), due in zip(said, (0.02, 0.04, 0.06), strict=True))


def test_timers_of_one_moment_keep_the_order_they_were_made_in() -> None:
    said: list[int] = []
    with closing(SelectorLoop(awake=lambda: 7.0)) as loop:
        for number in range(5):
            loop.call_later(0.0, lambda number=number: said.append(number))  # type: ignore[misc]
        loop.step(1.0)
    assert said == [0, 1, 2, 3, 4]


def test_a_stall_is_measured_by_the_clock_that_stands_still_in_sleep() -> None:
    awake = [100.0]
    stalls: list[float] = []
    with closing(SelectorLoop(awake=lambda: awake[0])) as loop:
        loop.watch_stalls(stalls.append)
        loop.call_later(5.0, loop.stop)
        loop.step(0.0)
        assert stalls == []
        awake[0] += 40.0
        loop.step(0.0)
    assert stalls == [pytest.approx(35.0)]


def test_a_negative_delay_means_now(loop: SelectorLoop) -> None:
    loop.call_later(-5.0, loop.stop)
    run(loop)


def test_a_cancelled_timer_stays_silent_and_does_not_wake_the_loop(loop: SelectorLoop) -> None:
    said: list[str] = []
    timer = loop.call_later(0.01, lambda: said.append("no"))
    timer.cancel()
    began = time.monotonic()
    loop.step(0.05)
    assert time.monotonic() - began >= 0.045
    assert said == []
    timer.cancel()


def test_a_timer_may_cancel_another_of_the_same_moment(loop: SelectorLoop) -> None:
    said: list[str] = []
    other: Timer

    def cancel() -> None:
        other.cancel()

    loop.call_later(0.0, cancel)
    other = loop.call_later(0.0, lambda: said.append("no"))
    loop.step(0.1)
    loop.step(0.0)
    assert said == []


def test_a_readable_descriptor_is_reported_until_it_is_read(
    loop: SelectorLoop, pair: tuple[socket.socket, socket.socket]
) -> None:
    reader, writer = pair
    heard: list[int] = []
    loop.watch(reader.fileno(), lambda: heard.append(1))
    loop.step(0.0)
    assert heard == []
    writer.send(b"x")
    loop.step(1.0)
    loop.step(1.0)
    assert len(heard) == 2
    reader.recv(1)
    loop.step(0.0)
    assert len(heard) == 2


def test_an_unwatched_descriptor_is_forgotten(
    loop: SelectorLoop, pair: tuple[socket.socket, socket.socket]
) -> None:
    reader, writer = pair
    loop.watch(reader.fileno(), pytest.fail)
    loop.unwatch(reader.fileno())
    loop.unwatch(reader.fileno())
    writer.send(b"x")
    loop.step(0.02)


def test_whoever_is_first_may_unwatch_the_other_in_the_same_round(loop: SelectorLoop) -> None:
    heard: list[int] = []
    pairs = [socket.socketpair() for _ in range(2)]
    ends = [reader.fileno() for reader, _ in pairs]

    def only_me(mine: int, other: int) -> None:
        heard.append(mine)
        loop.unwatch(other)

    loop.watch(ends[0], lambda: only_me(ends[0], ends[1]))
    loop.watch(ends[1], lambda: only_me(ends[1], ends[0]))
    for _, writer in pairs:
        writer.send(b"x")
    loop.step(1.0)
    assert len(heard) == 1
    for both in pairs:
        for end in both:
            end.close()


def test_a_descriptor_that_is_replaced_in_the_same_round_is_not_called_for_the_old_one(
    loop: SelectorLoop,
) -> None:
    heard: list[str] = []
    first, second = socket.socketpair(), socket.socketpair()

    def replace(old: socket.socket) -> None:
        heard.append("replaced")
        loop.unwatch(old.fileno())
        loop.watch(old.fileno(), lambda: heard.append("new"))

    loop.watch(first[0].fileno(), lambda: replace(second[0]) if "replaced" not in heard else None)
    loop.watch(second[0].fileno(), lambda: replace(first[0]) if "replaced" not in heard else None)
    for _, writer in (first, second):
        writer.send(b"x")
    loop.step(1.0)
    assert heard == ["replaced"]
    for end in (*first, *second):
        end.close()


def test_a_bug_in_a_call_ends_run_and_the_loop_can_go_on(loop: SelectorLoop) -> None:
    loop.call_soon(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        run(loop)
    loop.call_soon(loop.stop)
    run(loop)


def test_stop_from_another_thread_ends_run(loop: SelectorLoop) -> None:
    threading.Timer(0.05, loop.stop).start()
    run(loop)


def test_step_waits_no_longer_than_it_may(loop: SelectorLoop) -> None:
    loop.call_later(30.0, pytest.fail)
    began = time.monotonic()
    loop.step(0.02)
    assert 0.015 <= time.monotonic() - began < 5


def test_a_time_in_which_nothing_was_done_is_told_before_anything_else(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_module, "STALLED_S", 0.2)
    calls: list[float | str] = []
    loop.watch_stalls(calls.append)
    loop.call_later(0.0, lambda: time.sleep(0.4))
    loop.call_later(0.1, lambda: calls.append("due"))
    loop.step()
    loop.step()
    assert calls[1:] == ["due"]
    assert isinstance(calls[0], float)
    assert 0.2 <= calls[0] < 1.0


def test_work_that_takes_its_time_is_no_stall(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop_module, "STALLED_S", 0.2)
    stalls: list[float] = []
    loop.watch_stalls(stalls.append)
    loop.call_later(0.0, lambda: time.sleep(0.1))
    done: list[int] = []
    loop.call_later(0.05, lambda: done.append(1))
    turn_until(loop, lambda: done, "the second timer")
    assert not stalls
