"""Finds the files that belong to the program: `config/` and `icons/`.

In the source tree they lie beside the package; the wheel and the frozen bundle carry them inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def config(*parts: str) -> Path:
    """A file or folder of `config/`, such as `config("exercises")`."""
    return _find("config", *parts)


def icon(name: str) -> Path:
    """A file of `icons/`."""
    return _find("icons", name)


def _find(*parts: str) -> Path:
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation")
