"""A framework in C, played: functions with the types of Apple's headers, called as ctypes calls real ones.

Each is a true function pointer made from Python, so an argument declared wrongly goes wrong here as well, or
is refused; what PyObjC's metadata says of a signature is written beside it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    POINTER,
    c_char_p,
    c_double,
    c_int32,
    c_long,
    c_longlong,
    c_ubyte,
    c_uint32,
    c_void_p,
)
from typing import Any

import pytest

from tray_agent.platforms.macos import frameworks

TYPES: dict[str, Any] = {
    "v": None,
    "i": c_int32,
    "I": c_uint32,
    "q": c_longlong,
    "l": c_long,
    "d": c_double,
    "Z": c_ubyte,
    "^v": c_void_p,
    "^I": POINTER(c_uint32),
    "^^v": POINTER(c_void_p),
    "r*": c_char_p,
}
"""What PyObjC calls the types of C."""


class Library:
    """Functions by name; asked for one it has not got, it fails as a library does."""

    def __init__(self, **functions: Any) -> None:
        self.__dict__.update(functions)


def of_types(result: str, *arguments: str) -> Callable[[Callable[..., Any]], Any]:
    """Make a function pointer of these types."""

    def make(function: Callable[..., Any]) -> Any:
        return CFUNCTYPE(TYPES[result], *(TYPES[each] for each in arguments))(function)

    return make


def provide(patch: pytest.MonkeyPatch, **libraries: Library) -> None:
    """Let the frameworks of these names be these, and let there be no others."""
    paths = {f"/System/Library/Frameworks/{name}.framework/{name}": it for name, it in libraries.items()}

    def load(path: str) -> Library:
        if path not in paths:
            raise OSError(path)
        return paths[path]

    frameworks.framework.cache_clear()
    patch.setattr(ctypes, "CDLL", load)
