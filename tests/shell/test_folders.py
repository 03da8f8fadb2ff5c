import os
import stat
import sys
import warnings
from pathlib import Path

import platformdirs
import pytest

from tests.support.refusals import A_FILE_ALREADY
from tray_agent.ports import Health, State
from tray_agent.shell import folders
from tray_agent.shell.folders import Folders, UnusableFolder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_of_its_own(tmp_path: Path) -> None:
    found = folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found == Folders(
        tmp_path / "config", tmp_path / "state", tmp_path / "runtime", tmp_path / "config" / "settings.toml"
    )
    assert found.snapshot.parent == found.history.parent == tmp_path / "state"
    assert found.socket.parent == tmp_path / "runtime"


def test_places_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG_HOME", "STATE_HOME", "RUNTIME_DIR"):
        place = tmp_path / name
        place.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}", str(place))
    found = folders.find(environ={})
    assert found.settings == tmp_path / "CONFIG_HOME" / "tray-agent" / "settings.toml"
    assert found.state == tmp_path / "STATE_HOME" / "tray-agent"
    assert found.runtime == tmp_path / "RUNTIME_DIR" / "tray-agent"


def test_without_a_login_session_there_is_still_a_runtime_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folders.find(environ={}).runtime.name == "tray-agent"


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
    assert folders.find(environ={})[:3] == expected


@pytest.mark.parametrize(("mode", "asked"), [(0o700, False), (0o755, True)])
def test_only_an_odd_session_needs_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, *, asked: bool
) -> None:
    tmp_path.chmod(mode)
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{tmp_path}")
    monkeypatch.delitem(sys.modules, "platformdirs")
    folders.find(environ={})
    assert ("platformdirs" in sys.modules) is asked


def test_another_settings_file_moves_nothing_else(tmp_path: Path) -> None:
    elsewhere = tmp_path / "shared" / "mine.toml"
    found = folders.find(elsewhere, {"TRAY_AGENT_HOME": str(tmp_path / "home")})
    assert found.settings == elsewhere
    assert found.state == tmp_path / "home" / "state"
    elsewhere.parent.mkdir(mode=0o755)
    found.make()
    assert mode(elsewhere.parent) == 0o755


def test_folders_are_private_even_if_they_were_not(tmp_path: Path) -> None:
    found = folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)})
    found.state.mkdir(mode=0o755)
    found.make()
    assert [mode(folder) for folder in (found.config, found.state, found.runtime)] == [0o700] * 3


@pytest.mark.parametrize("name", ["config", "state"])
def test_without_a_folder_for_settings_or_state_there_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    found = folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.make() == (f"the folder {tmp_path / name} cannot be used: {A_FILE_ALREADY}",)
    assert found.runtime.is_dir()
    (tmp_path / name).unlink()
    assert found.make() == ()


def test_without_a_runtime_folder_nothing_can_begin(tmp_path: Path) -> None:
    (tmp_path / "runtime").write_text("")
    with pytest.raises(UnusableFolder) as refused:
        folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)}).make()
    assert str(refused.value) == f"the folder {tmp_path / 'runtime'} cannot be used: {A_FILE_ALREADY}"


def test_somebody_else_s_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(UnusableFolder, match="belongs to somebody else"):
        folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)}).make()


def test_unwritable_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere, so the system's answer is put in its place.
    monkeypatch.setattr(os, "access", lambda path, _mode: path.name == "runtime")
    found = folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.make() == tuple(
        f"the folder {folder} cannot be read and written" for folder in (found.config, found.state)
    )
    assert found.health() == Health("settings", State.DEGRADED, "file", f"{found.config} cannot be written")


def test_settings_can_be_changed_where_their_folder_can_be_made(tmp_path: Path) -> None:
    found = folders.find(environ={"TRAY_AGENT_HOME": str(tmp_path / "new" / "home")})
    assert found.health() == Health("settings", State.OK, "file")
    (tmp_path / "new").write_text("")
    assert found.health().reason == f"{tmp_path / 'new'} cannot be written"


def test_a_full_disk_takes_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = folders.find(tmp_path / "settings.toml", {"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.health().state is State.OK
    full = os.statvfs_result((4096, 4096, 100, 0, 0, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    assert found.health() == Health("settings", State.DEGRADED, "file", f"the disk of {tmp_path} is full")


def test_path_too_long_for_a_socket_is_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 90)
    with pytest.raises(UnusableFolder, match="too long a name"):
        folders.find(environ={"TRAY_AGENT_HOME": str(home)}).make()
