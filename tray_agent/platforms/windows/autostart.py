r"""Starting with the session: a value under `HKCU\...\CurrentVersion\Run`, which needs no rights.

Whether people have switched it off in Task Manager or in the Settings app lies beside it, under
`StartupApproved`.  That is theirs: it is read and told of, never written.  A machine-wide installation
has the same value under HKLM.  Sources: Microsoft Learn, "Run and RunOnce Registry Keys", which also
limits a command to 260 characters; what `StartupApproved` holds is undocumented, and known by its use.
"""

from __future__ import annotations

import sys
import winreg
from collections.abc import Callable, Sequence

from tray_agent.ports import Startup

assert sys.platform == "win32"

NAME = "TrayAgent"
MECHANISM = "run"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
LONGEST = 260
"""Characters of a command; Windows does not run a longer one."""

_SWITCHED_OFF = "it is switched off among the startup apps of Windows"
_FOR_EVERYBODY = "the machine starts it for everybody"


class RunKey:
    """Starts the agent at logon; `command` finds the words that run it."""

    def __init__(self, command: Callable[[], Sequence[str]], name: str = NAME) -> None:
        self._command = command
        self._name = name

    def status(self) -> Startup:
        """How it is now."""
        hives = {winreg.HKEY_CURRENT_USER: None, winreg.HKEY_LOCAL_MACHINE: _FOR_EVERYBODY}
        listed = {hive: why for hive, why in hives.items() if _value(hive, RUN, self._name) is not None}
        for hive, why in listed.items():
            if not _switched_off(_value(hive, APPROVED, self._name)):
                return Startup(on=True, mechanism=MECHANISM, reason=why)
        return Startup(on=False, mechanism=None, reason=_SWITCHED_OFF if listed else None)

    def set(self, *, on: bool) -> Startup:
        """Start at logon from now on, or no longer; raises `OSError`."""
        if on:
            self._add(command_line(self._command()))
        else:
            self._remove()
        return self.status()

    def _add(self, line: str) -> None:
        if len(line) > LONGEST:
            raise OSError(f"the command is longer than the {LONGEST} characters Windows allows")
        with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key:
            winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, line)

    def _remove(self) -> None:
        if _value(winreg.HKEY_CURRENT_USER, RUN, self._name) is not None:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, self._name)


def command_line(words: Sequence[str]) -> str:
    """The words as one line; the program is quoted in any case, since a folder may have a space one day."""
    from subprocess import list2cmdline

    program, *more = words
    return f'"{program}" {list2cmdline(more)}'


def _value(hive: int, path: str, name: str) -> object | None:
    """What is written there; None where nothing is, or where it cannot be read."""
    try:
        with winreg.OpenKey(hive, path, 0, winreg.KEY_QUERY_VALUE | winreg.KEY_WOW64_64KEY) as key:
            value: object = winreg.QueryValueEx(key, name)[0]
            return value
    except OSError:
        return None


def _switched_off(approved: object | None) -> bool:
    """An odd first byte means no; whoever was never asked starts."""
    return isinstance(approved, bytes) and approved[:1] != b"" and approved[0] % 2 == 1
