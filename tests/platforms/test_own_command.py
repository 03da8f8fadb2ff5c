import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tray_agent.platforms import own_command as module
from tray_agent.platforms.own_command import own_command

FROM_SOURCE = ("/usr/bin/env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "tray_agent")


def put_script(folder: Path, start: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "tray-agent"
    script.write_text(start)
    script.chmod(0o755)
    return script


@pytest.mark.parametrize(
    "start",
    [
        f"#!{sys.executable}\nimport tray_agent\n",
        f"#!{sys.executable} -E\n",
        f"#!/bin/sh\n'''exec' \"{sys.executable}\" \"$0\" \"$@\"\n' '''\n",
        f"#!/bin/sh\n'''exec' {sys.executable} \"$0\" \"$@\"\n' '''\n",
    ],
)
def test_a_command_on_the_path_that_runs_on_our_python_is_ours(tmp_path: Path, start: str) -> None:
    script = put_script(tmp_path, start)
    assert own_command({"PATH": f"/nowhere:{tmp_path}"}) == (str(script),)


@pytest.mark.parametrize("start", [f"#!{sys.executable}3\n", "#!/bin/sh\nexec something\n", "\x7fELF"])
def test_somebody_elses_command_is_not(tmp_path: Path, start: str) -> None:
    put_script(tmp_path, start)
    assert own_command({"PATH": str(tmp_path)}) == FROM_SOURCE


def test_a_link_to_our_command_is_named_as_people_know_it(tmp_path: Path) -> None:
    script = put_script(tmp_path / "venv", f"#!{sys.executable}\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tray-agent").symlink_to(script)
    assert own_command({"PATH": str(tmp_path / "bin")}) == (str(tmp_path / "bin" / "tray-agent"),)


def test_a_home_of_its_own_comes_along() -> None:
    command = own_command({"PATH": "/nowhere", "TRAY_AGENT_HOME": "portable copy"})
    assert command[:2] == ("/usr/bin/env", f"TRAY_AGENT_HOME={Path.cwd()}/portable copy")
    assert command[2:] == FROM_SOURCE[1:]


def test_an_installed_package_needs_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "site-packages" / "tray_agent")
    assert own_command({"PATH": "/nowhere"}) == (sys.executable, "-m", "tray_agent")


def test_a_frozen_program_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/tray-agent/tray-agent")
    assert own_command({}) == ("/usr/lib/tray-agent/tray-agent",)


def test_it_works_from_another_folder(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"]}
    said = subprocess.run(
        [*own_command({"PATH": "/nowhere"}), "version"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("tray-agent ")
