"""What the agent tells a window, checked as it is read."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import msgspec

B = TypeVar("B")

Scheme = Literal["system", "light", "dark", "high_contrast"]


class Appearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the person wants windows to look, whatever their desktop says.

    `scale` is in percent, on top of the desktop's own.  `still` keeps everything from moving.  `icons` are
    the files of the program's icon, each in another size, for title bars, task bars and switchers.
    """

    scheme: Scheme = "system"
    scale: Annotated[int, msgspec.Meta(ge=100, le=200)] = 100
    still: bool = False
    icons: tuple[str, ...] = ()


class Brief(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every window is told in its first line; `unseen` while others may be shown the screen."""

    v: Literal[1]
    appearance: Appearance = Appearance()
    unseen: bool = False


def read(line: bytes, kind: type[B]) -> B:
    """The brief in `line`; raises `ValueError` with what is wrong and where."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(f"the brief is not understood: {error}") from None
