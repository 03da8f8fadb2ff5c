"""Which adapters a suite is run over: its own that every system has, and those of the systems it can reach.

A system is a folder beside this file with a module for each port, whose `MAKERS` each set one adapter up in
one plight.  A new system is that folder and its name here; one whose libraries are played by fakes may stand
beside the system at hand.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from inspect import Parameter, signature
from typing import Any

import pytest

REACHED = {"linux": ["linux", "macos"], "win32": ["windows"], "darwin": ["macos"]}


def makers(port: str) -> list[Any]:
    """Those of this port, such as `trays`, as parameters; each is called with the world of its suite."""
    return [
        pytest.param(maker, id=f"{system} {_name(maker)}")
        for system in REACHED[sys.platform]
        for maker in import_module(f"tests.contract.{system}.{port}").MAKERS
    ]


def mistakes(thing: object, port: type) -> list[str]:
    """Where a thing cannot be used as the port says: what it lacks, and what it wants called otherwise."""
    found = [f"{name} is missing" for name in port.__annotations__ if not hasattr(thing, name)]
    for name, promised in promises(port).items():
        given = getattr(thing, name, None)
        if not callable(given):
            found.append(f"{name} is missing")
        elif not _takes(_parameters(given), _parameters(promised)[1:]):
            found.append(f"{name} takes {signature(given)}, not {signature(promised)}")
    return found


def promises(port: type) -> dict[str, Any]:
    """The functions of a protocol."""
    return {name: value for name, value in vars(port).items() if callable(value) and name[0] != "_"}


def _name(maker: Any) -> str:
    """Of a function, or of one for which part of what it wants is settled."""
    return " ".join((maker.func.__name__, *maker.args)) if isinstance(maker, partial) else maker.__name__


def _parameters(function: Any) -> list[Parameter]:
    return list(signature(function).parameters.values())


def _takes(given: list[Parameter], promised: list[Parameter]) -> bool:
    """Whether each way of calling what was promised is one of calling what is given."""
    if [wanted.name for wanted in promised] != [own.name for own in given[: len(promised)]]:
        return False
    alike = all(
        own.kind is wanted.kind and (wanted.default is wanted.empty or own.default == wanted.default)
        for own, wanted in zip(given, promised, strict=False)
    )
    return alike and all(own.default is not own.empty for own in given[len(promised) :])
