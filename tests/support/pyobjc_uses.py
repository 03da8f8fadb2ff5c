"""What a source file uses of macOS's frameworks through PyObjC, as far as its text shows it.

Three things: names of modules, selectors that are sent, and methods that the frameworks are to call.
House style helps: whatever is spelt inCamelCase or ends_in_an_underscore_ and is called is a selector.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FRAMEWORKS = {
    "AppKit",
    "ApplicationServices",
    "CoreAudio",
    "CoreFoundation",
    "CoreMediaIO",
    "Foundation",
    "Quartz",
    "ServiceManagement",
    "UserNotifications",
    "objc",
    "PyObjCTools",
}
SELECTOR = re.compile(r"[a-z]\w*_|[a-z]+[A-Z][A-Za-z0-9]*")
QUOTED = re.compile(r"[a-z]\w*:(\w+:)*")


@dataclass(frozen=True)
class Name:
    """`name` of `module`; `given` arguments where it is called, None where it is not."""

    line: int
    module: str
    name: str
    given: int | None


@dataclass(frozen=True)
class Sent:
    """A selector with the number of arguments that went with it; `receiver` a class where that is plain.

    `blocks` has the place of each argument that is a function in sight, and how many arguments that takes.
    """

    line: int
    receiver: str | None
    selector: str
    given: int
    blocks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Method:
    """A method of a class that the frameworks know; `takes` arguments besides `self`."""

    line: int
    class_name: str
    name: str
    takes: int
    of_python: bool

    @property
    def selector(self) -> str | None:
        """The selector it becomes, by PyObjC's rule; None where it stays a method of Python's alone."""
        if self.of_python or self.name.startswith("__") or ("_" in self.name[1:] and self.name[-1] != "_"):
            return None
        return self.name[:1] + self.name[1:].replace("_", ":")


class Uses:
    """The uses in one file."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text("utf-8"))
        self._modules: dict[str, str] = {}
        self._members: dict[str, tuple[str, str]] = {}
        self._others: set[str] = set()
        for node in ast.walk(self.tree):
            self._imported(node)
        self.names = list(self._names())
        self.sent = list(self._sent())
        self.methods = list(self._methods())
        self.quoted = [
            (node.lineno, text)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str | bytes)
            and QUOTED.fullmatch(
                text := node.value if isinstance(node.value, str) else f"{node.value!r}"[2:-1]
            )
        ]

    def _imported(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                known = alias.name.partition(".")[0] in FRAMEWORKS
                bound = alias.asname or alias.name.partition(".")[0]
                if known:
                    self._modules[bound] = alias.name if alias.asname else bound
                else:
                    self._others.add(bound)
        elif isinstance(node, ast.ImportFrom) and node.module:
            known = node.module.partition(".")[0] in FRAMEWORKS
            for alias in node.names:
                bound = alias.asname or alias.name
                if known and node.module == "PyObjCTools":
                    self._modules[bound] = f"PyObjCTools.{alias.name}"
                elif known:
                    self._members[bound] = (node.module, alias.name)
                else:
                    self._others.add(bound)

    def _names(self) -> Iterator[Name]:
        called = {id(node.func): len(node.args) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in FRAMEWORKS:
                if node.module != "PyObjCTools":
                    yield from (Name(node.lineno, node.module or "", one.name, None) for one in node.names)
            elif isinstance(node, ast.Name | ast.Attribute) and (member := self._member(node)):
                yield Name(node.lineno, *member, called.get(id(node)))

    def _member(self, node: ast.expr) -> tuple[str, str] | None:
        """Module and name, where the expression is a name of a framework."""
        if isinstance(node, ast.Name):
            return self._members.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = self._modules.get(node.value.id)
            return (module, node.attr) if module else None
        return None

    def _sent(self) -> Iterator[Sent]:
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            receiver = self._receiver(node.func.value)
            name = node.func.attr
            if self._member(node.func) or self._of_python(node.func.value):
                continue
            if receiver or SELECTOR.fullmatch(name):
                found = ((place, self._takes(argument)) for place, argument in enumerate(node.args))
                blocks = tuple((place, takes) for place, takes in found if takes is not None)
                yield Sent(node.lineno, receiver, name.replace("_", ":"), _given(node), blocks)

    def _takes(self, argument: ast.expr) -> int | None:
        """How many arguments the function takes that is passed on, if it is written in this file."""
        if isinstance(argument, ast.Lambda):
            return None if argument.args.vararg else len(argument.args.args)
        name = argument.id if isinstance(argument, ast.Name) else getattr(argument, "attr", None)
        written = [
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef) and node.name == name
        ]
        if len(written) != 1 or written[0].args.vararg or written[0].args.defaults:
            return None
        return len(written[0].args.args) - isinstance(argument, ast.Attribute)

    def _receiver(self, node: ast.expr) -> str | None:
        """The class that is asked, where it is named right there: `NSAlert` or `NSAlert.alloc()`."""
        if member := self._member(node):
            return member[1] if re.match("[A-Z]{2}", member[1]) else None
        made = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "alloc"
        )
        return self._receiver(node.func.value) if made else None  # type: ignore[attr-defined]

    def _of_python(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute | ast.Call):
            node = node.value if isinstance(node, ast.Attribute) else node.func
        return isinstance(node, ast.Name) and node.id in self._others

    def _methods(self) -> Iterator[Method]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef) and any(self._member(base) for base in node.bases):
                for one in node.body:
                    if isinstance(one, ast.FunctionDef):
                        yield Method(
                            one.lineno,
                            node.name,
                            one.name,
                            len(one.args.posonlyargs + one.args.args) - 1,
                            any("python_method" in ast.unparse(mark) for mark in one.decorator_list),
                        )


def _given(node: ast.Call) -> int:
    """Its arguments; -1 where names or stars hide how many they are, which a selector never takes."""
    starred = any(isinstance(argument, ast.Starred) for argument in node.args)
    return -1 if starred or node.keywords else len(node.args)
