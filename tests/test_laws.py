"""Laws of the code base that no linter knows.

The layers, and what the core must not import, are import-linter's business (pyproject.toml).
"""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desktop import ROOT, Desktop
from tests.support.waiting import wait_until

PRODUCT = ROOT / "tray_agent"
SOURCES = sorted(PRODUCT.rglob("*.py"))

TESTED_ELSEWHERE = {
    "__main__.py": "one line; every test of a live agent starts through it",
    "examining.py": "only a real desktop can be examined: tests/e2e",
    "ports.py": "Protocols and plain values; tests/contract has one suite for each port",
    "shell/schema.py": "defaults and types; test_generate compares them with their definition",
    "running.py": "only a live agent shows that the parts fit together: tests/e2e",
    "wiring.py": "only a live agent shows that the parts fit together: tests/e2e",
}

CORE_MAY_IMPORT = {
    "__future__",
    "collections.abc",
    "copy",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "msgspec",
    "msgspec.structs",
    "types",
    "typing",
}

NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "multiprocessing",
    "poplib",
    "requests",
    "smtplib",
    "socketserver",
    "ssl",
    "urllib",
    "webbrowser",
    "xmlrpc",
}
HARMLESS = {
    ("__main__.py", "multiprocessing"): "freeze_support serves only the process that started this one",
}
"""What might reach the network, but does not as it is used in this file."""
SOCKETS = {
    "platforms/linux/compositor_watch.py": "the compositor, over AF_UNIX",
    "platforms/linux/pipewire_wire.py": "PipeWire, over AF_UNIX",
    "platforms/linux/pulse_wire.py": "the sound server, over AF_UNIX",
    "platforms/linux/wayland_wire.py": "the compositor, over AF_UNIX",
    "platforms/linux/wire.py": "the session bus, over AF_UNIX",
    "shell/ipc.py": "the agent's own commands, over AF_UNIX",
    "shell/loop.py": "a pair of sockets that wakes the loop",
}

NEVER_RESIDENT = {"PySide6", "gi", "numpy", "shiboken6", "tkinter"}
RARE = {"argparse", "dateutil", "icalendar", "plyer", "tomlkit"}


def name(path: Path) -> str:
    return path.relative_to(PRODUCT).as_posix()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def committed() -> Iterator[Path]:
    """The files of a checkout, without those that .gitignore names."""
    made = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in made:
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_each_source_file_has_its_test_file(source: Path) -> None:
    mirrored = ROOT / "tests" / source.relative_to(PRODUCT).parent / f"test_{source.name}"
    # An __init__ tells what is in its folder; where it does more, its test may mirror it all the same.
    excused = name(source) in TESTED_ELSEWHERE or source.name == "__init__.py"
    assert mirrored.exists() or excused, f"{mirrored.relative_to(ROOT)} is missing"


def test_no_excuse_outlives_its_reason() -> None:
    for excused in TESTED_ELSEWHERE:
        assert (PRODUCT / excused).exists(), excused
        assert not (ROOT / "tests" / Path(excused).parent / f"test_{Path(excused).name}").exists(), excused
    for allowed in SOCKETS:
        assert "socket" in imports(PRODUCT / allowed), allowed
    for file, module in HARMLESS:
        assert module in imports(PRODUCT / file), file


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_files_are_short_or_say_why_not(source: Path) -> None:
    text = source.read_text("utf-8")
    lines = text.count("\n")
    assert lines <= 400
    if lines > 300:
        assert "One file because" in (ast.get_docstring(ast.parse(text)) or ""), (
            f"{lines} lines without a reason"
        )


@pytest.mark.parametrize("source", sorted(PRODUCT.glob("core/*.py")), ids=name)
def test_the_core_imports_nothing_but_words(source: Path) -> None:
    foreign = {module for module in imports(source) if not module.startswith("tray_agent.core")}
    assert foreign <= CORE_MAY_IMPORT


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_nothing_can_reach_the_network(source: Path) -> None:
    used = {module.partition(".")[0] for module in imports(source)}
    assert not {module for module in used & NETWORK if (name(source), module) not in HARMLESS}
    if "socket" in used:
        assert name(source) in SOCKETS
        assert not re.search(r"AF_INET|create_connection|create_server", source.read_text("utf-8"))


def test_committed_files_speak_of_nothing_outside() -> None:
    # In classes, so that this file does not speak of them either.
    outside = re.compile(
        rb"[p]ypi\.org|[p]ythonhosted|--[e]xtra-index|--[i]ndex-url|--[f]ind-links"
        rb"|(?<![\w.~}])/(?:[w]ork|[h]ome|[r]oot|[o]pt|[U]sers)/[\w.]"
    )
    found = {
        f"{path.relative_to(ROOT)}: {hit.group().decode()}"
        for path in committed()
        for hit in outside.finditer(path.read_bytes())
    }
    assert not found


def test_the_resident_agent_loads_no_toolkit(desktop: Desktop) -> None:
    desktop.env["PYTHONPROFILEIMPORTTIME"] = "1"
    agent = desktop.start_agent()
    wait_until(lambda: desktop.tray_items() or agent.poll() is not None, "the icon in the tray", 20)
    agent.send_signal(signal.SIGTERM)
    assert agent.wait(10) == 0, desktop.log("agent")
    lines = desktop.log("agent").splitlines()
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")
    }
    assert "tray_agent" in loaded
    assert not loaded & (NEVER_RESIDENT | RARE)
