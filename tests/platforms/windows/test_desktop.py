"""The desktop's parts put together, on the real window; each part has tests of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.turning import turn_until
from tests.support.windows_runtime import played_runtime
from tray_agent import platforms
from tray_agent.platforms import Desktop
from tray_agent.platforms.windows import opener, runtime_class
from tray_agent.platforms.windows.autostart import RunKey
from tray_agent.platforms.windows.desktop import WindowsDesktop
from tray_agent.platforms.windows.listener import HookListener
from tray_agent.platforms.windows.pipe import NamedPipe
from tray_agent.ports import Face, Health, News, Note, State
from tray_agent.shell import faces, resources
from tray_agent.shell.loop import SelectorLoop

ICON = resources.icon("png/tray-agent-64.png")


@pytest.fixture
def desktop(loop: SelectorLoop) -> Iterator[WindowsDesktop]:
    made = platforms.select().desktop(loop)
    assert isinstance(made, WindowsDesktop)
    yield made
    made.close()


def test_this_system_is_known() -> None:
    assert isinstance(platforms.select().channel(), NamedPipe)
    assert isinstance(platforms.select().autostart(), RunKey)


def test_senses(loop: SelectorLoop, desktop: Desktop) -> None:
    news: list[News] = []
    session = desktop.session(news.append)
    counter, listener = desktop.idle_counter(lambda _why: None), desktop.listener(lambda _why: None)
    session.input_seen(0.0)  # Wine does not say whether the session is locked
    turn_until(loop, lambda: news, "the first word of the session")
    assert news == [News.UNLOCKED]
    assert counter.idle_s() >= 0
    assert listener.alive()
    assert not desktop.screen_reader()()
    assert desktop.clocks()().boottime > 0
    for part in (listener, counter, session):
        part.close()


def test_input_that_was_heard_is_told_to_the_counter(
    desktop: WindowsDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = desktop.listener(lambda _why: None)
    assert isinstance(listener, HookListener)
    listener._also()  # no counter yet
    counter = desktop.idle_counter(lambda _why: None)
    looked: list[bool] = []
    monkeypatch.setattr(counter, "look", lambda: looked.append(True))
    listener._also()
    assert looked
    listener.close()


def test_icon_and_notes(loop: SelectorLoop, desktop: Desktop) -> None:
    healths: list[Health] = []
    tray = desktop.tray(
        tuple,
        faces.draw,
        activated=lambda: None,
        popup=lambda _x, _y: None,
        changed=lambda: healths.append(tray.health()),
    )
    notifier = desktop.notifier(lambda _prompt, _key: None, ICON)
    tray.show(Face("sitting", 0.5, "Sitting about 20 min"))
    turn_until(loop, lambda: tray.health().state is State.OK, "the icon in the taskbar")
    notifier.show(Note(1, "Stand up", "It is time.", ()))
    assert notifier.health().source == "balloon"
    notifier.close()
    tray.close()


def test_where_windows_has_toasts_they_come_first_and_balloons_behind_them(
    loop: SelectorLoop, desktop: WindowsDesktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    windows = played_runtime(monkeypatch)
    monkeypatch.setattr(runtime_class, "registered", lambda _name: True)
    notifier = desktop.notifier(lambda _prompt, _key: None, ICON, memory=tmp_path / "note")
    assert notifier.health().source == "toasts"
    notifier.show(Note(1, "Stand up", "It is time.", ()))
    turn_until(loop, lambda: windows.shown, "the toast")
    windows.refuses = True
    notifier.show(Note(2, "Stand up", "It is time.", ()))
    # There is no icon for a balloon, so this one goes to the very last.
    turn_until(loop, lambda: notifier.health().source == "plyer", "the last resort")
    notifier.close()


def test_watches(loop: SelectorLoop, desktop: Desktop, tmp_path: Path) -> None:
    calls: list[str] = []
    desktop.watch_clock(lambda: calls.append("clock"))
    desktop.watch_zone(lambda: calls.append("zone"))
    desktop.watch_display(lambda: calls.append("display"))
    desktop.watch_folder(tmp_path, lambda: calls.append("folder"))
    (tmp_path / "settings.toml").write_text("1")
    turn_until(loop, lambda: calls, "word of the file")
    assert set(calls) == {"folder"}


def test_little_things(loop: SelectorLoop, desktop: Desktop, tmp_path: Path) -> None:
    desktop.keep_activation_token("x")
    assert desktop.take_activation_token() is None
    desktop.make_launcher(ICON)
    reasons: list[str] = []
    desktop.open_file(tmp_path / "nothing", reasons.append)
    turn_until(loop, lambda: reasons, "a refusal")
    assert reasons == [opener.NOT_THERE]


def test_a_desktop_of_which_nothing_was_asked_has_no_window(loop: SelectorLoop) -> None:
    desktop = WindowsDesktop(loop)
    desktop.close()
    assert "_window" not in vars(desktop)
