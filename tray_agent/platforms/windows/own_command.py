"""How this very agent is started by Windows at logon, without a console window.

The `tray-agent.exe` that pip makes is a console program; `pythonw.exe` beside Python is none.
A command there has no variables, so the few that decide which agent it is are set by the program itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tray_agent.ports import Unavailable

assert sys.platform == "win32"

HOME = "TRAY_AGENT_HOME"
QUIET = "TrayAgent.exe"
"""The frozen agent without a console, beside the one for the command line."""
_PACKAGE = Path(__file__).resolve().parents[2]


def quiet_command(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The words before the verb; raises `Unavailable` where no command can say which agent it is."""
    home = environ.get(HOME)
    if getattr(sys, "frozen", False):
        if home:
            raise Unavailable(f"{HOME} cannot be handed on to a program that Windows starts")
        quiet = Path(sys.executable).with_name(QUIET)
        return (str(quiet) if quiet.exists() else sys.executable,)
    first = []
    if home:
        first.append(f"os.environ[{HOME!r}]={str(Path(home).expanduser().absolute())!r}")
    # A source tree is found only because we were started in it or told of it.
    if _PACKAGE.parent.name != "site-packages":
        first.append(f"sys.path.insert(0,{str(_PACKAGE.parent)!r})")
    if not first:
        return (_pythonw(), "-m", "tray_agent")
    return (
        _pythonw(),
        "-c",
        ";".join(("import os,sys", *first, "from tray_agent.cli import main", "main()")),
    )


def _pythonw() -> str:
    quiet = Path(sys.executable).with_name("pythonw.exe")
    return str(quiet) if quiet.exists() else sys.executable
