"""The end of the session, as AppKit asks for it; a real logout would end the test with it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.support.macos.appkit import NSApplication, NSTerminateNow
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos import session_end
from tray_agent.platforms.macos.session_end import SessionEnd
from tray_agent.shell.loop import SelectorLoop


class Stage:
    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.ended: list[str] = []
        self.end = SessionEnd(loop, lambda: self.ended.append("ended"))
        self.system = ThreadPoolExecutor(1)
        main.settle()

    def system_asks(self) -> Future[int]:
        """The answer will be there once it is given."""
        return self.system.submit(lambda: main.ask(lambda: NSApplication.sharedApplication().asks_to_quit()))


@pytest.fixture
def stage(loop: SelectorLoop) -> Iterator[Stage]:
    stage = Stage(loop)
    yield stage
    stage.end.close()
    stage.system.shutdown()


def test_the_system_waits_until_everything_is_saved(stage: Stage) -> None:
    answer = stage.system_asks()
    turn_until(stage.loop, lambda: stage.ended, "the end")
    turn_for(stage.loop, 0.2)
    assert not answer.done()
    stage.end.close()
    assert answer.result(5) == NSTerminateNow


def test_it_does_not_wait_for_ever_and_never_says_no(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_end, "PATIENCE_S", 0.2)
    assert stage.system_asks().result(5) == NSTerminateNow


def test_after_closing_the_answer_comes_at_once_and_nobody_hears_of_it(stage: Stage) -> None:
    stage.end.close()
    stage.end.close()
    began = time.monotonic()
    assert stage.system_asks().result(5) == NSTerminateNow
    assert time.monotonic() - began < 1.0
    turn_for(stage.loop, 0.05)
    assert stage.ended == []


def test_a_loop_that_is_gone_holds_no_logout_up(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.loop.close()
    began = time.monotonic()
    assert stage.system_asks().result(5) == NSTerminateNow
    assert time.monotonic() - began < 1.0
    assert capsys.readouterr().err == ""
