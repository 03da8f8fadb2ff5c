"""Which mechanism is tried first, and what is left where it does not work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.waiting import wait_until
from tests.support.xserver import xserver
from tray_agent.platforms.linux import xidle
from tray_agent.platforms.linux.desktop import LinuxDesktop
from tray_agent.ports import State, Unavailable
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No display and no bus but those a test brings."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")


def counter_s_name() -> str:
    """Which counter this desktop finds."""
    linux = LinuxDesktop(FakeLoop())
    try:
        counter = linux.idle_counter(lambda _reason: None)
        counter.close()
    finally:
        linux.close()
    return counter.name


def test_the_x_server_s_alarms_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with xserver() as server:
        monkeypatch.setenv("DISPLAY", server.display)
        assert counter_s_name() == "xsync"


def test_the_screen_saver_steps_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Unavailable("no IDLETIME")

    monkeypatch.setattr(xidle, "XSyncIdle", refuse)
    with xserver() as server:
        monkeypatch.setenv("DISPLAY", server.display)
        assert counter_s_name() == "xscreensaver"


def test_one_reason_is_told_once() -> None:
    with pytest.raises(Unavailable, match=r"^DISPLAY is not set$"):
        counter_s_name()


def test_without_a_bus_tray_and_notes_wait_and_say_so() -> None:
    linux = LinuxDesktop(FakeLoop())
    tray = linux.tray(
        tuple,
        faces.draw,
        activated=lambda: None,
        popup=lambda _x, _y: None,
        changed=lambda: None,
    )
    assert tray.health().state is not State.OK
    assert tray.health().reason
    notifier = linux.notifier(lambda _prompt, _key: None, Path("icon.png"))
    assert notifier.health().state is not State.OK
    tray.close()
    notifier.close()
    linux.close()


def test_a_changed_file_is_noticed_until_closed(tmp_path: Path) -> None:
    loop = SelectorLoop()
    linux = LinuxDesktop(loop)
    changes: list[str] = []
    linux.watch_folder(tmp_path, lambda: changes.append("changed"))
    linux.watch_clock(lambda: None)
    (tmp_path / "settings.toml").write_text("")

    def noticed() -> bool:
        loop.step(0.05)
        return bool(changes)

    wait_until(noticed, "the change to be noticed")
    linux.close()
    (tmp_path / "settings.toml").write_text("again")
    seen = len(changes)
    loop.step(0.3)
    assert len(changes) == seen
    loop.close()
