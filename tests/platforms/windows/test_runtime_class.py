"""The Windows Runtime.  Wine has some of its classes, and none of those the agent uses."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.support.windows_runtime import PlayedRuntime, Projected, modules
from tray_agent.platforms.windows import focus, player, toasts
from tray_agent.platforms.windows.runtime_class import failing_as_os_error, installed, registered, wanted
from tray_agent.ports import Unavailable

assert sys.platform == "win32"

USED = [player.CLASS, focus.FOCUS, toasts.CLASS, "Windows.Data.Xml.Dom.XmlDocument"]
PLAYED = [
    (module, name) for module, classes in sorted(modules(PlayedRuntime()).items()) for name in sorted(classes)
]


def test_a_class_that_nobody_has_is_not_there() -> None:
    assert not registered("Windows.Nobody.Has.This")
    with pytest.raises(Unavailable, match="this Windows has no This"):
        wanted("Windows.Nobody.Has.This")


def test_a_class_that_wine_has_is_there() -> None:
    assert registered("Windows.Gaming.Input.Gamepad")


def test_a_class_without_its_package_cannot_be_used() -> None:
    assert not installed("Windows.Gaming.Input.Gamepad")
    with pytest.raises(Unavailable, match=r"the package for Windows\.Gaming\.Input is not installed"):
        wanted("Windows.Gaming.Input.Gamepad")


@pytest.mark.parametrize("name", USED)
def test_the_packages_of_what_is_used_are_installed_and_hold_it(name: str) -> None:
    assert installed(name)
    module, _, inside = name.rpartition(".")
    assert hasattr(importlib.import_module(f"winrt.{module.lower()}"), inside)


@pytest.mark.parametrize(
    "error", [AttributeError("no such"), ImportError("nothing"), NotImplementedError("never"), OSError("no")]
)
def test_whatever_is_lacking_is_an_os_error(error: Exception) -> None:
    def question() -> bool:
        raise error

    with pytest.raises(OSError, match=f"{error}"):
        failing_as_os_error(question)()


@pytest.mark.parametrize(("module", "name"), PLAYED)
def test_what_the_tests_play_is_what_the_package_declares(module: str, name: str) -> None:
    played = modules(PlayedRuntime())[module][name]
    declared = _declared(module, name)
    if issubclass(played, enum.Enum):
        values = {
            ast.unparse(line.targets[0]): ast.unparse(line.value) for line in declared if _is_value(line)
        }
        assert {member.name: f"{member.value}" for member in played}.items() <= values.items()
        return
    statics = _declared(module, f"{name}_Static")
    for member, what in _members(played).items():
        on_class = member in vars(type(played)) or isinstance(what, classmethod)
        shapes = _shapes(statics if on_class else declared, member)
        assert _shape(what) <= shapes, f"{name}.{member}"


def _members(played: type[Any]) -> dict[str, Any]:
    own = {**vars(type(played)), **{k: v for base in played.__mro__ for k, v in vars(base).items()}}
    ours = (Projected, object, type)
    inherited = {name for base in ours if base is not Projected for name in vars(base)}
    return {
        name: what
        for name, what in own.items()
        if not name.startswith("_") and name not in inherited and name not in vars(Projected)
    }


def _shape(what: Any) -> set[str]:
    """A property that is read or written, or a method by the count of what it takes."""
    if isinstance(what, property):
        return {"read", "written"} if what.fset else {"read"}
    call = what.__func__ if isinstance(what, classmethod) else what
    return {f"takes {len(inspect.signature(call).parameters) - 1}"}


def _shapes(body: list[Any], member: str) -> set[str]:
    found = set()
    for line in body:
        if isinstance(line, ast.FunctionDef) and line.name == member:
            marks = {ast.unparse(mark) for mark in line.decorator_list}
            if "_property" in marks:
                found.add("read")
            elif f"{member}.setter" in marks:
                found.add("written")
            else:
                found.add(f"takes {len(line.args.posonlyargs) + len(line.args.args) - 1}")
    return found


def _declared(module: str, name: str) -> list[Any]:
    """The class in the stub, with what it inherits; nothing where there is none."""
    origin = getattr(find_spec(module), "origin", None)
    assert origin, f"{module} is not installed"
    text = Path(origin).with_suffix(".pyi").read_text("utf-8")
    # What only newer Pythons can read.
    text = re.sub(r"(?m)^type .*$|(?<=\w)\[[^\]]*\](?=\(.*:$)", "", text)
    classes = {line.name: line for line in ast.parse(text).body if isinstance(line, ast.ClassDef)}
    found = []
    wanted_ones = [name]
    while wanted_ones:
        if (line := classes.get(wanted_ones.pop())) is not None:
            found += line.body
            wanted_ones += [ast.unparse(base).partition("[")[0] for base in line.bases]
    return found


def _is_value(line: Any) -> bool:
    return isinstance(line, ast.Assign)
