"""The wheel, made and installed as pip does it, without the network: the packaging tests in one breath."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from installers import wheel
from tests.support.places import ROOT
from tray_agent import __version__


class Installed:
    """An environment of its own with the wheel in it; what the program needs is borrowed from this one."""

    def __init__(self, folder: Path, file: Path) -> None:
        places = {"base": f"{folder}", "platbase": f"{folder}"}
        self.packages = Path(sysconfig.get_path("purelib", "venv", places))
        self._programs = Path(sysconfig.get_path("scripts", "venv", places))
        self._home = folder / "home"
        venv.create(folder)
        pip = [sys.executable, "-m", "pip", "--python", f"{folder}", "--isolated"]
        offline = ["install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
        subprocess.run([*pip, *offline, f"{file}"], check=True, timeout=120)
        # A folder named in a .pth comes last, and its own .pth files, one of which names the checkout,
        # are not read.
        (self.packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Away from the checkout, which Python would find first."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [f"{self._programs / program}", *words],
            cwd=self._programs,
            env={**environment, "TRAY_AGENT_HOME": f"{self._home}", "LANGUAGE": "en"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wheel, "PYTHON_PACKAGES", tmp_path_factory.mktemp("packed"))
        (file,) = wheel.pack().glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"), made)


def test_what_was_installed_is_what_runs(installed: Installed) -> None:
    where = installed.run("python", "-c", "import tray_agent; print(tray_agent.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed.packages.resolve()), where
    assert not Path(where.stdout.strip()).is_relative_to(ROOT)


def test_it_says_its_version(installed: Installed) -> None:
    told = installed.run("tray-agent", "--version")
    assert (told.returncode, told.stdout) == (0, f"tray-agent {__version__}\n"), told


def test_all_its_parts_are_there(installed: Installed) -> None:
    told = installed.run("tray-agent", "doctor", "--selftest")
    assert (told.returncode, told.stdout) == (0, "All parts are there.\n"), told


def test_it_has_its_settings_and_exercises_along(installed: Installed) -> None:
    assert installed.run("tray-agent", "get", "intensity").stdout == "standard\n"
    assert installed.run("tray-agent", "exercises", "glute_bridge").returncode == 0


def test_a_part_that_is_missing_fails_it(made: Path, tmp_path: Path) -> None:
    broken = Installed(tmp_path / "broken", made)
    (adapter,) = broken.packages.glob("tray_agent/platforms/plyer_notifier.py")
    adapter.write_text("import something_that_nobody_packed\n")
    told = broken.run("tray-agent", "doctor", "--selftest")
    assert told.returncode == 1, told
    assert "something_that_nobody_packed" in told.stderr
