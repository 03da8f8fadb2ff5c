"""The .rpm, in a system of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.system_root import SystemRoot


def rpm_in(system: SystemRoot, *words: str) -> str:
    """What rpm of this machine says of that system."""
    # Debian's rpm would keep its records in a home, and doubts that anybody wants it to install.
    rpm = ["rpm", "--root", system.root, "--dbpath", "/var/lib/rpm", "--force-debian"]
    done = subprocess.run(
        system.beside(*rpm, *words), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_life_of_an_installation(rpm: Path, bare_system: Path) -> None:
    with SystemRoot(bare_system) as system:
        # That system was made by another manager, so what is needed is there and rpm does not know.
        rpm_in(system, "--install", "--nodeps", "--nosignature", str(rpm))
        assert system.run("tray-agent", "doctor", "--selftest").stdout == "All parts are there.\n"
        assert rpm_in(system, "--verify", "--nodeps", "tray-agent") == ""
        rpm_in(system, "--erase", "tray-agent")
        for path in ("usr/lib/tray-agent", "usr/bin/tray-agent", "etc/tray-agent", "etc/xdg/autostart"):
            assert not [*(system.path / path).glob("**/*tray-agent*")], path
            assert path == "etc/xdg/autostart" or not (system.path / path).exists(), path


def test_it_says_what_it_needs(rpm: Path) -> None:
    needs = subprocess.run(
        ["rpm", "--query", "--package", "--requires", str(rpm)], capture_output=True, text=True, check=True
    ).stdout
    assert {"libglvnd-egl", "libglvnd-glx", "libxkbcommon-x11"} <= set(needs.splitlines())


def test_made_again_it_is_the_same(rpm: Path, again: Path) -> None:
    assert rpm.read_bytes() == (again / "packages" / rpm.name).read_bytes()
