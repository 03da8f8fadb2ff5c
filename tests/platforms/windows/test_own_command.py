import subprocess
import sys
from pathlib import Path

import pytest

from tray_agent.platforms.windows import own_command as module
from tray_agent.platforms.windows.own_command import quiet_command
from tray_agent.ports import Unavailable

PYTHONW = str(Path(sys.executable).with_name("pythonw.exe"))


def test_no_console_is_opened() -> None:
    assert quiet_command({})[0] == PYTHONW


def test_an_installed_package_needs_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "site-packages" / "tray_agent")
    assert quiet_command({}) == (PYTHONW, "-m", "tray_agent")


def test_a_python_without_pythonw_serves_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert quiet_command({})[0] == str(tmp_path / "python.exe")


def test_a_source_tree_and_a_home_of_its_own_come_along(tmp_path: Path) -> None:
    """The words without a window, on a Python whose output can be read."""
    home = tmp_path / "portable copy"
    _pythonw, dash_c, program = quiet_command({"TRAY_AGENT_HOME": str(home)})
    said = subprocess.run(
        [sys.executable, "-I", dash_c, program, "get", "no.such.key"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no.such.key" in said.stderr
    look = program.replace("main()", "print(os.environ['TRAY_AGENT_HOME'])")
    said = subprocess.run([sys.executable, "-I", dash_c, look], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == str(home)


def test_a_frozen_program_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert quiet_command({}) == (sys.executable,)
    with pytest.raises(Unavailable, match="TRAY_AGENT_HOME"):
        quiet_command({"TRAY_AGENT_HOME": "portable copy"})


def test_a_frozen_program_starts_the_one_without_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tray-agent.exe"))
    (tmp_path / "TrayAgent.exe").touch()
    assert quiet_command({}) == (str(tmp_path / "TrayAgent.exe"),)
