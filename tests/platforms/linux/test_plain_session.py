"""A plain session's folders are those that the library would have found."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import platformdirs
import pytest

from tests.support.places import ROOT
from tray_agent.platforms.linux import system


def test_places_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG_HOME", "STATE_HOME", "RUNTIME_DIR"):
        place = tmp_path / name
        place.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}", str(place))
    names = ("CONFIG_HOME", "STATE_HOME", "RUNTIME_DIR")
    assert system.places() == tuple(tmp_path / name / "tray-agent" for name in names)


def test_without_a_login_session_there_is_still_a_runtime_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert system.places()[2].name == "tray-agent"


@pytest.mark.parametrize(("mode", "around"), [(0o700, 0o755), (0o700, 0o777), (0o755, 0o755), (None, 0o755)])
@pytest.mark.parametrize("home", ["home", "", None])
@pytest.mark.parametrize("config", ["here", "", "relative"])
def test_an_odd_session_has_its_folders_where_every_program_has(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    mode: int | None,
    around: int,
    home: str | None,
    config: str,
) -> None:
    runtime = tmp_path / "run" / "me"
    runtime.parent.mkdir()
    runtime.parent.chmod(around)
    if mode is not None:
        runtime.mkdir()
        runtime.chmod(mode)
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{runtime}")
    monkeypatch.setenv("XDG_CONFIG_HOME", f"{tmp_path / config}" if config == "here" else config)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    if home is None:
        monkeypatch.delenv("HOME", raising=False)
    else:
        monkeypatch.setenv("HOME", home and f"{tmp_path / home}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", platformdirs.RuntimeDirWarning)
        usual = platformdirs.PlatformDirs("tray-agent", appauthor=False)
        expected = usual.user_config_path, usual.user_state_path, usual.user_runtime_path
    assert system.places() == expected


@pytest.mark.parametrize(("mode", "asked"), [(0o700, False), (0o755, True)])
def test_only_an_odd_session_needs_the_library(tmp_path: Path, mode: int, *, asked: bool) -> None:
    tmp_path.chmod(mode)
    looks = "import sys; from tray_agent.platforms.linux.system import places; places()"
    says = [sys.executable, "-c", f"{looks}; print('platformdirs' in sys.modules)"]
    environ = os.environ | {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    assert subprocess.check_output(says, env=environ, cwd=ROOT, text=True) == f"{asked}\n"
