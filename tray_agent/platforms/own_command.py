"""How this very agent is started again, by a session, a menu or a service manager.

None of them knows the shell the agent was started from: programs are named by their whole path, and
the few variables that decide which agent it is come along through `env`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

UNASKED = "--unasked"
"""No person asked for this start just now: where an agent runs already, it opens nothing."""

AT_LOGIN = ("run", UNASKED)
"""How a session starts it."""

_HOME = "TRAY_AGENT_HOME"
_PACKAGE = Path(__file__).resolve().parents[1]
_ENV = "/usr/bin/env"
_SCRIPT_START = 1024


def own_command(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The words before the verb: the `tray-agent` on PATH when it is ours, else Python and the module."""
    variables = {}
    if home := environ.get(_HOME):
        variables[_HOME] = str(Path(home).expanduser().absolute())
    if getattr(sys, "frozen", False):
        return (*_with(variables), sys.executable)
    script = _own_script(environ.get("PATH", os.defpath))
    if script is not None:
        return (*_with(variables), script)
    # A source tree is found only because we were started in it or told of it.
    if _PACKAGE.parent.name not in ("site-packages", "dist-packages"):
        variables["PYTHONPATH"] = str(_PACKAGE.parent)
    return (*_with(variables), sys.executable, "-m", "tray_agent")


def _with(variables: Mapping[str, str]) -> tuple[str, ...]:
    return (_ENV, *(f"{name}={value}" for name, value in variables.items())) if variables else ()


def _own_script(path: str) -> str | None:
    import shutil

    script = shutil.which("tray-agent", path=path)
    return str(Path(script).absolute()) if script and _runs_on_our_python(Path(script)) else None


def _runs_on_our_python(script: Path) -> bool:
    # Pip names the interpreter in the first line, or quoted in the second where the path is long.
    with script.open("rb") as file:
        start = file.read(_SCRIPT_START)
    python = re.escape(os.fsencode(sys.executable))
    return re.match(rb"""#!(.*\n.*["' ])?""" + python + rb"""[\s"']""", start) is not None
