"""The notes that Windows keeps of who uses microphone and camera, in a corner of the real registry."""

from __future__ import annotations

import sys
import time
import uuid
import winreg
from types import TracebackType
from typing import Self

assert sys.platform == "win32"

CORNER = r"Software\TrayAgent tests"
CALLER = r"NonPackaged\C:#Program Files#Rosebud#rosebud.exe"
PACKAGED = "Rosebud.Calls_8wekyb3d8bbwe"
MIXER = r"NonPackaged\D:#Sound#VoicemeeterPro.exe"

_FILETIME_PER_S, _TO_1970_S = 10_000_000, 11_644_473_600


class Consents:
    """A store that exists inside `with`; ages are in seconds."""

    def __init__(self) -> None:
        self.store = rf"{CORNER}\{uuid.uuid4()}"

    def __enter__(self) -> Self:
        for capability in ("microphone", "webcam"):
            self.make(capability)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _remove(self.store)

    def make(self, capability: str) -> None:
        """Have Windows note who uses it."""
        winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{self.store}\{capability}\NonPackaged").Close()

    def remove(self, capability: str) -> None:
        """Have Windows note it no more."""
        _remove(rf"{self.store}\{capability}")

    def begins(self, capability: str, program: str = CALLER, age_s: float = 1.0) -> None:
        """The program begins to use it, or did so long ago."""
        self.note(capability, program, begun_s=time.time() - age_s, ended_s=None)

    def ends(self, capability: str, program: str = CALLER) -> None:
        """The program has used it until now."""
        self.note(capability, program, begun_s=time.time() - 60, ended_s=time.time())

    def note(self, capability: str, program: str, begun_s: float, ended_s: float | None) -> None:
        """Both times of a use in seconds since 1970, as Windows writes them down."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{self.store}\{capability}\{program}") as key:
            for edge, at_s in (("Start", begun_s), ("Stop", ended_s)):
                when = 0 if at_s is None else int((at_s + _TO_1970_S) * _FILETIME_PER_S)
                winreg.SetValueEx(key, f"LastUsedTime{edge}", 0, winreg.REG_QWORD, when)


def _remove(path: str) -> None:
    """The key with all below it; harmless when there is none."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            below = [winreg.EnumKey(key, n) for n in range(winreg.QueryInfoKey(key)[0])]
    except FileNotFoundError:
        return
    for name in below:
        _remove(rf"{path}\{name}")
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, path)
