"""What a framework's `_metadata.py` in PyObjC's wheels registers: names, arguments of functions, selectors.

It is data in the shape of a module: it is run with a stand-in for `objc` that writes down what it is told.
"""

from __future__ import annotations

import builtins
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any


@dataclass
class Metadata:
    """What one `_metadata.py` registers: `functions` with their number of arguments, None for any.

    `blocks` has the number of arguments that a block gets, by selector and its place among the arguments.
    """

    names: set[str] = field(default_factory=set)
    values: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int | None] = field(default_factory=dict)
    selectors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    protocols: set[str] = field(default_factory=set)
    blocks: dict[tuple[str, int], int] = field(default_factory=dict)


@cache
def metadata(path: Path) -> Metadata:
    """What is registered there; nothing where there is no such file."""
    found = Metadata()
    if not path.exists():
        return found
    namespace: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": _importer(found)}}
    exec(compile(path.read_text("utf-8"), f"{path}", "exec"), namespace)  # noqa: S102 the wheel's hash is locked
    for listed in (namespace.get("constants", ""), namespace.get("enums", "")):
        found.names |= {entry.partition("@")[0] for entry in listed.split("$") if entry}
    numbered = re.findall(r"\$(\w+)@(-?\d+)(?=\$)", namespace.get("enums", ""))
    found.values = {name: int(value) for name, value in numbered}
    for name, (encoding, *more) in namespace.get("functions", {}).items():
        variadic = len(more) > 1 and more[1].get("variadic", False)
        found.functions[name] = None if variadic else len(list(types_in(encoding.decode()))) - 1
    for named in ("misc", "aliases", "expressions", "functions"):
        found.names |= set(namespace.get(named, {}))
    found.names |= {entry[0] for entry in namespace.get("cftypes", [])}
    found.names |= set(found.selectors)
    return found


def _importer(found: Metadata) -> Any:
    """An `import` for which `objc` is what writes down into `found`."""

    def selector(_call: object, name: bytes, *_more: object, **_how: object) -> None:
        found.protocols.add(name.decode())

    def register(class_name: bytes, name: bytes, what: Mapping[str, Any]) -> None:
        found.selectors[class_name.decode()].add(name.decode())
        for place, argument in what.get("arguments", {}).items():
            if "callable" in argument:  # the first of its arguments is the block itself
                found.blocks[name.decode(), place - 2] = len(argument["callable"]["arguments"]) - 1

    def keywords(class_name: str, name: bytes) -> None:
        found.selectors[class_name].add(name.decode())

    def more_keywords(class_name: str, _words: object, name: str) -> None:
        found.selectors[class_name].add(name.replace("_", ":"))

    objc = SimpleNamespace(
        arch="arm64",
        _updatingMetadata=lambda *_: None,
        registerMetaDataForSelector=register,
        registerNewKeywordsFromSelector=keywords,
        registerNewKeywords=more_keywords,
        selector=selector,
        **dict.fromkeys(
            ("createOpaquePointerType", "createStructType", "informal_protocol"), lambda *_, **__: None
        ),
    )

    def importing(name: str, *_more: object) -> Any:
        return objc if name == "objc" else __import__(name)

    return importing


def types_in(encoding: str) -> Iterator[str]:
    """Each type of an encoded signature, that of the result first."""
    start = at = 0
    while at < len(encoding):
        at = _end_of_type(encoding, at)
        yield encoding[start:at]
        start = at


def _end_of_type(encoding: str, at: int) -> int:
    while encoding[at] in "rnNoORV^A":  # qualifiers, and pointers to what follows
        at += 1
    if encoding[at] in "{([":
        depth = 0
        while True:
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(encoding[at], 0)
            at += 1
            if depth == 0:
                return at
    at += 1
    if encoding[at - 1] == "@":
        return at + len(re.match(r'\?(<[^>]*>)?|"[^"]*"|', encoding[at:])[0])  # type: ignore[index]
    return at + (len(re.match(r"\d*", encoding[at:])[0]) if encoding[at - 1] == "b" else 0)  # type: ignore[index]
