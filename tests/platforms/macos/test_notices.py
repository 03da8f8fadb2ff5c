"""NSNotification from both centres, on the agent's loop."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from tests.support.macos.appkit import NSWorkspace, NSWorkspaceDidWakeNotification
from tests.support.macos.foundation import NSNotificationCenter, NSSystemClockDidChangeNotification
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.notices import Notices
from tray_agent.shell.loop import SelectorLoop

CENTRES = (NSNotificationCenter.defaultCenter(), NSWorkspace.center)


def listen(loop: SelectorLoop, heard: list[str]) -> Notices:
    def told(name: str) -> None:
        assert threading.current_thread() is threading.main_thread()
        heard.append(name)

    notices = Notices(
        loop,
        told,
        general=(NSSystemClockDidChangeNotification,),
        workspace=(NSWorkspaceDidWakeNotification,),
    )
    main.settle()
    return notices


def happens(name: str) -> None:
    for centre in CENTRES:
        main.ask(partial(centre.postNotificationName_object_, name, None))
    main.settle()


def test_each_is_heard_where_it_is_told(loop: SelectorLoop) -> None:
    heard: list[str] = []
    notices = listen(loop, heard)
    for name in (NSSystemClockDidChangeNotification, NSWorkspaceDidWakeNotification, "something else"):
        happens(name)
    turn_until(loop, lambda: len(heard) == 2, "both")
    assert heard == [NSSystemClockDidChangeNotification, NSWorkspaceDidWakeNotification]
    notices.close()


def test_after_closing_nothing_is_heard_and_nobody_listens(loop: SelectorLoop) -> None:
    heard: list[str] = []
    notices = listen(loop, heard)
    happens(NSWorkspaceDidWakeNotification)
    notices.close()
    notices.close()
    main.settle()
    assert sum(centre.heard() for centre in CENTRES) == 0
    turn_for(loop, 0.05)
    assert heard == []


def test_what_comes_after_the_loop_s_end_is_no_fault(
    loop: SelectorLoop, capsys: pytest.CaptureFixture[str]
) -> None:
    notices = listen(loop, [])
    loop.close()
    happens(NSWorkspaceDidWakeNotification)
    notices.close()
    assert capsys.readouterr().err == ""
