from __future__ import annotations

import pytest

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.ports import Unavailable


@pytest.fixture(autouse=True)
def plain_x_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":5")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)


def test_the_display_of_the_environment_is_the_persons() -> None:
    assert display_name() == ":5"


def test_a_caller_may_know_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display_name(":7") == ":7"


@pytest.mark.parametrize("unset", [True, False])
def test_no_display_is_said_so(monkeypatch: pytest.MonkeyPatch, unset: bool) -> None:
    monkeypatch.delenv("DISPLAY") if unset else monkeypatch.setenv("DISPLAY", "")
    with pytest.raises(Unavailable, match=r"^DISPLAY is not set$"):
        display_name()


@pytest.mark.parametrize(
    ("name", "value"), [("WAYLAND_DISPLAY", "wayland-0"), ("XDG_SESSION_TYPE", "wayland")]
)
def test_the_x_server_of_a_wayland_session_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable, match=r"^XWayland sees only its own windows$"):
        display_name()
