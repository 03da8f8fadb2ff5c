"""Functions in C of macOS' frameworks that PyObjC does not wrap, or wraps with a wrong signature.

Since macOS 11 the libraries exist only in the linker's cache, where their old paths still lead.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from tray_agent.ports import Unavailable


@cache
def framework(name: str) -> ctypes.CDLL:
    """The system's framework of this name; raises `Unavailable`."""
    try:
        return ctypes.CDLL(f"/System/Library/Frameworks/{name}.framework/{name}")
    except OSError:
        raise Unavailable(f"this macOS has no {name}") from None


def function(owner: str, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function `name` of framework `owner`, with these types of C; raises `Unavailable`."""
    try:
        found = getattr(framework(owner), name)
    except AttributeError:
        raise Unavailable(f"this macOS has no {name}") from None
    found.restype, found.argtypes = result, arguments
    call: Callable[..., Any] = found
    return call
