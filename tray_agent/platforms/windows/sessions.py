"""Agents come back after an upgrade, in every session: a small program of its own that the package runs.

    tray-agent-sessions note      which sessions have an agent just now, before it is ended
    tray-agent-sessions resume    start it again there, each for the person whose session it is

The Restart Manager brings back what it has closed itself: agents in the session of whoever installs.  It
reaches no other session, and none from a service, which is what most deployment tools are.  Only the system
may ask for somebody's token; who else runs this changes nothing.  The note lies where only the system and
administrators write, and is gone with the next start of the machine, when sessions have other numbers; no
word of it is a command.
Microsoft Learn: "WTSQueryUserToken", "CreateProcessAsUserW", "RM_REBOOT_REASON", session mismatch;
"RegCreateKeyExW", REG_OPTION_VOLATILE.
"""

from __future__ import annotations

import ctypes
import os
import sys
import winreg
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from ctypes import POINTER, byref, c_void_p, wintypes
from pathlib import Path

assert sys.platform == "win32"

AGENT = "TrayAgent.exe"
KEY = r"Software\TrayAgentSessions"
"""Of the machine; its one value has the numbers, and it is gone once the agents are back."""

_NATIVE = winreg.KEY_WOW64_64KEY
_VOLATILE = 1
_UNICODE_ENVIRONMENT = 0x00000400
_DESKTOP = r"winsta0\default"


class _Process(ctypes.Structure):
    """WTS_PROCESS_INFOW"""

    _fields_ = (
        ("session", wintypes.DWORD),
        ("number", wintypes.DWORD),
        ("name", wintypes.LPWSTR),
        ("user", c_void_p),
    )


class _StartupInfo(ctypes.Structure):
    """STARTUPINFOW; between the desktop and the end nothing is asked for."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("reserved", wintypes.LPWSTR),
        ("desktop", wintypes.LPWSTR),
        ("title", wintypes.LPWSTR),
        ("place", wintypes.DWORD * 8),
        ("show", wintypes.WORD * 2),
        ("more", c_void_p * 4),
    )


class _Started(ctypes.Structure):
    """PROCESS_INFORMATION"""

    _fields_ = (
        ("process", wintypes.HANDLE),
        ("thread", wintypes.HANDLE),
        ("numbers", wintypes.DWORD * 2),
    )


_wtsapi32 = ctypes.WinDLL("wtsapi32", use_last_error=True)
_wtsapi32.WTSEnumerateProcessesW.argtypes = (
    wintypes.HANDLE,
    wintypes.DWORD,
    wintypes.DWORD,
    POINTER(POINTER(_Process)),
    POINTER(wintypes.DWORD),
)
_wtsapi32.WTSEnumerateProcessesW.restype = wintypes.BOOL
_wtsapi32.WTSFreeMemory.argtypes = (c_void_p,)
_wtsapi32.WTSFreeMemory.restype = None
_wtsapi32.WTSQueryUserToken.argtypes = (wintypes.ULONG, POINTER(wintypes.HANDLE))
_wtsapi32.WTSQueryUserToken.restype = wintypes.BOOL
_userenv = ctypes.WinDLL("userenv", use_last_error=True)
_userenv.CreateEnvironmentBlock.argtypes = (POINTER(c_void_p), wintypes.HANDLE, wintypes.BOOL)
_userenv.CreateEnvironmentBlock.restype = wintypes.BOOL
_userenv.DestroyEnvironmentBlock.argtypes = (c_void_p,)
_userenv.DestroyEnvironmentBlock.restype = wintypes.BOOL
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL
_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
_advapi32.RegCreateKeyExW.argtypes = (
    c_void_p,
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    c_void_p,
    POINTER(wintypes.HKEY),
    c_void_p,
)
_advapi32.RegCreateKeyExW.restype = wintypes.LONG
_advapi32.CreateProcessAsUserW.argtypes = (
    wintypes.HANDLE,
    wintypes.LPCWSTR,
    wintypes.LPWSTR,
    c_void_p,
    c_void_p,
    wintypes.BOOL,
    wintypes.DWORD,
    c_void_p,
    wintypes.LPCWSTR,
    POINTER(_StartupInfo),
    POINTER(_Started),
)
_advapi32.CreateProcessAsUserW.restype = wintypes.BOOL


def note(agent: str = AGENT) -> None:
    """Write down in which sessions an agent runs; raises `OSError`."""
    noted = " ".join(map(str, sorted(sessions_with(agent))))
    key, access = wintypes.HKEY(), winreg.KEY_SET_VALUE | _NATIVE
    refused = _advapi32.RegCreateKeyExW(
        winreg.HKEY_LOCAL_MACHINE, KEY, 0, None, _VOLATILE, access, None, byref(key), None
    )
    if refused:
        raise ctypes.WinError(refused)
    try:
        winreg.SetValueEx(key.value or 0, "", 0, winreg.REG_SZ, noted)
    finally:
        winreg.CloseKey(key.value or 0)


def resume(start: Callable[[int], object], agent: str = AGENT) -> list[str]:
    """`start` an agent in each session that was noted and has none now; the reasons where that failed.

    A person may have gone meanwhile, and one session must not wait for another.
    """
    refused = []
    for session in sorted({*_taken()} - sessions_with(agent)):
        try:
            start(session)
        except OSError as error:
            refused.append(f"session {session}: {error}")
    return refused


def sessions_with(program: str) -> set[int]:
    """The numbers of the sessions in which a program of this name runs; raises `OSError`."""
    return {session for session, name in _processes() if name.lower() == program.lower()}


def start_for(session: int, program: Path, words: str) -> None:
    """Start it for whoever is logged on there, on that person's desktop; raises `OSError`."""
    startup = _StartupInfo(size=ctypes.sizeof(_StartupInfo), desktop=_DESKTOP)
    token, environment, started = wintypes.HANDLE(), c_void_p(), _Started()
    line = ctypes.create_unicode_buffer(f'"{program}" {words}')
    with ExitStack() as ends:
        _check(_wtsapi32.WTSQueryUserToken(session, byref(token)))
        ends.callback(_kernel32.CloseHandle, token)
        _check(_userenv.CreateEnvironmentBlock(byref(environment), token, False))
        ends.callback(_userenv.DestroyEnvironmentBlock, environment)
        _check(
            _advapi32.CreateProcessAsUserW(
                token,
                f"{program}",
                line,
                None,
                None,
                False,
                _UNICODE_ENVIRONMENT,
                environment,
                # Whatever folder it is in cannot be removed.
                os.environ["SYSTEMROOT"],
                byref(startup),
                byref(started),
            )
        )
    _kernel32.CloseHandle(started.thread)
    _kernel32.CloseHandle(started.process)


def main(args: list[str]) -> int:
    """The exit code."""
    if args == ["note"]:
        note()
        return 0
    if args == ["resume"]:
        program = Path(sys.executable).with_name(AGENT)
        refused = resume(lambda session: start_for(session, program, "run --unasked"))
        for why in refused:
            print(why, file=sys.stderr)
        return 1 if refused else 0
    return 2


def _taken() -> Iterator[int]:
    """What was noted, once: whoever asks again hears of none."""
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY, 0, winreg.KEY_QUERY_VALUE | _NATIVE) as key:
            noted = str(winreg.QueryValueEx(key, "")[0])
        winreg.DeleteKeyEx(winreg.HKEY_LOCAL_MACHINE, KEY, _NATIVE)
    except FileNotFoundError:
        return
    yield from (int(word) for word in noted.split() if word.isdecimal())


def _processes() -> Iterator[tuple[int, str]]:
    """Session and name of every program that runs."""
    found, count = POINTER(_Process)(), wintypes.DWORD()
    _check(_wtsapi32.WTSEnumerateProcessesW(None, 0, 1, byref(found), byref(count)))
    try:
        for each in found[: count.value]:
            yield each.session, each.name or ""
    finally:
        _wtsapi32.WTSFreeMemory(found)


def _check(done: object) -> None:
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
