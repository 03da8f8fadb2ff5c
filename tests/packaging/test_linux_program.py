"""The frozen program by itself: what it does alone, without a system that knows of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.places import ROOT
from tests.support.waiting import wait_until


def test_what_it_opens_loads_libraries_of_its_own(frozen: Path, tmp_path: Path) -> None:
    systemctl = tmp_path / "systemctl"
    asked = "printenv LD_LIBRARY_PATH LD_LIBRARY_PATH_ORIG"
    systemctl.write_text(f"#!/bin/sh\n{asked} >{tmp_path}/given\nexit 1\n")
    systemctl.chmod(0o755)
    for theirs in ({"LD_LIBRARY_PATH": "/theirs"}, {}):
        plain = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": f"{tmp_path}"}
        command = [f"{frozen}/tray-agent", "autostart", "on"]
        subprocess.run(command, env={**plain, **theirs}, check=True, capture_output=True)
        assert (tmp_path / "given").read_text().split() == [*theirs.values()]


def lab(program: Sequence[str | Path], folder: Path) -> subprocess.Popen[str]:
    """Two policies over two made-up workers, a task for each of two processes."""
    command = [*program, "lab", "--workers", "2", "--days", "1", "--json"]
    for intensity in ("gentle", "intensive"):
        file = folder / f"{intensity}.json"
        file.write_text(json.dumps({"intensity": intensity}))
        command += ["--policy", file]
    plain = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": f"{folder}"}
    return subprocess.Popen(command, cwd=ROOT, env=plain, stdout=subprocess.PIPE, text=True)


def policies(done: subprocess.Popen[str]) -> Any:
    said, _nothing = done.communicate(timeout=120)
    assert done.returncode == 0
    return json.loads(said)["policies"]


def test_lab_works_on_processes_of_its_own_and_comes_to_what_the_source_does(
    frozen: Path, tmp_path: Path
) -> None:
    program = frozen / "tray-agent"
    running = lab([program], tmp_path)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    (worker, *_more) = wait_until(lambda: children.read_text().split(), "a process for a task")
    assert Path(f"/proc/{worker}/exe").readlink() == program.resolve()
    found = policies(running)
    assert [(policy["name"], policy["days"]) for policy in found] == [
        ("gentle.json", 2),
        ("intensive.json", 2),
    ]
    assert found == policies(lab([sys.executable, "-m", "tray_agent"], tmp_path))
