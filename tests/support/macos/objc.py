"""PyObjC's bridge, as far as the adapters use it: a method is a selector, or says that it is Python's own."""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

FRAMEWORK = "objc"

super = builtins.super  # noqa: A001  its name


class BadPrototypeError(TypeError):
    """A method's name promises another number of arguments than it takes."""


class error(Exception):  # noqa: N801  its name
    """What Objective-C raises."""


def python_method(function: Callable[..., Any]) -> Callable[..., Any]:
    """A method that Objective-C does not see."""
    function.__python_method__ = True  # type: ignore[attr-defined]
    return function


@contextmanager
def autorelease_pool() -> Iterator[None]:
    """Nothing is released here."""
    yield


_classes: dict[str, str] = {}
"""By name: there is one space of names for the classes of a process."""


class NSObject:
    """The root; made by `alloc().init()` alone."""

    _made = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__module__.startswith("tests."):
            return
        known = _classes.setdefault(cls.__name__, cls.__module__)
        if known != cls.__module__:
            raise error(f"{cls.__name__} is overriding existing Objective-C class")
        for name, value in vars(cls).items():
            if inspect.isfunction(value) and not name.startswith("__"):
                _check(name, value)

    def __init__(self) -> None:
        if not self._made:
            raise TypeError(f"use {type(self).__name__}.alloc().init()")

    @classmethod
    def alloc(cls) -> Self:
        return cls.__new__(cls)

    @classmethod
    def new(cls) -> Self:
        return cls.alloc().init()

    def init(self) -> Self:
        return self

    def respondsToSelector_(self, selector: str | bytes) -> bool:  # noqa: N802
        name = selector.decode() if isinstance(selector, bytes) else selector
        return hasattr(self, name.replace(":", "_"))


def perform(target: object, selector: str | bytes, *arguments: object) -> object:
    """Send the message, as a control does; its receiver must know it."""
    name = selector.decode() if isinstance(selector, bytes) else selector
    method = getattr(target, name.replace(":", "_"))
    assert name.count(":") == len(arguments)
    return method(*arguments)


def _check(name: str, function: Callable[..., Any]) -> None:
    if hasattr(function, "__python_method__"):
        return
    takes = len(inspect.signature(function).parameters) - 1
    if name.count("_") != takes or (takes and not name.endswith("_")):
        raise BadPrototypeError(f"{name} takes {takes} arguments: name it by its selector, or @python_method")
