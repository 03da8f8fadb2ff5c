"""What of CoreFoundation is needed to read answers of functions in C, without making them objects of Python.

So a name can be compared that must not be known.  Apple developer documentation: "CFStringCreateWithCString",
"CFEqual", "CFDictionaryGetValue", "CFNumberGetValue", "CFRelease".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_int32, c_long, c_ubyte, c_uint32, c_void_p
from typing import Any

from tray_agent.platforms.macos.frameworks import function

_UTF8 = 0x08000100
_SINT32 = 3


@contextmanager
def kept(thing: c_void_p) -> Iterator[c_void_p]:
    """Something that is ours to release, until the end of this."""
    try:
        yield thing
    finally:
        _function("CFRelease", None, c_void_p)(thing)


def string(text: bytes) -> c_void_p:
    """A CFString of this text; to be `kept`."""
    make = _function("CFStringCreateWithCString", c_void_p, c_void_p, c_char_p, c_uint32)
    return c_void_p(make(None, text, _UTF8))


def equal(one: c_void_p, other: c_void_p) -> bool:
    """Whether both are the same text."""
    return bool(_function("CFEqual", c_ubyte, c_void_p, c_void_p)(one, other))


def number_in(dictionary: c_void_p, name: bytes) -> int | None:
    """The number of this name; None where there is none."""
    with kept(string(name)) as key:
        found = _function("CFDictionaryGetValue", c_void_p, c_void_p, c_void_p)(dictionary, key)
    value = c_int32()
    read = _function("CFNumberGetValue", c_ubyte, c_void_p, c_long, c_void_p)
    return value.value if found and read(found, _SINT32, byref(value)) else None


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    return function("CoreFoundation", name, result, *arguments)
