"""The real pynput's own file for macOS where there is no Mac, over the stand-ins and without its Carbon part.

That part reads the keyboard's layout, which nothing of ours may do; so a listener that tried would fail here.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

CARBON = {"CarbonExtra", "keycode_context", "keycode_to_string", "get_unicode_to_keycode_map"}
OURS = "tray_agent.platforms.macos.pynput_tap"
FRAMEWORKS: dict[str, dict[str, object]] = {
    "HIServices": {"AXIsProcessTrusted": lambda: False},
    "CoreFoundation": {"CFRelease": lambda _thing: None},
}


@contextmanager
def pynput_of_macos() -> Iterator[None]:
    """Until it ends, pynput is as it is on a Mac; afterwards it is as it was."""
    before = _taken_out()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYNPUT_BACKEND", "dummy")
        for name, members in FRAMEWORKS.items():
            module = ModuleType(name)
            module.__dict__.update(members)
            patch.setitem(sys.modules, name, module)
        util = importlib.import_module("pynput._util")
        sys.modules["pynput._util.darwin"] = _darwin(Path(util.__path__[0]) / "darwin.py")
        yield
    _taken_out()
    sys.modules.update(before)


def _taken_out() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name.partition(".")[0] == "pynput" or name == OURS]
    return {name: sys.modules.pop(name) for name in names}


def _darwin(path: Path) -> ModuleType:
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [
        each
        for each in tree.body
        if not (isinstance(each, ast.ClassDef | ast.FunctionDef) and each.name in CARBON)
    ]
    module = ModuleType("pynput._util.darwin")
    module.__package__ = "pynput._util"
    exec(compile(tree, str(path), "exec"), module.__dict__)  # noqa: S102  the installed file itself
    return module
