"""What the resident process has loaded, module by module."""

from __future__ import annotations

import signal
import tomllib
from pathlib import Path

import pytest

from tests.e2e.conftest import NewAgent
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, LiveAgent, at_work
from tests.support.waiting import wait_until

LISTED = tomllib.loads(Path(__file__).with_name("resident_modules.toml").read_text("utf-8"))
OTHERS = {name for names in LISTED["others"].values() for name in names}
OURS = {name for names in LISTED["ours"].values() for name in names}
OF_THE_TEST = {"__main__", "__mp_main__", "sitecustomize"}
# What an interpreter or its installer brings differs from one to the next.
OF_THE_INSTALLATION = ("_distutils_hack", "_sysconfigdata", "_virtualenv", "apport_python_hook")
LISTENING = {"pynput", "Xlib", "six"}

HOOK = """
import signal, sys

def write_down(*_):
    with open({where!r} + ".part", "w") as file:
        file.write("\\n".join(sys.modules))
    import os
    os.replace({where!r} + ".part", {where!r})

signal.signal(signal.SIGUSR2, write_down)
"""


def modules_of(agent: LiveAgent, folder: Path) -> set[str]:
    """All modules of an agent that has seen somebody work."""
    desk, where = agent.desktop, folder / "modules"
    (folder / "sitecustomize.py").write_text(HOOK.format(where=f"{where}"))
    path = desk.env["PYTHONPATH"]
    desk.env["PYTHONPATH"] = f"{folder}:{path}"
    try:
        agent.start()
    finally:
        desk.env["PYTHONPATH"] = path
    with at_work(desk.display):
        agent.until(
            lambda now: now["posture"] == "seated" and now["tray"]["state"] == "ok", "work to be seen"
        )
    assert agent.process is not None
    agent.process.send_signal(signal.SIGUSR2)
    wait_until(where.exists, "the modules to be written down")
    return set(where.read_text().split()) - OF_THE_TEST


def packages(modules: set[str]) -> set[str]:
    """The packages of others, the private parts of the standard library left out."""
    first = {name.partition(".")[0] for name in modules} - {"tray_agent"}
    return {name for name in first if not name.startswith("_")}


@pytest.mark.parametrize("source", ["auto", "counter"])
def test_every_resident_module_is_listed(
    desk: Desktop, new_agent: NewAgent, tmp_path: Path, source: str
) -> None:
    modules = modules_of(new_agent(f'{ALWAYS}activity.source = "{source}"\n'), tmp_path)
    ours = {name for name in modules if name.partition(".")[0] == "tray_agent"}
    assert ours - OURS == set(), "a module became resident: is it worth its memory?"
    unlisted = packages(modules) - packages(OTHERS)
    assert {name for name in unlisted if not name.startswith(OF_THE_INSTALLATION)} == set()
    if source == "auto":
        assert OURS - ours == set(), "listed, but no longer loaded"
    else:
        assert LISTENING & packages(modules) <= {"six"}, "no listener, no library for one"


def test_nothing_that_draws_is_listed() -> None:
    heavy = {"PIL", "PySide6", "shiboken6", "tkinter", "gi", "numpy", "plyer", "tomlkit", "argparse"}
    assert heavy & OTHERS == set()
