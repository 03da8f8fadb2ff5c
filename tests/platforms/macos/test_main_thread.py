"""The main thread: this test's own, with AppKit's loop played on it; signals are real."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from tests.support.macos.appkit import NSApplication, NSApplicationActivationPolicyAccessory
from tests.support.macos.foundation import NSProcessInfo
from tests.support.macos.played_main import main
from tests.support.turning import turn_until
from tray_agent.platforms.macos import main_thread
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def on_main() -> Iterator[None]:
    with main.taken():
        yield


@pytest.mark.usefixtures("on_main")
class TestLead:
    def test_the_agent_lives_beside_the_application_and_its_code_is_passed_on(self) -> None:
        seen: list[tuple[str, bool]] = []

        def agent() -> int:
            seen.append((threading.current_thread().name, main.here()))
            return 7

        assert main_thread.lead(agent) == 7
        assert seen == [("agent", False)]

    def test_there_is_no_place_in_the_dock(self) -> None:
        main_thread.lead(lambda: 0)
        assert NSApplication.sharedApplication().policy == NSApplicationActivationPolicyAccessory

    def test_app_nap_is_away_for_as_long_as_the_agent_lives(self) -> None:
        during: list[int] = []

        def agent() -> int:
            during.append(len(NSProcessInfo.activities))
            return 0

        main_thread.lead(agent)
        assert during == [1]
        assert not NSProcessInfo.activities

    def test_what_ends_the_agent_is_raised_on_the_main_thread(self) -> None:
        def agent() -> int:
            raise ZeroDivisionError("a bug of the agent")

        with pytest.raises(ZeroDivisionError, match="a bug of the agent"):
            main_thread.lead(agent)

    def test_calls_are_made_on_the_main_thread_while_the_agent_waits(self) -> None:
        def agent() -> int:
            here: SimpleQueue[bool] = SimpleQueue()
            main_thread.do(lambda: here.put(main.here()))
            return int(here.get(timeout=5))

        assert main_thread.lead(agent) == 1

    def test_somebody_else_who_stops_the_application_does_not_end_the_agent(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        runs: SimpleQueue[str] = SimpleQueue()
        done: SimpleQueue[str] = SimpleQueue()
        run = NSApplication.run

        def counted(app: NSApplication) -> None:
            runs.put("run")
            run(app)

        monkeypatch.setattr(NSApplication, "run", counted)

        def agent() -> int:
            runs.get(timeout=5)
            main_thread.do(main_thread._stop)
            runs.get(timeout=5)
            main_thread.do(lambda: done.put("done"))
            done.get(timeout=5)
            return 3

        assert main_thread.lead(agent) == 3

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_a_loop_on_the_other_thread_while_the_main_one_waits_in_c(
        self, number: signal.Signals
    ) -> None:
        loop = SelectorLoop()

        def agent() -> int:
            loop.call_soon(lambda: signal.raise_signal(number))
            loop.run()
            return 5

        with loop.ended_by([number]):
            assert main_thread.lead(agent) == 5
        loop.close()

    def test_a_signal_is_heard_while_the_main_thread_is_deep_in_c(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loop = SelectorLoop()
        shut, open_end = os.pipe()
        libc = ctypes.CDLL(None)
        # Runs no Python, and lets go of the interpreter, as AppKit's loop does.
        monkeypatch.setattr(
            NSApplication, "run", lambda _app: libc.read(shut, ctypes.create_string_buffer(1), 1)
        )

        def agent() -> int:
            loop.call_soon(lambda: signal.raise_signal(signal.SIGTERM))
            loop.run()
            os.close(open_end)
            return 6

        with loop.ended_by([signal.SIGTERM]):
            assert main_thread.lead(agent) == 6
        os.close(shut)
        loop.close()

    def test_ctrl_c_that_nobody_has_taken_ends_the_process_at_once(self) -> None:
        handlers: list[object] = []

        def agent() -> int:
            handlers.append(signal.getsignal(signal.SIGINT))
            return 0

        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        main_thread.lead(agent)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        loop = SelectorLoop()
        with loop.ended_by([signal.SIGINT]):
            taken = signal.getsignal(signal.SIGINT)
            main_thread.lead(agent)
        loop.close()
        signal.signal(signal.SIGINT, before)
        assert handlers == [signal.SIG_DFL, taken]

    def test_a_fault_of_the_application_reaches_the_agent_and_is_raised(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loop = SelectorLoop()
        ended: list[str] = []

        def fail(_app: NSApplication) -> None:
            raise OSError("no window server")

        def agent() -> int:
            try:
                loop.run()
            finally:
                ended.append("saved")
            return 0

        monkeypatch.setattr(NSApplication, "run", fail)
        main_thread.bugs_to(loop)
        with pytest.raises(OSError, match="no window server"):
            main_thread.lead(agent)
        assert ended == ["saved"]
        loop.close()


def test_a_bug_on_the_main_thread_is_one_of_the_loop(loop: SelectorLoop) -> None:
    main_thread.bugs_to(loop)
    main_thread.do(lambda: 1 // 0)
    main.settle()
    with pytest.raises(ZeroDivisionError):
        loop.step(1)


def test_before_there_is_a_loop_a_bug_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main_thread.do(lambda: 1 // 0)
    main.settle()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_bug_that_finds_the_loop_closed_is_printed_too(capsys: pytest.CaptureFixture[str]) -> None:
    loop = SelectorLoop()
    loop.close()
    main_thread.bugs_to(loop)
    main_thread.do(lambda: 1 // 0)
    main.settle()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_caller_does_not_wait(loop: SelectorLoop) -> None:
    did: list[str] = []
    started = time.monotonic()
    main_thread.do(lambda: time.sleep(0.2))
    main_thread.do(lambda: did.append("after"))
    assert time.monotonic() - started < 0.15
    turn_until(loop, lambda: did, "the call")
