import os
import subprocess
from pathlib import Path

import pytest

from tray_agent.platforms.linux.desktop_entry import read
from tray_agent.platforms.linux.xdg_autostart import XdgAutostart
from tray_agent.ports import Startup

OFF = Startup(on=False, mechanism=None)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "XDG_CONFIG_HOME": f"{tmp_path}/mine",
        "XDG_CONFIG_DIRS": f"{tmp_path}/site1:{tmp_path}/site2",
        "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
    }


def entry(folder: Path, *lines: str) -> Path:
    file = folder / "autostart" / "org.trayagent.TrayAgent.desktop"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["[Desktop Entry]", "Type=Application", *lines, ""]))
    return file


def test_added_it_is_on_and_valid(environ: dict[str, str]) -> None:
    xdg = XdgAutostart(environ)
    assert xdg.status() == OFF
    xdg.add(["/bin/sh", "-c", "a b"])
    assert xdg.status() == Startup(on=True, mechanism="xdg")
    assert read(xdg.file)["Exec"] == '/bin/sh -c "a b"'
    assert subprocess.run(["desktop-file-validate", str(xdg.file)], check=False).returncode == 0


def test_removed_it_is_off_and_gone(environ: dict[str, str]) -> None:
    xdg = XdgAutostart(environ)
    xdg.remove()
    xdg.add(["/bin/sh"])
    xdg.remove()
    assert xdg.status() == OFF
    assert list(xdg.file.parent.iterdir()) == []


def test_the_machines_entry_starts_it_and_can_be_overruled(environ: dict[str, str], tmp_path: Path) -> None:
    site = entry(tmp_path / "site2", "Exec=sh")
    xdg = XdgAutostart(environ)
    assert xdg.status() == Startup(True, "xdg", f"{site} starts it for everybody on this machine")
    xdg.remove()
    assert xdg.status() == OFF
    assert read(xdg.file)["Hidden"] == "true"
    assert subprocess.run(["desktop-file-validate", str(xdg.file)], check=False).returncode == 0
    assert site.read_text().endswith("Exec=sh\n")
    xdg.add(["/bin/sh"])
    assert xdg.status() == Startup(True, "xdg")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["Exec=sh", "X-GNOME-Autostart-enabled=false"], "it is switched off by X-GNOME-Autostart-enabled"),
        (["Exec=sh", "OnlyShowIn=KDE;XFCE;"], "it is only for KDE, XFCE"),
        (["Exec=sh", "NotShowIn=KDE;GNOME;"], "it is not for KDE, GNOME"),
        (["Exec=sh", "TryExec=/nowhere/tray-agent"], "/nowhere/tray-agent is not there"),
        (['Exec="/now here/tray-agent" run'], "it starts /now here/tray-agent, which is not there"),
        (["Exec=/usr/bin/env A=b /nowhere/x run"], "it starts /nowhere/x, which is not there"),
        (["Exec="], "it names no program"),
        (["Name=x"], "it names no program"),
    ],
)
@pytest.mark.parametrize("whose", ["mine", "site1"])
def test_what_keeps_it_from_starting_is_named(
    environ: dict[str, str], tmp_path: Path, lines: list[str], reason: str, whose: str
) -> None:
    file = entry(tmp_path / whose, *lines)
    assert XdgAutostart(environ).status() == Startup(False, None, f"{file}: {reason}")


@pytest.mark.parametrize("line", ["OnlyShowIn=KDE;GNOME;", "NotShowIn=KDE;", "TryExec=sh", "Hidden=false"])
def test_what_does_not_keep_it_from_starting(environ: dict[str, str], tmp_path: Path, line: str) -> None:
    entry(tmp_path / "mine", "Exec=env A=b sh -c true", line)
    assert XdgAutostart(environ).status() == Startup(True, "xdg")


def test_what_somebody_hid_for_all_is_told_and_ones_own_wish_is_not(
    environ: dict[str, str], tmp_path: Path
) -> None:
    file = entry(tmp_path / "site1", "Exec=sh", "Hidden=true")
    assert XdgAutostart(environ).status() == Startup(False, None, f"{file}: it is marked as removed")
    entry(tmp_path / "mine", "Exec=sh", "Hidden=true")
    assert XdgAutostart(environ).status() == OFF


def test_the_first_of_the_machines_folders_counts(environ: dict[str, str], tmp_path: Path) -> None:
    entry(tmp_path / "site1", "Exec=/nowhere/x")
    entry(tmp_path / "site2", "Exec=sh")
    assert not XdgAutostart(environ).status().on
