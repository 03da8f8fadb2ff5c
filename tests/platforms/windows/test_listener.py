"""The listener with real hooks and real injected input.

Wine never takes a hook away, and has neither lock screen nor windows with more rights: the hooks are taken
away behind the listener's back.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from pynput._util.win32 import SystemHook

from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tests.support.windows_person import press_key, scroll
from tray_agent.platforms.windows.clocks import ticks_ms
from tray_agent.platforms.windows.last_input import LastInputIdle, last_input_tick
from tray_agent.platforms.windows.listener import HookListener
from tray_agent.platforms.windows.pynput_hooks import REFUSED, BlindHooks
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


def nobody(_reason: str) -> None:
    pass


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def listener(loop: SelectorLoop, lost: list[str]) -> Iterator[HookListener]:
    with closing(HookListener(loop, lost.append)) as listener:
        yield listener


def begun(loop: SelectorLoop, listener: HookListener) -> None:
    turn_until(loop, lambda: listener._round is not None and listener._round._began, "the hooks")


def take_hooks_away(listener: HookListener) -> None:
    """As Windows does with those that were too slow: nobody is told."""
    assert listener._ears.ident is not None
    hooks = SystemHook._HOOKS[listener._ears.ident]
    assert SystemHook._UnhookWindowsHookEx(hooks._hook)
    assert SystemHook._UnhookWindowsHookEx(hooks._mouse)


@pytest.mark.parametrize("touch", [scroll, press_key])
def test_injected_input_is_heard(loop: SelectorLoop, listener: HookListener, touch: object) -> None:
    heard: list[str] = []
    listener.arm(lambda: heard.append("input"))
    begun(loop, listener)
    touch()  # type: ignore[operator]
    turn_until(loop, lambda: heard, "the input")


def test_disarmed_it_has_no_hook(loop: SelectorLoop, listener: HookListener) -> None:
    assert SystemHook._HOOKS == {}
    listener.arm(lambda: None)
    begun(loop, listener)
    assert SystemHook._HOOKS
    listener.disarm()
    turn_until(loop, lambda: not SystemHook._HOOKS, "the hooks to go")


def test_a_storm_costs_nothing_once_it_was_heard(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []
    calls: list[int] = []
    handler = BlindHooks._handler

    def counting(self: BlindHooks, *event: object) -> None:
        calls.append(1)
        handler(self, *event)

    monkeypatch.setattr(BlindHooks, "_handler", counting)
    with closing(HookListener(loop, nobody)) as listener:
        listener.arm(lambda: heard.append(True))
        begun(loop, listener)
        scroll()
        turn_until(loop, lambda: heard and not SystemHook._HOOKS, "the first gust")
        of_the_gust = len(calls)
        assert of_the_gust
        before = last_input_tick()
        for _ in range(500):
            scroll()
        turn_until(loop, lambda: last_input_tick() != before, "the storm")
        turn_for(loop, 0.1)
        assert len(calls) == of_the_gust
        assert len(heard) == 1


def test_hooks_that_were_taken_away_show_by_the_counter(loop: SelectorLoop, listener: HookListener) -> None:
    heard: list[str] = []
    listener.arm(lambda: heard.append("input"))
    begun(loop, listener)
    take_hooks_away(listener)
    assert listener.alive(), "as long as nobody touches anything, nobody can tell"
    turn_for(loop, 0.3)
    before = last_input_tick()
    scroll()
    wait_until(lambda: last_input_tick() != before, "the counter")
    asked = time.monotonic()
    assert not listener.alive()
    assert time.monotonic() - asked < 0.5
    turn_for(loop, 0.05)
    assert heard == []


def test_a_new_one_hears_in_its_place(loop: SelectorLoop, listener: HookListener) -> None:
    listener.arm(lambda: None)
    begun(loop, listener)
    take_hooks_away(listener)
    listener.close()
    heard: list[str] = []
    with closing(HookListener(loop, nobody)) as new:
        new.arm(lambda: heard.append("input"))
        begun(loop, new)
        scroll()
        turn_until(loop, lambda: heard, "the input")


def test_what_was_heard_but_not_yet_told_is_not_missed(loop: SelectorLoop, listener: HookListener) -> None:
    listener.arm(lambda: None)
    begun(loop, listener)
    began_ms = ticks_ms()
    wait_until(lambda: ticks_ms() - began_ms > 300, "input to count that is not heard")
    scroll()
    wait_until(lambda: listener._round and listener._round.came.is_set(), "the hook")
    assert listener.alive()


def test_input_that_came_while_disarmed_was_not_missed(loop: SelectorLoop, listener: HookListener) -> None:
    listener.arm(lambda: None)
    begun(loop, listener)
    listener.disarm()
    turn_for(loop, 0.3)
    scroll()
    assert listener.alive()
    listener.arm(lambda: None)
    begun(loop, listener)
    turn_for(loop, 0.3)
    assert listener.alive()


def test_arming_again_at_once_hears_no_input_that_was_not(loop: SelectorLoop, listener: HookListener) -> None:
    heard: list[int] = []
    for n in range(100):
        listener.arm(lambda n=n: heard.append(n))  # type: ignore[misc]
        if n % 3:
            loop.step(0.002)
        listener.disarm()
    listener.arm(lambda: heard.append(-1))
    begun(loop, listener)
    turn_for(loop, 0.1)
    assert heard == []
    scroll()
    turn_until(loop, lambda: heard, "the input")
    assert heard == [-1]


def test_the_counter_learns_of_a_return_at_once(loop: SelectorLoop) -> None:
    edges: list[bool] = []
    with (
        closing(LastInputIdle(loop, nobody)) as counter,
        closing(HookListener(loop, nobody, counter.look)) as listener,
    ):
        wait_until(lambda: counter.idle_s() > 2.5, "a pause")
        counter.watch(0.5, lambda active, _idle: edges.append(active))
        turn_until(loop, lambda: edges == [False], "the pause")
        listener.arm(lambda: None)
        begun(loop, listener)
        scroll()
        turn_until(loop, lambda: edges == [False, True], "the return", 0.2)


def test_making_and_closing_listeners_leaves_no_thread(loop: SelectorLoop) -> None:
    before = threading.active_count()
    for n in range(6):
        listener = HookListener(loop, nobody)
        if n % 2:
            listener.arm(lambda: None)
        assert listener.alive()
        listener.close()
    assert threading.active_count() == before
    assert SystemHook._HOOKS == {}


def test_a_dead_thread_is_reported_once(loop: SelectorLoop, listener: HookListener, lost: list[str]) -> None:
    listener.arm(lambda: None)
    listener._ears.stop()
    turn_until(loop, lambda: lost, "the loss")
    turn_for(loop, 0.05)
    assert lost == ["the listener's thread has ended"]
    assert not listener.alive()
    listener.arm(lambda: None)
    listener.disarm()


def test_refused_hooks_are_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemHook, "_SetWindowsHookEx", lambda *_: 0)
    with pytest.raises(Unavailable, match=REFUSED):
        HookListener(loop, nobody)


def test_missing_pynput_is_said_so(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tray_agent.platforms.windows.pynput_hooks", None)
    with pytest.raises(Unavailable, match=r"^pynput cannot be imported: "):
        HookListener(loop, nobody)


def test_a_counter_that_does_not_answer_is_no_reason_to_give_up(loop: SelectorLoop) -> None:
    def refuse() -> int:
        raise Unavailable("no counter")

    with closing(HookListener(loop, nobody, tick=refuse)) as listener:
        listener.arm(lambda: None)
        turn_for(loop, 0.1)
        assert listener.alive()
