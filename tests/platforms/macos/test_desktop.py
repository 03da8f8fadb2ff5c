"""The desktop's parts put together, over everything played; each part has tests of its own."""

from __future__ import annotations

import ast
import inspect
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_world import FakeNotifier
from tests.support.macos import corefoundation, kqueue, usernotifications
from tests.support.macos.appkit import NSApplication, NSWorkspace
from tests.support.macos.played_main import main
from tests.support.turning import turn_until
from tray_agent import platforms
from tray_agent.platforms import Desktop
from tray_agent.platforms.macos import desktop as module
from tray_agent.platforms.macos import main_thread, opener
from tray_agent.platforms.macos.bundle import APP
from tray_agent.platforms.macos.desktop import MacDesktop
from tray_agent.platforms.macos.last_input import EventSourceIdle
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.null import NullNotifier
from tray_agent.ports import Face, Health, News, Note, State, Unavailable
from tray_agent.shell import faces, resources
from tray_agent.shell.loop import SelectorLoop

ICON = resources.icon("png/tray-agent-64.png")


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Names that only a Mac's Python has, and what the services keep."""
    kqueue.put_in(monkeypatch)
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC, raising=False)
    corefoundation.played.begin()
    usernotifications.played.begin()
    yield
    usernotifications.played.end()


@pytest.fixture
def desktop(loop: SelectorLoop) -> Iterator[MacDesktop]:
    made = MacDesktop(loop)
    yield made
    made.close()
    main.settle()


def test_it_keeps_the_protocol(desktop: MacDesktop) -> None:
    checked: Desktop = desktop
    promised = {name for name in vars(platforms.Desktop) if not name.startswith("_")}
    assert promised <= {name for name in dir(checked) if not name.startswith("_")}


def test_adapters_are_imported_when_they_are_made() -> None:
    tree = ast.parse(inspect.getsource(module))
    at_once = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {name for name in at_once if name and "macos" in name} == {"tray_agent.platforms.macos"}


def test_senses(loop: SelectorLoop, desktop: MacDesktop) -> None:
    news: list[News] = []
    session = desktop.session(news.append)
    counter = desktop.idle_counter(lambda _why: None)
    turn_until(loop, lambda: news, "the first word of the session")
    assert news == [News.UNLOCKED]
    assert counter.idle_s() >= 0
    with pytest.raises(Unavailable, match="switched off"):
        desktop.listener(lambda _why: None)
    assert not desktop.screen_reader()()
    assert desktop.context_sensor("fullscreen", lambda _on: None).name == "fullscreen"
    with pytest.raises(Unavailable, match="Focus"):
        desktop.context_sensor("do_not_disturb", lambda _on: None)
    for part in (counter, session):
        part.close()


def test_the_end_of_a_lock_witnesses_for_the_counter(
    desktop: MacDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed: list[News] = []
    told: list[News] = []
    counter = desktop.idle_counter(lambda _why: None)
    assert isinstance(counter, EventSourceIdle)
    monkeypatch.setattr(counter, "confirm", lambda: confirmed.append(told[-1]))
    for news in (News.UNLOCKED, News.LOCKED, News.SLEEPING, News.WOKE, News.UNLOCKED, News.UNLOCKED):
        desktop._session_news(told.append, news)
    assert len(told) == 6
    assert confirmed == [News.UNLOCKED]
    counter.close()


def test_icon_in_the_menu_bar(loop: SelectorLoop, desktop: MacDesktop) -> None:
    healths: list[Health] = []
    tray = desktop.tray(
        tuple,
        faces.draw,
        activated=lambda: None,
        popup=lambda _x, _y: None,
        changed=lambda: healths.append(tray.health()),
    )
    tray.show(Face("sitting", 0.5, "Sitting about 20 min"))
    turn_until(loop, lambda: healths, "the icon")
    assert healths[0].state is State.OK
    tray.close()


def test_an_app_s_notes_are_the_system_s_and_a_refused_one_is_a_window_s(
    loop: SelectorLoop, desktop: MacDesktop
) -> None:
    corefoundation.played.is_app(APP)
    banner = FakeNotifier()
    notifier = desktop.notifier(lambda _prompt, _key: None, ICON, banner=lambda: banner)
    assert isinstance(notifier, NotifierChain)
    usernotifications.played.status = usernotifications.UNAuthorizationStatusDenied
    note = Note(1, "Stand up", "It is time.", ())
    notifier.show(note)
    turn_until(loop, lambda: banner.shown, "the window")
    assert banner.shown == note
    notifier.close()


def test_without_an_app_notes_are_a_window_s_at_once_and_never_plyer_s(desktop: MacDesktop) -> None:
    banner = FakeNotifier()
    assert desktop.notifier(lambda _prompt, _key: None, ICON, banner=lambda: banner) is banner
    nobody = desktop.notifier(lambda _prompt, _key: None, ICON)
    assert isinstance(nobody, NullNotifier)
    assert nobody.health().state is State.ABSENT
    assert "plyer" not in inspect.getsource(module)


def test_watches(loop: SelectorLoop, desktop: MacDesktop, tmp_path: Path) -> None:
    calls: list[str] = []
    desktop.watch_clock(lambda: calls.append("clock"))
    desktop.watch_zone(lambda: calls.append("zone"))
    desktop.watch_display(lambda: calls.append("display"))
    desktop.watch_folder(tmp_path, lambda: calls.append("folder"))
    (tmp_path / "settings.toml").write_text("1")
    turn_until(loop, lambda: calls, "word of the file")
    assert set(calls) == {"folder"}


def test_closing_lets_a_session_end_that_waits(loop: SelectorLoop, desktop: MacDesktop) -> None:
    desktop.watch_display(lambda: None)
    main.settle()
    desktop.close()
    began = time.monotonic()
    main.ask(lambda: NSApplication.sharedApplication().asks_to_quit())
    assert time.monotonic() - began < 1.0


def test_a_bug_on_the_main_thread_ends_the_agent_as_its_own_would(
    loop: SelectorLoop, desktop: MacDesktop
) -> None:
    main_thread.do(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        turn_until(loop, lambda: False, "the bug", 2.0)


def test_little_things(loop: SelectorLoop, desktop: MacDesktop, tmp_path: Path) -> None:
    desktop.keep_activation_token("x")
    assert desktop.take_activation_token() is None
    desktop.make_launcher(ICON)
    reasons: list[str] = []
    desktop.open_file(tmp_path / "nothing", reasons.append)
    turn_until(loop, lambda: reasons, "a refusal")
    assert reasons == [opener.NOT_THERE]
    assert NSWorkspace.opened == []
