"""What an object holds on to, however deep: for tests that something is *not* kept."""

from __future__ import annotations

import gc
from types import FunctionType, ModuleType


def keeps(root: object, text: str, *, apart_from: object = None) -> bool:
    """Whether `text` lies in any string or bytes that `root` holds, itself or through others.

    Modules, classes and what functions see of their modules are nobody's holding, nor is what only
    `apart_from` holds.
    """
    raw, seen, left = text.encode(), {id(apart_from)}, [root]
    while left:
        held = left.pop()
        if id(held) in seen or isinstance(held, (ModuleType, type)):
            continue
        seen.add(id(held))
        if isinstance(held, str) and text in held:
            return True
        if isinstance(held, (bytes, bytearray, memoryview)) and raw in bytes(held):
            return True
        left += [held.__closure__, held.__defaults__] if isinstance(held, FunctionType) else _held_by(held)
    return False


def _held_by(held: object) -> list[object]:
    return gc.get_referents(held)
