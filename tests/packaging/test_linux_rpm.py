"""The .rpm as dnf installs, upgrades and removes it, with everything it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.packaging.rpm_families import ENTERPRISE_9, FEDORA, OPENSUSE, Packages, RpmSystem
from tests.packaging.tried import Tried
from tests.support.desktop import Desktop
from tests.support.system_root import NEEDED, SystemRoot

NewSystem = Callable[[Packages], RpmSystem]


@pytest.fixture
def new_system(bare_system: Path, tmp_path: Path) -> Iterator[NewSystem]:
    with ExitStack() as systems:

        def make(packages: Packages) -> RpmSystem:
            return RpmSystem(
                systems.enter_context(SystemRoot(bare_system)), tmp_path / "repository", packages
            )

        yield make


def well(machine: RpmSystem, *words: str | Path) -> str:
    done = machine.dnf(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("family", [FEDORA, OPENSUSE], ids=["fedora", "opensuse"])
def test_it_brings_what_it_needs_and_leaves_nothing(
    new_system: NewSystem, family: Packages, rpm: Path
) -> None:
    machine = new_system(family)
    well(machine, "install", rpm)
    names = machine.rpm("--query", "--all", "--queryformat", "%{NAME}\n").split()
    assert set(names) == {"tray-agent", *family}
    assert machine.system.run("tray-agent", "doctor", "--selftest").stdout == "All parts are there.\n"
    assert machine.rpm("--verify", "tray-agent") == ""
    well(machine, "remove", "tray-agent")
    for path in ("usr/lib/tray-agent", "usr/bin/tray-agent", "etc/tray-agent"):
        assert not (machine.system.path / path).exists(), path
    assert not [*(machine.system.path / "etc/xdg/autostart").glob("*TrayAgent*")]


@pytest.mark.parametrize("lacking", FEDORA)
def test_without_any_of_it_nothing_is_installed(new_system: NewSystem, lacking: str, rpm: Path) -> None:
    machine = new_system({name: about for name, about in FEDORA.items() if name != lacking})
    done = machine.dnf("install", rpm)
    assert done.returncode != 0
    assert "nothing provides" in done.stderr


def test_a_system_that_is_too_old_is_told(new_system: NewSystem, rpm: Path) -> None:
    done = new_system(ENTERPRISE_9).dnf("install", rpm)
    assert done.returncode != 0
    assert "nothing provides glibc >= 2." in done.stderr


def test_running_it_becomes_the_next_and_ends_with_it(
    new_system: NewSystem, desktop: Desktop, rpm: Path, next_rpm: Path
) -> None:
    machine = new_system(FEDORA)
    machine.system.run("apt-get", "install", "--yes", "--no-install-recommends", *NEEDED)
    well(machine, "install", rpm)
    tried = Tried("rpm", machine.system, desktop)
    agent = tried.start()
    tried.upgrade(agent, lambda: well(machine, "upgrade", next_rpm))
    well(machine, "remove", "tray-agent")
    assert agent.wait(20) == 0


def test_made_again_it_is_the_same(rpm: Path, again: Path) -> None:
    assert rpm.read_bytes() == (again / "packages" / rpm.name).read_bytes()
