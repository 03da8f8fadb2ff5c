"""Live on sway, KWin, Mutter and an X server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.support.compositors import KWin, Mutter, Sway
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_until
from tests.support.wayland_server import SEAT, WaylandServer
from tests.support.xserver import XServer
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.idle_choice import IdleChoice
from tray_agent.platforms.linux.mutter_idle import MutterIdle
from tray_agent.platforms.linux.xcb import Extension
from tray_agent.ports import IdleCounter, Unavailable
from tray_agent.shell.loop import SelectorLoop

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR")


def nobody(_reason: str) -> None:
    pass


@pytest.fixture
def bus(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Bus]:
    with closing(Bus(loop, daemon.address)) as bus:
        turn_until(loop, lambda: bus.connected, "the bus")
        yield bus


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def live_in(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        if name in env:
            monkeypatch.setenv(name, env[name])


@pytest.mark.parametrize(("kind", "name"), [(Sway, "kde_idle"), (KWin, "ext_idle_notify_v1")])
def test_a_wayland_compositor_tells_by_its_own_protocol(
    kind: type[Sway | KWin], name: str, loop: SelectorLoop, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kind() as compositor:
        live_in(compositor.env, monkeypatch)
        with closing(IdleChoice(loop, bus)(nobody)) as counter:
            assert counter.name == name


def test_in_gnome_mutter_tells_on_the_bus(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    with Mutter() as mutter, closing(Bus(loop, mutter.bus.address)) as bus:
        live_in(mutter.env, monkeypatch)
        choice = IdleChoice(loop, bus)
        lost: list[str] = []
        with closing(soon(loop, choice, lost.append)) as counter:
            assert isinstance(counter, MutterIdle)
            turn_until(loop, lambda: knows(counter), "Mutter's first word")
            mutter.restart()
            turn_until(loop, lambda: lost, "the loss")
        with closing(soon(loop, choice, lost.append)) as counter:
            turn_until(loop, lambda: knows(counter), "the new Mutter's first word")


def test_an_xwayland_is_never_asked(
    loop: SelectorLoop, bus: Bus, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server.display)
    with WaylandServer(((SEAT, 7),)) as compositor:
        live_in(compositor.env, monkeypatch)
        with pytest.raises(Unavailable) as refusal:
            IdleChoice(loop, bus)(nobody)
    assert str(refusal.value) == (
        "the Wayland compositor does not tell of idleness; Mutter's idle monitor is not on the bus"
    )


def test_where_the_compositor_is_gone_every_reason_is_told(
    loop: SelectorLoop, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    with pytest.raises(
        Unavailable, match="XDG_RUNTIME_DIR is not set; Mutter's idle monitor is not on the bus"
    ):
        IdleChoice(loop, bus)(nobody)


def test_an_x_server_counts_by_alarms(
    loop: SelectorLoop, bus: Bus, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server.display)
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    with closing(IdleChoice(loop, bus)(nobody)) as counter:
        assert counter.name == "xsync"


def test_an_x_server_that_does_not_count_has_a_screen_saver(
    loop: SelectorLoop, bus: Bus, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", server.display)
    monkeypatch.setattr("tray_agent.platforms.linux.xidle.Extension", lambda _name: Extension(b"NOT-HERE"))
    with closing(IdleChoice(loop, bus)(nobody)) as counter:
        assert counter.name == "xscreensaver"


def test_one_reason_for_two_refusals_is_told_once(loop: SelectorLoop, bus: Bus) -> None:
    with pytest.raises(Unavailable) as refusal:
        IdleChoice(loop, bus)(nobody)
    assert str(refusal.value) == "DISPLAY is not set"


def soon(loop: SelectorLoop, choice: IdleChoice, lost: Callable[[str], object]) -> IdleCounter:
    """The counter, as soon as the bus has told who is on it."""
    found: list[IdleCounter] = []

    def there() -> bool:
        try:
            found.append(choice(lost))
        except Unavailable:
            return False
        return True

    turn_until(loop, there, "a counter")
    return found[0]


def knows(counter: IdleCounter) -> bool:
    try:
        return counter.idle_s() >= 0
    except Unavailable:
        return False
