"""The wheel as pip and pipx install it, with and without windows, with and without a compiler."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.packaging.tried import Tried
from tests.support.desktop import Desktop
from tests.support.places import ROOT

BUILD = ROOT / "build"


def run(*words: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Away from the checkout, which Python would find before what was installed."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(word) for word in words],
        cwd="/",
        env={**plain, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def well(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    well(run(sys.executable, "-m", "venv", tmp_path / "venv"))
    return tmp_path / "venv" / "bin"


class Venv:
    """Keeps `tried.Place` where a person has installed it for themselves."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs

    def command(self, *words: str) -> list[str]:
        program, *rest = words
        # This checkout is not what was installed.
        return ["/usr/bin/env", "--unset=PYTHONPATH", str(self._programs / Path(program).name), *rest]

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        done = run(*self.command(*words), env=dict(env or {}))
        assert not check or well(done) is not None
        return done


@pytest.mark.parametrize("extra", ["", "[gui]"])
def test_pip_installs_it(venv: Path, wheel: Path, extra: str) -> None:
    well(run(venv / "python", "-m", "pip", "install", "--quiet", f"{wheel}{extra}"))
    assert well(run(venv / "tray-agent", "doctor", "--selftest")) == "All parts are there.\n"
    asked = (
        "from tray_agent.shell import resources; print(resources.config('settings.toml')); "
        "from tray_agent.shell.child_windows import window_command; window_command('settings')"
    )
    done = run(venv / "python", "-c", asked)
    assert done.stdout.strip().endswith("site-packages/tray_agent/_data/config/settings.toml")
    assert ("PySide6 is not installed; the [gui] extra brings it" in done.stderr) == (not extra)


def test_pip_upgrades_it_under_a_running_agent(
    venv: Path, wheel: Path, next_wheel: Path, desktop: Desktop
) -> None:
    pip: list[str | Path] = [venv / "python", "-m", "pip", "install", "--quiet"]
    well(run(*pip, wheel))
    tried = Tried("wheel", Venv(venv), desktop)
    agent = tried.start()
    tried.upgrade(agent, lambda: well(run(*pip, "--no-deps", next_wheel)))
    tried.ask("quit")
    assert agent.wait(20) == 0


def test_pipx_installs_it(tmp_path: Path, wheel: Path) -> None:
    places = {"PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    well(run("pipx", "install", "--python", sys.executable, wheel, env=places))
    assert well(run(tmp_path / "bin" / "tray-agent", "doctor", "--selftest")) == "All parts are there.\n"


def test_without_a_compiler_pip_needs_to_be_told(venv: Path, wheel: Path) -> None:
    """evdev, which pynput asks for and the agent never loads, comes as source alone."""
    no_compiler = {"PATH": str(venv), "PIP_FIND_LINKS": ""}
    pip: list[str | Path] = [venv / "python", "-m", "pip", "--no-cache-dir", "install", "--quiet"]
    refused = run(*pip, wheel, env=no_compiler)
    assert refused.returncode != 0
    assert "evdev" in refused.stderr

    exactly = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement"]
    well(run(*pip, *exactly, ROOT / "requirements" / "run.txt", env=no_compiler))
    well(run(*pip, "--no-deps", wheel, env=no_compiler))
    assert well(run(venv / "tray-agent", "doctor", "--selftest")) == "All parts are there.\n"


def test_it_has_its_data_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    for name in (
        "_data/config/settings.toml",
        "_data/icons/tray-agent.svg",
        "locale/de/LC_MESSAGES/tray_agent.mo",
    ):
        assert f"tray_agent/{name}" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"tray_agent"}


def test_made_again_both_are_the_same(python_again: Path) -> None:
    made = sorted((BUILD / "python").iterdir())
    assert [file.suffix for file in made] == [".whl", ".gz"]
    for file in made:
        assert file.read_bytes() == (python_again / file.name).read_bytes(), file.name
