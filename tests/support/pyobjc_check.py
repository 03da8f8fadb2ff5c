"""Compares what our code for macOS uses, and what the tests' stand-ins offer, with what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.pyobjc_uses import SELECTOR, Method, Sent, Uses
from tests.support.pyobjc_wheels import Wheels

THEIRS = re.compile(r"(NS|UN|SM|CF|CG|AX|CMIO|Audio(Object|Hardware|Device)|k[A-Z])\w+")


def complaints(path: Path, wheels: Wheels) -> list[str]:
    """What is wrong in a source file, a line for each."""
    uses = Uses(path)
    own = {method.selector for method in uses.methods}
    found = [*_names(uses, wheels), *_methods(uses, wheels)]
    for sent in uses.sent:
        if sent.selector not in own or sent.receiver:
            found += _sent(sent, wheels)
    for line, text in uses.quoted:
        if text not in own and not wheels.selector(text):
            found.append(f"{line}: nothing answers to {text!r}")
    return [f"{path.name}:{text}" for text in found]


def _names(uses: Uses, wheels: Wheels) -> Iterator[str]:
    for use in uses.names:
        wanted = wheels.arguments(use.name)
        if not wheels.offers(use.module, use.name):
            yield f"{use.line}: {use.module} has no {use.name}"
        elif use.given is not None and wanted is not None and use.given != wanted:
            yield f"{use.line}: {use.name} takes {wanted} arguments, not {use.given}"


def _sent(sent: Sent, wheels: Wheels) -> Iterator[str]:
    if sent.selector.count(":") != sent.given:
        yield f"{sent.line}: {sent.selector} takes as many arguments as it has colons, not {sent.given}"
    for place, takes in sent.blocks:
        gets = wheels.block(sent.selector, place)
        if gets is not None and gets != takes:
            yield f"{sent.line}: the block of {sent.selector} gets {gets} arguments, it takes {takes}"
    if sent.receiver and not wheels.answers(sent.receiver, sent.selector):
        yield f"{sent.line}: {sent.receiver} does not answer to {sent.selector}"
    elif not wheels.selector(sent.selector):
        yield f"{sent.line}: nothing answers to {sent.selector}"


def _methods(uses: Uses, wheels: Wheels) -> Iterator[str]:
    for method in uses.methods:
        yield from _method(method, wheels)
    if any(isinstance(node, ast.Call) and ast.unparse(node.func) == "super" for node in ast.walk(uses.tree)):
        for method in uses.methods:
            yield f"{method.line}: a subclass in Objective-C needs objc.super, not super"
            break


def _method(method: Method, wheels: Wheels) -> Iterator[str]:
    """PyObjC refuses a class with a method whose name and arguments do not agree."""
    selector = method.selector
    if selector is None:
        return
    given = selector.count(":")
    if given != method.takes:
        yield f"{method.line}: {selector} would be called with {given} arguments, it takes {method.takes}"
    if given > 1 and not wheels.of_protocol(selector) and not wheels.selector(selector):
        yield f"{method.line}: nothing ever calls {selector}"


def stands_in_for(path: Path) -> str | None:
    """The module whose place it takes: its FRAMEWORK."""
    found = re.search(r'^FRAMEWORK = "(.+)"', path.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else None


def stand_in_complaints(path: Path, wheels: Wheels) -> list[str]:
    """What a stand-in offers that the real framework does not, a line for each."""
    framework = stands_in_for(path)
    assert framework is not None
    found: list[str] = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and THEIRS.fullmatch(node.name):
            if not wheels.offers(framework, node.name):
                found.append(f"{node.lineno}: {framework} has no {node.name}")
            found += _stand_in_class(node, wheels)
        elif isinstance(node, ast.FunctionDef) and THEIRS.fullmatch(node.name):
            found += _stand_in_function(node, framework, wheels)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found += _stand_in_values(node, framework, wheels)
    return [f"{path.name}:{text}" for text in found]


def _stand_in_class(node: ast.ClassDef, wheels: Wheels) -> Iterator[str]:
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and _is_selector(method):
            selector = method.name.replace("_", ":")
            marks = {ast.unparse(mark) for mark in method.decorator_list}
            takes = len(method.args.posonlyargs + method.args.args) - ("staticmethod" not in marks)
            if not wheels.answers(node.name, selector):
                yield f"{method.lineno}: {node.name} does not answer to {selector}"
            if takes != selector.count(":") and method.args.vararg is None:
                yield f"{method.lineno}: {selector} has as many arguments as colons, not {takes}"


def _is_selector(method: ast.FunctionDef) -> bool:
    """A word of all small letters may be a helper of ours, which a test calls."""
    return SELECTOR.fullmatch(method.name) is not None


def _stand_in_function(node: ast.FunctionDef, framework: str, wheels: Wheels) -> Iterator[str]:
    wanted = wheels.arguments(node.name)
    takes = len(node.args.posonlyargs + node.args.args)
    if not wheels.offers(framework, node.name):
        yield f"{node.lineno}: {framework} has no {node.name}"
    elif wanted is not None and takes != wanted and node.args.vararg is None:
        yield f"{node.lineno}: {node.name} takes {wanted} arguments, not {takes}"


def _stand_in_values(node: ast.Assign | ast.AnnAssign, framework: str, wheels: Wheels) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for name in [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]:
        known = wheels.value(name)
        if not THEIRS.fullmatch(name):
            continue
        if not wheels.offers(framework, name):
            yield f"{node.lineno}: {framework} has no {name}"
        elif known is not None and isinstance(node.value, ast.Constant) and node.value.value != known:
            yield f"{node.lineno}: {name} is {known}, not {node.value.value!r}"
