"""What the agent tells a window, checked as it is read."""

from __future__ import annotations

from typing import TypeVar

import msgspec

B = TypeVar("B")


def read(line: bytes, kind: type[B]) -> B:
    """The brief in `line`; raises `ValueError` with what is wrong and where."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(f"the brief is not understood: {error}") from None
