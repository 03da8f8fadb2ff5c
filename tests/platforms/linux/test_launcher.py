import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tray_agent.platforms.linux.launcher import Launcher, text

NAME = "applications/org.trayagent.TrayAgent.desktop"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": f"{tmp_path}/mine", "XDG_DATA_DIRS": f"{tmp_path}/site1:{tmp_path}/site2"}


def put(file: Path, content: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return file


def actions(content: str) -> dict[str, str]:
    """The commands of the entry by group, for commands that need no quoting."""
    groups = (group.split("]\n", 1) for group in re.split(r"^\[", content, flags=re.MULTILINE)[1:])
    return {
        title: next(line[5:] for line in keys.splitlines() if line.startswith("Exec="))
        for title, keys in groups
    }


def test_where_there_is_no_entry_one_is_written_that_menus_accept(
    environ: dict[str, str], tmp_path: Path
) -> None:
    icon = put(tmp_path / "an icon.svg", "")
    file = Launcher(["/bin/tray agent"], str(icon), environ).ensure()
    assert file == tmp_path / "mine" / NAME
    said = subprocess.run(
        ["desktop-file-validate", "--warn-kde", str(file)], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, "")
    assert f"\nIcon={icon}\n" in file.read_text()


def test_it_offers_what_the_icons_menu_does() -> None:
    assert actions(text(["tray-agent"], "icon")) == {
        "Desktop Entry": "tray-agent run",
        "Desktop Action Break": "tray-agent break",
        "Desktop Action Pause": "tray-agent pause 1h",
        "Desktop Action Standing": "tray-agent standing",
        "Desktop Action Quit": "tray-agent quit",
    }


def test_it_starts_the_agent(environ: dict[str, str], tmp_path: Path) -> None:
    program = put(
        tmp_path / "an agent",
        f'#!/bin/sh\necho "$@" > "{tmp_path}/new"; mv "{tmp_path}/new" "{tmp_path}/heard"\n',
    )
    program.chmod(0o755)
    file = Launcher([str(program)], "icon", environ).ensure()
    subprocess.run(["gio", "launch", str(file)], env={**os.environ, **environ}, check=True, timeout=10)
    wait_until((tmp_path / "heard").exists, "the agent to be started")
    assert (tmp_path / "heard").read_text() == "run\n"


def test_ours_follows_the_agent_to_another_place(environ: dict[str, str]) -> None:
    file = Launcher(["/old/tray-agent"], "icon", environ).ensure()
    before = file.stat()
    Launcher(["/old/tray-agent"], "icon", environ).ensure()
    assert file.stat().st_ino == before.st_ino
    Launcher(["/new/tray-agent"], "icon", environ).ensure()
    assert "Exec=/new/tray-agent run\n" in file.read_text()


def test_the_persons_own_is_left_alone(environ: dict[str, str], tmp_path: Path) -> None:
    own = put(tmp_path / "mine" / NAME, "[Desktop Entry]\nExec=env LANG=de tray-agent run\n")
    assert Launcher(["/bin/tray-agent"], "icon", environ).ensure() == own
    assert own.read_text() == "[Desktop Entry]\nExec=env LANG=de tray-agent run\n"


@pytest.mark.parametrize("site", ["site1", "site2"])
def test_ours_gives_way_to_a_packages(environ: dict[str, str], tmp_path: Path, site: str) -> None:
    ours = Launcher(["/bin/tray-agent"], "icon", environ).ensure()
    packaged = put(tmp_path / site / NAME, text(["tray-agent"], "icon"))
    assert Launcher(["/bin/tray-agent"], "icon", environ).ensure() == packaged
    assert not ours.exists()


def test_a_folder_that_refuses_is_an_error(environ: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path / "mine", "in the way")
    with pytest.raises(OSError):
        Launcher(["/bin/tray-agent"], "icon", environ).ensure()
