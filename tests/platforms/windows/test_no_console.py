"""No black window ever: not of the agent, and not of what it starts."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT
from tests.support.turning import turn_until
from tray_agent.platforms.windows.own_command import quiet_command
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

OF_OTHERS = {"linux", "macos"}
STARTS = {"Popen", "run", "call", "check_call", "check_output"}
CONSOLE = "import ctypes; print(ctypes.WinDLL('kernel32').GetConsoleWindow())"


def test_whatever_is_started_is_started_without_one() -> None:
    """A program has its own ways to open one: `os.system`, and `subprocess` without a word about it."""
    faults = []
    for file in sorted((ROOT / "tray_agent").rglob("*.py")):
        if OF_OTHERS.isdisjoint(file.relative_to(ROOT).parts):
            faults += [f"{file.relative_to(ROOT)}:{line}" for line in _open_starts(file)]
    assert faults == []


def test_a_window_s_process_has_none(loop: SelectorLoop) -> None:
    said: list[dict[str, object]] = []
    program = (
        "import ctypes, json, sys\n"
        "console = ctypes.WinDLL('kernel32').GetConsoleWindow()\n"
        "print(json.dumps({'event': 'done', 'console': console}), flush=True)\n"
        "sys.stdin.read()"
    )
    windows = ChildWindows(
        loop,
        lambda _name: [sys.executable, "-c", program],
    )
    windows.open("break", {}, said.append)
    turn_until(loop, lambda: said, "the window's word", 20.0)
    assert said[0] == {"event": "done", "console": 0}
    windows.close("break")


def test_nor_has_the_agent_that_windows_starts(tmp_path: Path) -> None:
    python, out = quiet_command({})[0], tmp_path / "said"
    program = f"import sys; sys.stdout = open({f'{out}'!r}, 'w')\n{CONSOLE}\nsys.stdout.close()"
    subprocess.run([python, "-c", program], check=True, timeout=60)
    assert out.read_text().strip() == "0"


def _open_starts(file: Path) -> list[int]:
    lines = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            loud = owner == "subprocess" and node.func.attr in STARTS
            flagged = any(word.arg == "creationflags" for word in node.keywords)
            shell = owner == "os" and node.func.attr in {"system", "popen"}
            if shell or (loud and not flagged):
                lines.append(node.lineno)
    return lines
