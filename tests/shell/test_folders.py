import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support.refusals import A_FILE_ALREADY
from tray_agent.ports import Health, State
from tray_agent.shell import folders
from tray_agent.shell.folders import Folders, UnusableFolder


def nowhere() -> NoReturn:
    raise AssertionError("it has a home of its own")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_of_its_own(tmp_path: Path) -> None:
    found = folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found == Folders(
        tmp_path / "config", tmp_path / "state", tmp_path / "runtime", tmp_path / "config" / "settings.toml"
    )
    assert found.snapshot.parent == found.history.parent == tmp_path / "state"
    assert found.socket.parent == tmp_path / "runtime"


def test_without_a_home_of_its_own_they_are_where_the_system_has_them(tmp_path: Path) -> None:
    usual = tmp_path / "here", tmp_path / "there", tmp_path / "for now"
    assert folders.find(lambda: usual, environ={}) == Folders(*usual, tmp_path / "here" / "settings.toml")


def test_a_place_that_is_somebody_else_s_is_one_sentence() -> None:
    def refused() -> tuple[Path, Path, Path]:
        raise PermissionError("/run/user/0 is not owned by you")

    with pytest.raises(UnusableFolder, match="^/run/user/0 is not owned by you$"):
        folders.find(refused, environ={})


def test_another_settings_file_moves_nothing_else(tmp_path: Path) -> None:
    elsewhere = tmp_path / "shared" / "mine.toml"
    found = folders.find(nowhere, elsewhere, {"TRAY_AGENT_HOME": str(tmp_path / "home")})
    assert found.settings == elsewhere
    assert found.state == tmp_path / "home" / "state"
    elsewhere.parent.mkdir(mode=0o755)
    found.make()
    assert mode(elsewhere.parent) == 0o755


def test_folders_are_private_even_if_they_were_not(tmp_path: Path) -> None:
    found = folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)})
    found.state.mkdir(mode=0o755)
    found.make()
    assert [mode(folder) for folder in (found.config, found.state, found.runtime)] == [0o700] * 3


@pytest.mark.parametrize("name", ["config", "state"])
def test_without_a_folder_for_settings_or_state_there_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    found = folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.make() == (f"the folder {tmp_path / name} cannot be used: {A_FILE_ALREADY}",)
    assert found.runtime.is_dir()
    (tmp_path / name).unlink()
    assert found.make() == ()


def test_without_a_runtime_folder_nothing_can_begin(tmp_path: Path) -> None:
    (tmp_path / "runtime").write_text("")
    with pytest.raises(UnusableFolder) as refused:
        folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)}).make()
    assert str(refused.value) == f"the folder {tmp_path / 'runtime'} cannot be used: {A_FILE_ALREADY}"


def test_somebody_else_s_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(UnusableFolder, match="belongs to somebody else"):
        folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)}).make()


def test_unwritable_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere, so the system's answer is put in its place.
    monkeypatch.setattr(os, "access", lambda path, _mode: path.name == "runtime")
    found = folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.make() == tuple(
        f"the folder {folder} cannot be read and written" for folder in (found.config, found.state)
    )
    assert found.health() == Health("settings", State.DEGRADED, "file", f"{found.config} cannot be written")


def test_settings_can_be_changed_where_their_folder_can_be_made(tmp_path: Path) -> None:
    found = folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(tmp_path / "new" / "home")})
    assert found.health() == Health("settings", State.OK, "file")
    (tmp_path / "new").write_text("")
    assert found.health().reason == f"{tmp_path / 'new'} cannot be written"


def test_a_full_disk_takes_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = folders.find(nowhere, tmp_path / "settings.toml", {"TRAY_AGENT_HOME": str(tmp_path)})
    assert found.health().state is State.OK
    full = os.statvfs_result((4096, 4096, 100, 0, 0, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    assert found.health() == Health("settings", State.DEGRADED, "file", f"the disk of {tmp_path} is full")


def test_path_too_long_for_a_socket_is_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 90)
    with pytest.raises(UnusableFolder, match="too long a name"):
        folders.find(nowhere, environ={"TRAY_AGENT_HOME": str(home)}).make()
