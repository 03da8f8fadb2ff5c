r"""Policies in the registry, as Group Policy, Intune or a script writes them.

The machine's lie in HKEY_LOCAL_MACHINE, the user's in HKEY_CURRENT_USER, both in
`Software\Policies\TrayAgent`, where people cannot write; below `Recommended` what they may change.  A
value bears the name of its setting; a list is a key of that name with the values "1", "2" and so on.
Sources: Microsoft Learn, "Implementing Registry-based Policy", "RegNotifyChangeKeyValue".
"""

from __future__ import annotations

import sys
import winreg
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from tray_agent.platforms.windows.registry_watch import RegistryWatch
from tray_agent.ports import Loop, Policy, PolicyTrouble
from tray_agent.shell.words import _

assert sys.platform == "win32"

KEY = r"Software\Policies\TrayAgent"
RECOMMENDED = "Recommended"
_HIVES = ((winreg.HKEY_CURRENT_USER, "HKCU", False), (winreg.HKEY_LOCAL_MACHINE, "HKLM", True))
T = TypeVar("T")

_PLAIN = {winreg.REG_DWORD, winreg.REG_QWORD, winreg.REG_SZ, winreg.REG_MULTI_SZ}


class RegistryPolicies:
    """Keeps `ports.Policies` by the registry; `key` is where a test has its own."""

    def __init__(self, key: str = KEY) -> None:
        self._key = key

    def read(self) -> Iterator[Policy | PolicyTrouble]:
        """All that stands there now."""
        for hive, name, machine in _HIVES:
            for path, mandatory in ((self._key, True), (rf"{self._key}\{RECOMMENDED}", False)):
                source = rf"{name}\{path}"
                try:
                    for policy, value in _values(hive, path):
                        yield Policy(policy, value, mandatory, machine, source)
                except OSError as error:
                    yield PolicyTrouble(source, _("the key cannot be read: {why}").format(why=error.strerror))

    def watch(self, loop: Loop, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed` when something was written below the keys."""
        watch = RegistryWatch(loop, [(hive, self._key) for hive, _name, _machine in _HIVES], changed)
        return watch.close


def _values(hive: int, path: str) -> Iterator[tuple[str, object]]:
    with suppress(FileNotFoundError), _opened(hive, path) as key:
        for name, value, kind in _all(winreg.EnumValue, key):
            # What is of another kind is told as it stands, and refused by its type.
            yield name, value if kind in _PLAIN else bytes(value or b"").hex()
        for name in _all(winreg.EnumKey, key):
            if name != RECOMMENDED:
                yield name, _list(hive, rf"{path}\{name}")


def _list(hive: int, path: str) -> list[object]:
    """The values of a key in the order of their numbers."""
    with _opened(hive, path) as key:
        found = {name: value for name, value, _kind in _all(winreg.EnumValue, key)}
    return [found[name] for name in sorted(found, key=lambda name: (len(name), name))]


@contextmanager
def _opened(hive: int, path: str) -> Iterator[winreg.HKEYType]:
    with winreg.OpenKey(hive, path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
        yield key


def _all(enumerate_at: Callable[[winreg.HKEYType, int], T], key: winreg.HKEYType) -> Iterator[T]:
    at = 0
    while True:
        try:
            yield enumerate_at(key, at)
        except OSError:
            return
        at += 1
