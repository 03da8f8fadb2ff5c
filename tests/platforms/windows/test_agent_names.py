"""What an agent is known by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tray_agent.platforms.windows import identity
from tray_agent.platforms.windows.agent_names import mark, name

assert sys.platform == "win32"


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA", f"{tmp_path}")
    return tmp_path / "TrayAgent" / "runtime" / "agent.sock"


def test_person_and_session_are_in_the_pipe_s_name(usual: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = name(usual)
    assert ours == rf"\\.\pipe\org.trayagent.TrayAgent-{identity.own_sid()}-{identity.session()}"
    monkeypatch.setattr(identity, "session", lambda: 7)
    assert name(usual) != ours
    monkeypatch.setattr(identity, "own_sid", lambda: "S-1-5-21-1-2-3-1002")
    assert name(usual).endswith("-S-1-5-21-1-2-3-1002-7")


def test_the_mark_is_the_person_s_in_whichever_session(usual: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = mark(usual)
    monkeypatch.setattr(identity, "session", lambda: 7)
    assert mark(usual) == ours == f"org.trayagent.TrayAgent-{identity.own_sid()}"


def test_a_home_of_its_own_has_names_of_its_own(usual: Path, tmp_path: Path) -> None:
    copy = tmp_path / "portable copy" / "runtime" / "agent.sock"
    assert name(copy).startswith(f"{name(usual)}-")
    assert mark(copy).startswith(f"{mark(usual)}-")
    # Windows tells no capital letters from others.
    assert name(Path(f"{copy}".upper())) == name(copy)
