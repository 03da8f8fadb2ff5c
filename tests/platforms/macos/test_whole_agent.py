"""A whole agent on a played Mac: this thread is the main one, with AppKit's loop; another is the person."""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.macos import (
    appkit,
    corefoundation,
    kqueue,
    menu_bar,
    quartz,
    servicemanagement,
    usernotifications,
)
from tests.support.macos.c_library import provide
from tests.support.macos.foundation import NSNotificationCenter, NSProcessInfo
from tests.support.macos.played_main import main
from tests.support.waiting import wait_until
from tray_agent import platforms, wiring
from tray_agent.arrival import Options
from tray_agent.platforms.macos import system
from tray_agent.shell import folders, ipc
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit


class Libc:
    """The C library of a system that does not name its boots."""

    def sysctlbyname(self, *_: object) -> int:
        return -1


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A Mac that nobody has used before, whose main thread is this one."""
    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(platforms, "select", lambda: system)
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC, raising=False)
    kqueue.put_in(monkeypatch)
    provide(monkeypatch)
    for begin in (quartz.begin, corefoundation.played.begin, servicemanagement.SMAppService.begin):
        begin()
    usernotifications.played.begin()
    frameworks = ctypes.CDLL
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Libc() if name is None else frameworks(name))
    loops: list[SelectorLoop] = []

    def made(awake: Callable[[], float]) -> SelectorLoop:
        loops.append(SelectorLoop(awake))
        return loops[-1]

    monkeypatch.setattr(wiring, "SelectorLoop", made)
    with main.taken():
        yield
    usernotifications.played.end()
    for loop in loops:
        loop.close()


class Person(threading.Thread):
    """Does something once the agent is there behind its icon; `failed` is what went wrong."""

    def __init__(self, does: Callable[[], object]) -> None:
        super().__init__(name="person", daemon=True)
        self._does = does
        self.failed: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            wait_until(menu_bar.icons, "the icon in the menu bar")
            wait_until(_answers, "the agent")
            self._does()
        except BaseException as error:  # noqa: BLE001  told by `lives`
            self.failed = error
            if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
                signal.raise_signal(signal.SIGTERM)


def _answers() -> bool:
    try:
        return bool(ipc.ask(folders.find(system.places).socket, "status"))
    except CommandError:
        return False


def lives(does: Callable[[], object]) -> int:
    person = Person(does)
    code = wiring.run(Options())
    person.join(5)
    if person.failed is not None:
        raise person.failed
    return code


def labels() -> list[str]:
    return [line[0] for line in menu_bar.lines()]


def quits() -> None:
    menu_bar.opens_menu()
    menu_bar.chooses(labels()[-1])


def test_it_shows_an_icon_with_a_menu_and_quits_by_it(tmp_path: Path) -> None:
    seen: list[str] = []

    def looks_and_quits() -> None:
        menu_bar.opens_menu()
        seen.extend(labels())
        quits()

    assert lives(looks_and_quits) == Exit.DONE
    assert "Quit" in seen[-1]
    assert (tmp_path / "home" / "state" / "state.json").exists()


def test_it_leaves_nothing_behind() -> None:
    lives(quits)
    # What is left on the main thread would be done while AppKit ends.
    while not main.calls.empty():
        call = main.calls.get()
        if callable(call):
            call()
    assert not appkit.NSStatusBar.systemStatusBar().items
    assert not NSProcessInfo.activities
    assert not NSNotificationCenter.defaultCenter().heard()
    assert not appkit.NSEvent.monitors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(number: signal.Signals, tmp_path: Path) -> None:
    assert lives(lambda: signal.raise_signal(number)) == Exit.DONE
    assert (tmp_path / "home" / "state" / "state.json").exists()


def test_the_end_of_the_session_waits_until_the_state_is_saved(tmp_path: Path) -> None:
    there: list[bool] = []

    def logs_out() -> None:
        main.ask(lambda: appkit.NSApplication.sharedApplication().asks_to_quit())
        there.append((tmp_path / "home" / "state" / "state.json").exists())

    assert lives(logs_out) == Exit.DONE
    assert there == [True]


def test_a_bug_in_the_menu_bar_is_written_down_and_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("a bug of the icon")

    def meets_it() -> None:
        monkeypatch.setattr(appkit.NSStatusBarButton, "setToolTip_", fails)
        menu_bar.opens_menu()
        pause = next(label for label in labels() if "Pause" in label)
        menu_bar.chooses(pause, main.ask(lambda: _first_below(pause)))

    with pytest.raises(ZeroDivisionError, match="a bug of the icon"):
        lives(meets_it)
    assert "a bug of the icon" in (tmp_path / "home" / "state" / "crash.txt").read_text("utf-8")


def _first_below(label: str) -> str:
    item = next(item for item in menu_bar.the_menu().items if item._title == label)
    assert item._submenu is not None
    return item._submenu.items[0]._title
