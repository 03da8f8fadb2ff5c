from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tray_agent.platforms.linux.wayland_place import in_wayland, places
from tray_agent.ports import Unavailable


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def door(place: Path, made_at: float) -> Path:
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(f"{place}")
    os.utime(place, (made_at, made_at))
    return place


@pytest.mark.parametrize(
    ("environment", "is_so"),
    [
        ({}, False),
        ({"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0"}, False),
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": "tty"}, False),
    ],
)
def test_the_environment_says_whether_it_is_wayland(
    environment: dict[str, str], is_so: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert in_wayland() is is_so


def test_outside_of_wayland_there_is_no_door(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    with pytest.raises(Unavailable, match="this is no Wayland session"):
        places()


def test_the_named_door_comes_first_and_then_the_newest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    monkeypatch.setenv("XDG_RUNTIME_DIR", ".")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    old, new = door(Path("wayland-1"), 1000.0), door(Path("wayland-2"), 2000.0)
    Path("wayland-2.lock").touch()
    assert places() == [Path("wayland-0"), new, old], "also while it is not there"
    first = door(Path("wayland-0"), 500.0)
    assert places() == [first, new, old]


def test_a_session_without_a_name_has_the_usual_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert places() == [tmp_path / "wayland-0"]


def test_a_name_may_be_a_whole_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "/elsewhere/door")
    assert places() == [Path("/elsewhere/door")]
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    assert places() == [Path("/elsewhere/door")]


def test_a_name_alone_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(Unavailable, match="XDG_RUNTIME_DIR is not set"):
        places()
