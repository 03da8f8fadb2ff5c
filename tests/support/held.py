"""Looking for a text in all that some objects hold on to, however deep."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from types import FunctionType, ModuleType
from typing import Any


def held(roots: Iterable[Any], backwards: str) -> bool:
    """Whether anything reachable from the roots holds the text, which is given backwards.

    So the question itself does not hold it; modules and the globals of functions are not searched.
    """
    text = backwards[::-1]
    found = text.encode()
    seen: set[int] = {id(text), id(found), id(backwards)}
    todo = list(roots)
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, ModuleType | type):
            continue
        seen.add(id(thing))
        if isinstance(thing, str) and text in thing:
            return True
        if isinstance(thing, bytes | bytearray) and found in thing:
            return True
        if isinstance(thing, FunctionType):
            todo += thing.__closure__ or ()
            todo += thing.__defaults__ or ()
        else:
            todo += gc.get_referents(thing)
    return False
