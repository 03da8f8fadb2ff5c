"""The Windows Runtime, whose classes some parts are built on: whether one is there, and how its calls fail.

It is asked for a class without the packages that project it, which cost some megabytes once they are loaded.
Source: Microsoft Learn, "RoGetActivationFactory function".
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_uint32, c_void_p
from importlib.util import find_spec
from typing import TypeVar

from tray_agent.platforms.windows.com import Guid, apartment, given
from tray_agent.ports import Unavailable

assert sys.platform == "win32"

T = TypeVar("T")

_ACTIVATION_FACTORY = Guid.of("00000035-0000-0000-C000-000000000046")

_combase = ctypes.WinDLL("combase")
_combase.WindowsCreateString.argtypes = (ctypes.c_wchar_p, c_uint32, ctypes.POINTER(c_void_p))
_combase.WindowsCreateString.restype = ctypes.HRESULT
_combase.WindowsDeleteString.argtypes = (c_void_p,)
_combase.WindowsDeleteString.restype = ctypes.HRESULT
_combase.RoGetActivationFactory.argtypes = (c_void_p, ctypes.POINTER(Guid), ctypes.POINTER(c_void_p))
_combase.RoGetActivationFactory.restype = ctypes.HRESULT


def wanted(name: str) -> None:
    """Raises `Unavailable` where this Windows has no class of this name, or its package is not installed."""
    if not registered(name):
        raise Unavailable(f"this Windows has no {name.rpartition('.')[2]}")
    if not installed(name):
        raise Unavailable(f"the package for {name.rpartition('.')[0]} is not installed")


def registered(name: str) -> bool:
    """Whether this Windows has a class of this name, such as `Windows.Data.Xml.Dom.XmlDocument`."""
    text = c_void_p()
    try:
        with apartment():
            _combase.WindowsCreateString(name, len(name), ctypes.byref(text))
            with given(_combase.RoGetActivationFactory, text, ctypes.byref(_ACTIVATION_FACTORY)):
                return True
    except OSError:
        return False
    finally:
        _combase.WindowsDeleteString(text)


def installed(name: str) -> bool:
    """Whether there is a package for this class; it is not loaded."""
    try:
        return find_spec(f"winrt.{name.rpartition('.')[0].lower()}") is not None
    except ModuleNotFoundError:  # nor for what encloses it
        return False


def failing_as_os_error(question: Callable[[], T]) -> Callable[[], T]:
    """The question, for whatever the packages raise where this Windows or they themselves lack something."""

    def asked() -> T:
        try:
            return question()
        except (AttributeError, ImportError, NotImplementedError) as error:
            raise OSError(f"{type(error).__name__}: {error}") from error

    return asked
