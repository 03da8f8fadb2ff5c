"""Who is who: the person this process runs for, and whether somebody else is the same person.

People are compared by their SID.  Sources: Microsoft Learn, "GetTokenInformation",
"ImpersonateNamedPipeClient", "ConvertStringSecurityDescriptorToSecurityDescriptorW".
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from functools import cache

assert sys.platform == "win32"

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)

_QUERY_PROCESS = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_QUERY_TOKEN = 0x0008
_TOKEN_USER = 1
_SDDL_REVISION = 1


class SecurityAttributes(ctypes.Structure):
    """Who may open what is made with it (SECURITY_ATTRIBUTES)."""

    _fields_ = (
        ("length", wintypes.DWORD),
        ("descriptor", wintypes.LPVOID),
        ("inherit", wintypes.BOOL),
    )


_handle_out = ctypes.POINTER(wintypes.HANDLE)
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL
_kernel32.LocalFree.argtypes = (wintypes.HLOCAL,)
_kernel32.LocalFree.restype = wintypes.HLOCAL
_kernel32.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
_kernel32.OpenProcess.restype = wintypes.HANDLE
_kernel32.GetCurrentProcess.restype = wintypes.HANDLE
_kernel32.GetCurrentThread.restype = wintypes.HANDLE
_kernel32.ProcessIdToSessionId.argtypes = (wintypes.DWORD, ctypes.POINTER(wintypes.DWORD))
_kernel32.ProcessIdToSessionId.restype = wintypes.BOOL
_kernel32.GetCurrentProcessId.restype = wintypes.DWORD
_advapi32.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, _handle_out)
_advapi32.OpenProcessToken.restype = wintypes.BOOL
_advapi32.OpenThreadToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, wintypes.BOOL, _handle_out)
_advapi32.OpenThreadToken.restype = wintypes.BOOL
_advapi32.ImpersonateNamedPipeClient.argtypes = (wintypes.HANDLE,)
_advapi32.ImpersonateNamedPipeClient.restype = wintypes.BOOL
_advapi32.RevertToSelf.restype = wintypes.BOOL
_advapi32.GetTokenInformation.argtypes = (
    wintypes.HANDLE,
    ctypes.c_int,
    wintypes.LPVOID,
    wintypes.DWORD,
    ctypes.POINTER(wintypes.DWORD),
)
_advapi32.GetTokenInformation.restype = wintypes.BOOL
_advapi32.ConvertSidToStringSidW.argtypes = (wintypes.LPVOID, ctypes.POINTER(wintypes.LPVOID))
_advapi32.ConvertSidToStringSidW.restype = wintypes.BOOL
_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
    wintypes.LPCWSTR,
    wintypes.DWORD,
    ctypes.POINTER(wintypes.LPVOID),
    ctypes.POINTER(wintypes.DWORD),
)
_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.restype = wintypes.BOOL


@cache
def own_sid() -> str:
    """The SID of the person this process runs for, such as `S-1-5-21-...`; raises `OSError`."""
    return _sid_of_process(_kernel32.GetCurrentProcess())


def sid_of(pid: int) -> str:
    """The SID of the person for whom that process runs; raises `OSError` when that cannot be known."""
    process = _kernel32.OpenProcess(_QUERY_PROCESS, False, pid)
    _check(process)
    try:
        return _sid_of_process(process)
    finally:
        _kernel32.CloseHandle(process)


def sid_of_caller(pipe: int) -> str:
    """The SID of whoever wrote what was read last from this end of a pipe; raises `OSError`.

    Windows knows it only once something was read.  An elevated program of the same person has the
    same SID, though its process could not be asked.
    """
    _check(_advapi32.ImpersonateNamedPipeClient(pipe))
    try:
        token = wintypes.HANDLE()
        _check(
            _advapi32.OpenThreadToken(_kernel32.GetCurrentThread(), _QUERY_TOKEN, True, ctypes.byref(token))
        )
    finally:
        if not _advapi32.RevertToSelf():
            # Going on in somebody else's name would be worse than not going on.
            raise SystemError("RevertToSelf failed")
    return _sid_of_token(token)


@cache
def session() -> int:
    """The number of the session this process belongs to: each person at the machine has one."""
    number = wintypes.DWORD()
    _check(_kernel32.ProcessIdToSessionId(_kernel32.GetCurrentProcessId(), ctypes.byref(number)))
    return number.value


@contextmanager
def ours_alone() -> Iterator[SecurityAttributes]:
    """Inside `with`: what lets nobody but this person and the system itself open a thing."""
    descriptor = wintypes.LPVOID()
    _check(
        _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            f"D:P(A;;GA;;;{own_sid()})(A;;GA;;;SY)", _SDDL_REVISION, ctypes.byref(descriptor), None
        )
    )
    try:
        yield SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, False)
    finally:
        _kernel32.LocalFree(descriptor)


def _sid_of_process(process: int) -> str:
    token = wintypes.HANDLE()
    _check(_advapi32.OpenProcessToken(process, _QUERY_TOKEN, ctypes.byref(token)))
    return _sid_of_token(token)


def _sid_of_token(token: wintypes.HANDLE) -> str:
    """The user of this token, which is closed."""
    try:
        size = wintypes.DWORD()
        _advapi32.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
        user = ctypes.create_string_buffer(size.value)
        _check(_advapi32.GetTokenInformation(token, _TOKEN_USER, user, size, ctypes.byref(size)))
        # TOKEN_USER begins with the address of the SID.
        return _written(ctypes.c_void_p.from_buffer(user))
    finally:
        _kernel32.CloseHandle(token)


def _written(sid: ctypes.c_void_p) -> str:
    text = wintypes.LPVOID()
    _check(_advapi32.ConvertSidToStringSidW(sid, ctypes.byref(text)))
    try:
        return ctypes.wstring_at(text.value or 0)
    finally:
        _kernel32.LocalFree(text)


def _check(done: object) -> None:
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())
