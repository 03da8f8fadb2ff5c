"""The hooks' thread with real hooks and events that cannot be looked at.

Wine keeps a hook that was too slow; Windows takes it away, which is done here by hand.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest
from pynput._util.win32 import SystemHook

from tests.support.waiting import wait_until
from tests.support.windows_person import press_key, scroll, unreadable
from tray_agent.platforms.windows.pynput_hooks import REFUSED, BlindHooks

assert sys.platform == "win32"


class Untouchable:
    """An event that cannot be looked at in any way."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise AssertionError(f"somebody asked an event for its {name}")

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError("somebody looked at an event")

    __eq__ = __ne__ = __lt__ = __gt__ = __bool__ = __int__ = __index__ = __hash__ = _refuse  # type: ignore[assignment]
    __str__ = __repr__ = __len__ = __iter__ = __getitem__ = __and__ = __or__ = __add__ = _refuse


class Round:
    def __init__(self) -> None:
        self.waits = True
        self.set = threading.Event()

    def begun(self) -> None:
        self.set.set()


class Watched:
    """Hooks, and what was heard of them."""

    def __init__(self) -> None:
        self.called: list[Round] = []
        self.ended: list[str] = []
        self.hooks = BlindHooks(self.called.append, self.ended.append)

    def start(self) -> None:
        self.hooks.start()
        assert self.hooks.started.wait(5)

    def listen(self) -> Round:
        of = Round()
        self.hooks.listen(of)
        assert of.set.wait(5)
        return of

    @property
    def hooked(self) -> bool:
        return self.hooks._hooks is not None


@contextmanager
def running() -> Iterator[Watched]:
    watched = Watched()
    watched.start()
    yield watched
    watched.hooks.finish(5)


def plain_values(hooks: BlindHooks) -> dict[str, object]:
    """All in the listener that could be a key, a button or a place."""
    kinds = (int, float, str, bytes, tuple, list, dict, set)
    return {name: value for name, value in vars(hooks).items() if isinstance(value, kinds)}


@pytest.fixture
def watched() -> Iterator[Watched]:
    with running() as watched:
        yield watched


@pytest.mark.parametrize("touch", [scroll, press_key])
def test_keyboard_and_mouse_are_heard_once_a_round(watched: Watched, touch: Any) -> None:
    for _ in range(3):
        of = watched.listen()
        assert watched.called == []
        touch()
        touch()
        wait_until(lambda: watched.called, "the input")
        wait_until(lambda: not watched.hooked, "the hooks to go")
        assert watched.called == [of]
        watched.called.clear()


def test_a_resting_listener_has_no_hook(watched: Watched) -> None:
    assert not watched.hooked
    watched.listen()
    assert watched.hooked
    watched.hooks.listen(None)
    wait_until(lambda: not watched.hooked, "the hooks to go")
    assert SystemHook._HOOKS == {}


def test_no_event_is_looked_at(watched: Watched) -> None:
    of = watched.listen()
    watched.hooks._handler(Untouchable(), Untouchable(), Untouchable())
    assert watched.called == [of]


def test_nothing_reads_the_memory_an_event_lies_in(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows calls is pynput's own function; it is called here as Windows does it."""
    heard: list[str] = []
    hook = SystemHook(13, lambda *_: heard.append("input"))
    monkeypatch.setitem(SystemHook._HOOKS, threading.get_ident(), hook)
    nowhere = unreadable()
    for message in (0x0100, 0x0200, 0xFFFF):
        assert SystemHook._handler(0, message, nowhere) == 0
    assert heard == ["input"] * 3
    of = watched.listen()
    hook.on_hook = watched.hooks._handler
    SystemHook._handler(0, 0x0100, nowhere)
    assert watched.called == [of]


def test_nothing_of_pynput_that_decodes_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from pynput import keyboard, mouse

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("somebody decodes")

    for listener in (keyboard.Listener, mouse.Listener):
        monkeypatch.setattr(listener, "__init__", refuse)
        monkeypatch.setattr(listener, "_handle_message", refuse)
    monkeypatch.setattr(keyboard.Listener, "_convert", refuse)
    with running() as watched:
        watched.listen()
        press_key()
        wait_until(lambda: watched.called, "the input")
    assert watched.ended == ["the listener's thread has ended"]


def test_of_an_event_nothing_is_kept(watched: Watched) -> None:
    before = plain_values(watched.hooks)
    watched.listen()
    press_key()
    wait_until(lambda: watched.called, "the input")
    wait_until(lambda: not watched.hooked, "the hooks to go")
    assert plain_values(watched.hooks) == before


def test_a_new_round_takes_the_place_of_the_old_one(watched: Watched) -> None:
    watched.listen()
    new = watched.listen()
    scroll()
    wait_until(lambda: watched.called, "the input")
    assert watched.called == [new]


def test_hooks_that_are_refused_are_said_so_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemHook, "_SetWindowsHookEx", lambda *_: 0)
    watched = Watched()
    watched.start()
    watched.hooks.join(5)
    assert watched.ended == [REFUSED]
    assert not watched.hooks.running
    assert SystemHook._HOOKS == {}


def test_hooks_that_are_refused_later_end_the_thread(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemHook, "_SetWindowsHookEx", lambda *_: 0)
    watched.hooks.listen(Round())
    wait_until(lambda: watched.ended, "the end")
    assert watched.ended == [REFUSED]
    watched.hooks.listen(None)


def test_finishing_takes_the_hooks_away(watched: Watched) -> None:
    watched.listen()
    watched.hooks.finish(5)
    watched.hooks.finish(5)
    assert not watched.hooks.is_alive()
    assert not watched.hooked
    assert len(watched.ended) == 1
    watched.hooks.listen(Round())
    scroll()
    assert watched.called == []
