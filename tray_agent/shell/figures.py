"""The figures that show the exercises: one TOML file each in `config/figures`.

A break window gets its figure as plain data in its brief and needs no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tray_agent.shell import resources

if TYPE_CHECKING:
    from tray_agent.figure.figure import Figure


class BadFigure(ValueError):
    """A figure file that cannot be used; as a `str` one sentence naming file and fault."""


def data(exercise: str, folder: Path | None = None) -> dict[str, Any]:
    """The figure of an exercise as data for JSON; `Figure` again after `msgspec.convert`.

    Raises `BadFigure` when the file is not TOML, `FileNotFoundError` when there is none.
    """
    path = _path(exercise, folder)
    try:
        plain: dict[str, Any] = msgspec.toml.decode(path.read_bytes())
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadFigure(f"{path}: {error}") from None
    return plain


def load(exercise: str, folder: Path | None = None) -> Figure:
    """The figure of an exercise, checked; raises as `data` does."""
    # The resident process passes figures on and need not know what they are.
    from tray_agent.figure.figure import Figure

    path, raw = _path(exercise, folder), data(exercise, folder)
    try:
        figure = msgspec.convert(raw, Figure)
    except msgspec.MsgspecError as error:
        raise BadFigure(f"{path}: {error}") from None
    if unknown := next(_unknown(raw, msgspec.to_builtins(figure), "$"), None):
        raise BadFigure(f"{path}: {unknown} is not known")
    if fault := figure.fault():
        raise BadFigure(f"{path}: {fault}")
    return figure


def _path(exercise: str, folder: Path | None) -> Path:
    return (folder or resources.config("figures")) / f"{exercise}.toml"


def _unknown(raw: object, known: object, at: str) -> Iterator[str]:
    """Every key of `raw` that the figure took no notice of."""
    if isinstance(raw, dict) and isinstance(known, dict):
        for key, value in raw.items():
            if key in known:
                yield from _unknown(value, known[key], f"{at}.{key}")
            else:
                yield f"{at}.{key}"
    elif isinstance(raw, list) and isinstance(known, list | tuple):
        for number, (value, peer) in enumerate(zip(raw, known, strict=True)):
            yield from _unknown(value, peer, f"{at}[{number}]")
