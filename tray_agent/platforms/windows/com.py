"""COM without a library: methods called by their place in an object's table, references let go of.

What is declared here is the part of the contract that every COM object keeps (Microsoft Learn, "IUnknown
interface"); who calls a method says which place it has and what it takes.  Only for threads inside
`apartment`.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_ulong, c_void_p
from typing import Any

assert sys.platform == "win32"

IN_ANY_WAY = 0x17
"""CLSCTX_ALL: in this process, in another, or on the other side of the network, as the class wants it."""

_MULTITHREADED = 0

_ole32 = ctypes.WinDLL("ole32")
_ole32.CoInitializeEx.argtypes = (c_void_p, c_ulong)
_ole32.CoInitializeEx.restype = ctypes.HRESULT
_ole32.CoUninitialize.argtypes = ()
_ole32.CoUninitialize.restype = None


class Guid(ctypes.Structure):
    """The name of a class or an interface, as in `Guid.of("BCDE0395-E52F-467C-8E3D-C4579291692E")`."""

    _fields_ = (
        ("first", ctypes.c_uint32),
        ("second", ctypes.c_uint16),
        ("third", ctypes.c_uint16),
        ("rest", ctypes.c_ubyte * 8),
    )

    @classmethod
    def of(cls, text: str) -> Guid:
        """The one that is written so."""
        first, second, third, *rest = text.split("-")
        last = bytes.fromhex("".join(rest))
        return cls(int(first, 16), int(second, 16), int(third, 16), (ctypes.c_ubyte * 8)(*last))


_ole32.CoCreateInstance.argtypes = (
    ctypes.POINTER(Guid),
    c_void_p,
    c_ulong,
    ctypes.POINTER(Guid),
    ctypes.POINTER(c_void_p),
)
_ole32.CoCreateInstance.restype = ctypes.HRESULT


def method(place: int, name: str, *takes: Any, gives: Any = ctypes.HRESULT) -> Callable[..., int]:
    """A function whose first argument is the object; one that fails raises `OSError`."""
    call: Callable[..., int] = ctypes.WINFUNCTYPE(gives, *takes)(place, name)
    return call


query_interface = method(0, "QueryInterface", ctypes.POINTER(Guid), ctypes.POINTER(c_void_p))
_release = method(2, "Release", gives=c_ulong)


@contextmanager
def given(ask: Callable[..., int], *arguments: Any) -> Iterator[c_void_p]:
    """The object that a function puts where its last argument points; let go of afterwards."""
    pointer = c_void_p()
    ask(*arguments, ctypes.byref(pointer))
    try:
        yield pointer
    finally:
        _release(pointer)


def number(ask: Callable[..., int], *arguments: Any) -> int:
    """The number that a function puts where its last argument points."""
    value = ctypes.c_int()
    ask(*arguments, ctypes.byref(value))
    return value.value


def create(of: Guid, interface: Guid, into: Any) -> int:
    """Make an object of a registered class; meant for `given`."""
    made: int = _ole32.CoCreateInstance(ctypes.byref(of), None, IN_ANY_WAY, ctypes.byref(interface), into)
    return made


@contextmanager
def apartment() -> Iterator[None]:
    """This thread may use COM; raises `OSError` where it may not."""
    _ole32.CoInitializeEx(None, _MULTITHREADED)
    try:
        yield
    finally:
        _ole32.CoUninitialize()
