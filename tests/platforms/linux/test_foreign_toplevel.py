"""Full screen under Wayland: on a live sway, and with a compositor of the test's own for the rest."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from tests.support.compositors import Mutter, Sway
from tests.support.held import held
from tests.support.toplevels import OUR_OWN, toplevel
from tests.support.turning import turn_for, turn_until
from tests.support.wayland_input import string
from tests.support.wayland_server import WaylandServer
from tray_agent.platforms.linux import foreign_toplevel
from tray_agent.platforms.linux.foreign_toplevel import MANAGER, OUTPUT, ForeignToplevels
from tray_agent.ports import State
from tray_agent.shell.loop import SelectorLoop

FILM = "[app_id=film]"
OURS = "org.trayagent.TrayAgent"
NEW_WINDOW, FINISHED = 0, 1
TITLE, APP_ID, ENTER, LEAVE, STATES, DONE, CLOSED = range(7)
MAXIMISED, MINIMISED, ACTIVATED, FULL = range(4)
THEIRS = 0xFF000000


class Watcher:
    """Takes down each answer that is announced, when it is another."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.answers: list[bool | None] = []
        self.way = ForeignToplevels(loop, self._changed)

    def _changed(self) -> None:
        if self.answers[-1:] != [self.way.fills()]:
            self.answers.append(self.way.fills())

    def comes_to(self, answer: bool | None) -> None:
        turn_until(self.loop, lambda: self.answers[-1:] == [answer], f"{answer}, not {self.answers}")


def live_in(env: Mapping[str, str], patch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        patch.setenv(name, env[name])


@pytest.fixture(scope="module")
def two_outputs() -> Iterator[Sway]:
    with Sway(outputs=2, config="focus_on_window_activation none\nfocus_follows_mouse no") as sway:
        yield sway


@pytest.fixture
def sway(two_outputs: Sway, monkeypatch: pytest.MonkeyPatch) -> Sway:
    live_in(two_outputs.env, monkeypatch)
    for output, workspace in (("HEADLESS-2", "2"), ("HEADLESS-1", "1")):
        two_outputs.message("focus", "output", output)
        two_outputs.message("workspace", workspace)
    return two_outputs


@pytest.fixture
def watcher(loop: SelectorLoop, sway: Sway) -> Iterator[Watcher]:
    watcher = Watcher(loop)
    with closing(watcher.way):
        yield watcher


def test_on_sway_a_film_counts_while_it_is_seen(sway: Sway, watcher: Watcher) -> None:
    assert watcher.way.fills() is False
    with toplevel(sway.env, "film", full_screen=True):
        watcher.comes_to(True)
        sway.message(FILM, "fullscreen", "disable")
        watcher.comes_to(False)
        sway.message(FILM, "fullscreen", "enable")
        watcher.comes_to(True)
        sway.message("workspace", "5")
        with toplevel(sway.env, "letter"):
            watcher.comes_to(False)
            sway.message("workspace", "1")
            watcher.comes_to(True)
    watcher.comes_to(False)


def test_on_sway_slides_count_while_the_other_output_has_the_keys(sway: Sway, watcher: Watcher) -> None:
    with toplevel(sway.env, "film", full_screen=True):
        watcher.comes_to(True)
        sway.message("focus", "output", "HEADLESS-2")
        with toplevel(sway.env, "notes"):
            turn_until(watcher.loop, lambda: len(watcher.way._in_sight) == 2, "the notes")
            assert watcher.way.fills() is True
            sway.message(FILM, "kill")
            watcher.comes_to(False)


def test_what_is_there_already_is_known_at_once_and_no_title_is_kept(
    loop: SelectorLoop, sway: Sway, watcher: Watcher
) -> None:
    with toplevel(sway.env, "secret-program", "A secret title", full_screen=True):
        watcher.comes_to(True)
        with closing(ForeignToplevels(loop, lambda: None)) as later:
            assert later.fills() is True
            for kept in (watcher.way, later):
                assert not held([kept], "eltit terces A")
                assert not held([kept], "margorp-terces")


def test_on_sway_our_own_windows_do_not_count(sway: Sway, watcher: Watcher) -> None:
    with toplevel(sway.env, OUR_OWN, full_screen=True):
        turn_until(watcher.loop, lambda: OURS in sway.message("-t", "get_tree"), "the window")
        turn_for(watcher.loop, 0.2)
        assert watcher.way.fills() is False


def test_a_compositor_that_comes_back_is_found_again(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_toplevel, "RECONNECT_S", 0.1)
    with Sway() as sway:
        live_in(sway.env, monkeypatch)
        watcher = Watcher(loop)
        sway.kill()
        watcher.comes_to(None)
        assert watcher.way.trouble == (State.LOST, "the Wayland compositor closed the connection")
        sway.start()
        watcher.comes_to(False)
        assert watcher.way.trouble is None
        watcher.way.close()


def test_mutter_lists_no_windows(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    with Mutter() as mutter:
        live_in(mutter.env, monkeypatch)
        watcher = Watcher(loop)
        assert watcher.way.trouble == (State.ABSENT, "the Wayland compositor does not list windows")
        assert watcher.way.fills() is None
        watcher.way.close()


class Compositor:
    """One that lists windows as the test says, on two outputs."""

    def __init__(self, server: WaylandServer) -> None:
        self.server = server
        self._windows = THEIRS

    def of(self, interface: str) -> list[int]:
        return [thing for thing, (name, _version) in self.server.bound.items() if name == interface]

    def opens(self, *states: int, on: int, program: str = "film") -> int:
        (manager,) = self.of(MANAGER)
        self._windows += 1
        self.server.event(manager, NEW_WINDOW, struct.pack("=I", self._windows))
        self.server.event(self._windows, TITLE, string("A title"))
        self.server.event(self._windows, APP_ID, string(program))
        self.moves(self._windows, ENTER, on)
        self.turns(self._windows, *states)
        return self._windows

    def moves(self, window: int, how: int, output: int) -> None:
        self.server.event(window, how, struct.pack("=I", self.of(OUTPUT)[output]))

    def turns(self, window: int, *states: int) -> None:
        packed = struct.pack(f"={1 + len(states)}I", 4 * len(states), *states)
        self.server.event(window, STATES, packed)
        self.server.event(window, DONE)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandServer]:
    monkeypatch.setattr(foreign_toplevel, "RECONNECT_S", 0.3)
    with WaylandServer(((OUTPUT, 4), (OUTPUT, 4), (MANAGER, 3))) as server:
        live_in(server.env, monkeypatch)
        yield server


@pytest.fixture
def scene(loop: SelectorLoop, server: WaylandServer) -> Iterator[tuple[Watcher, Compositor]]:
    watcher = Watcher(loop)
    with closing(watcher.way):
        yield watcher, Compositor(server)


def test_the_version_with_full_screen_is_bound(server: WaylandServer, scene: object) -> None:
    assert (MANAGER, 2) in server.bound.values()


def test_states_hold_from_done_on(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    film = compositor.opens(ACTIVATED, on=0)
    compositor.server.event(film, STATES, struct.pack("=3I", 8, ACTIVATED, FULL))
    turn_for(watcher.loop, 0.1)
    assert watcher.way.fills() is False
    compositor.server.event(film, DONE)
    watcher.comes_to(True)


@pytest.mark.parametrize("states", [(FULL,), (ACTIVATED, MAXIMISED), (ACTIVATED, FULL, MINIMISED)])
def test_what_does_not_count(scene: tuple[Watcher, Compositor], states: tuple[int, ...]) -> None:
    watcher, compositor = scene
    compositor.opens(ACTIVATED, FULL, on=0)
    watcher.comes_to(True)
    compositor.opens(ACTIVATED, on=0)
    watcher.comes_to(False)
    compositor.opens(*states, on=1)
    turn_for(watcher.loop, 0.1)
    assert watcher.way.fills() is False


def test_a_film_that_moves_to_the_other_output_still_counts(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    film = compositor.opens(ACTIVATED, FULL, on=0)
    watcher.comes_to(True)
    compositor.moves(film, LEAVE, 0)
    compositor.moves(film, ENTER, 1)
    compositor.turns(film, ACTIVATED, FULL)
    compositor.opens(ACTIVATED, on=0)
    turn_until(watcher.loop, lambda: len(watcher.way._in_sight) == 2, "both windows")
    assert watcher.way.fills() is True


def test_our_window_over_a_film_does_not_end_it(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    compositor.opens(ACTIVATED, FULL, on=0)
    watcher.comes_to(True)
    compositor.opens(ACTIVATED, FULL, on=0, program=OURS)
    turn_for(watcher.loop, 0.1)
    assert watcher.way.fills() is True
    compositor.opens(ACTIVATED, on=0, program=OURS + "2")
    watcher.comes_to(False)


def test_a_closed_window_is_forgotten_and_given_back(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    film = compositor.opens(ACTIVATED, FULL, on=0)
    watcher.comes_to(True)
    compositor.server.event(film, CLOSED)
    watcher.comes_to(False)
    destroyed = (film, foreign_toplevel.DESTROY, b"")
    turn_until(watcher.loop, lambda: destroyed in compositor.server.requests, "its end")


def test_what_was_on_an_unplugged_output_is_not_seen(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    compositor.opens(ACTIVATED, FULL, on=1)
    watcher.comes_to(True)
    compositor.server.withdraw(2)
    watcher.comes_to(False)


def test_an_output_that_is_plugged_in_later_counts(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    compositor.server.offer(9, OUTPUT, 4)
    turn_until(watcher.loop, lambda: len(compositor.of(OUTPUT)) == 3, "the output to be bound")
    compositor.opens(ACTIVATED, FULL, on=2)
    watcher.comes_to(True)


def test_a_list_that_ends_is_asked_for_again(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    (manager,) = compositor.of(MANAGER)
    compositor.server.event(manager, FINISHED)
    turn_until(watcher.loop, lambda: watcher.answers[-2:] == [None, False], "it to be back")


def test_nonsense_is_the_compositors_failing(scene: tuple[Watcher, Compositor]) -> None:
    watcher, compositor = scene
    film = compositor.opens(ACTIVATED, on=0)
    compositor.server.event(film, STATES, struct.pack("=I", 4000))
    turn_until(watcher.loop, lambda: None in watcher.answers, "the loss")
    watcher.comes_to(False)
    compositor.server.event(compositor.opens(ACTIVATED, FULL, on=0), STATES, struct.pack("=II", 3, 1))
    watcher.comes_to(True)


def test_where_no_compositor_is_it_waits_for_one(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_toplevel, "RECONNECT_S", 0.1)
    live_in({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/nowhere"}, monkeypatch)
    watcher = Watcher(loop)
    assert watcher.way.trouble == (State.LOST, "no Wayland compositor (No such file or directory)")
    with WaylandServer(((OUTPUT, 4), (MANAGER, 3))) as server:
        live_in(server.env, monkeypatch)
        watcher.comes_to(False)
        watcher.way.close()
        watcher.way.close()
