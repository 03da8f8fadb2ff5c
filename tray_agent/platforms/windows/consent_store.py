"""Whether a program uses microphone or camera, as Windows notes it for its privacy settings.

ConsentStore has a key for each program that ever used one, with the times when it last began and ended;
an end of 0 means that it has not ended.  It is a note and no measurement: after a power cut the end stays
0, and some builds of Windows note nothing.  Programs that listen all day, such as mixers, are no call.

The keys are named after programs, packaged ones by their family and others by their path.  A name lives
as long as its key is looked at; compared are digests, and nothing of it is kept, told or logged.
"""

from __future__ import annotations

import ctypes
import hashlib
import sys
import time
import winreg
from collections.abc import Collection, Iterator
from enum import Enum

assert sys.platform == "win32"

STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
UNPACKAGED = "NonPackaged"

ALL_DAY_S = 4 * 3600.0
"""Who has used it for longer than this without a pause is always on; no call lasts as long."""

CLOCK_SET_S = 300.0
"""By so much the clock may have been set since the machine started."""

FILETIME_PER_S = 10_000_000
EPOCH_AS_FILETIME_S = 11_644_473_600
"""From 1601, where FILETIME begins, to 1970."""

_kernel32 = ctypes.WinDLL("kernel32")
_kernel32.GetTickCount64.argtypes = ()
_kernel32.GetTickCount64.restype = ctypes.c_ulonglong


class Use(Enum):
    """Who uses it: nobody, only programs that are always on, or one that may be a call."""

    NOBODY = 0
    ALWAYS_ON = 1
    SOMEBODY = 2


def digest(program: str) -> bytes:
    """What stands for a program: that of its file's name alone, wherever it is installed."""
    file = program.rsplit("#", 1)[-1].casefold()
    return hashlib.sha256(file.encode("utf-8", "surrogatepass")).digest()


MIXERS = frozenset(
    map(
        digest,
        (
            "voicemeeter.exe",
            "voicemeeter_x64.exe",
            "voicemeeterpro.exe",
            "voicemeeterpro_x64.exe",
            "voicemeeter8.exe",
            "voicemeeter8x64.exe",
        ),
    )
)
"""Programs known to keep the microphone for as long as they run."""


def use(store: winreg.HKEYType, ignored: Collection[bytes] = MIXERS) -> Use:
    """Who uses it now, where `store` is the open key of one capability; raises `OSError`."""
    found = Use.NOBODY
    for key, program in _programs(store):
        begun_s = _begun_s(key)
        if begun_s is None:
            continue
        if time.time() - begun_s < ALL_DAY_S and digest(program) not in ignored:
            return Use.SOMEBODY
        found = Use.ALWAYS_ON
    return found


def _programs(store: winreg.HKEYType) -> Iterator[tuple[winreg.HKEYType, str]]:
    yield from _keys(store)
    try:
        others = winreg.OpenKey(store, UNPACKAGED)
    except FileNotFoundError:
        return
    with others:
        yield from _keys(others)


def _keys(above: winreg.HKEYType) -> Iterator[tuple[winreg.HKEYType, str]]:
    """Each key right below with its name; one that goes meanwhile is passed over."""
    for n in range(winreg.QueryInfoKey(above)[0]):
        try:
            name = winreg.EnumKey(above, n)
            key = winreg.OpenKey(above, name)
        except OSError:
            continue
        with key:
            yield key, name


def _begun_s(key: winreg.HKEYType) -> float | None:
    """When the use began that has not ended, in seconds since 1970; None where there is none."""
    begun, ended = (_time(key, f"LastUsedTime{edge}") for edge in ("Start", "Stop"))
    if not begun or ended != 0:
        return None
    begun_s = begun / FILETIME_PER_S - EPOCH_AS_FILETIME_S
    started_s = time.time() - _kernel32.GetTickCount64() / 1000
    # Begun before the machine started: the power went before the end was noted.
    return begun_s if begun_s >= started_s - CLOCK_SET_S else None


def _time(key: winreg.HKEYType, name: str) -> int | None:
    try:
        value, kind = winreg.QueryValueEx(key, name)
    except FileNotFoundError:
        return None
    return value if kind == winreg.REG_QWORD and isinstance(value, int) else None
