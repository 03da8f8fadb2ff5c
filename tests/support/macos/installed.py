"""Puts the stand-ins for PyObjC's modules where `import` finds them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType


def install() -> None:
    """Every module beside this one that names a FRAMEWORK, under that name; harmless the second time."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if "\nFRAMEWORK = " not in path.read_text("utf-8"):
            continue
        module = importlib.import_module(f"tests.support.macos.{path.stem}")
        package, _, name = module.FRAMEWORK.rpartition(".")
        if package:
            setattr(sys.modules.setdefault(package, ModuleType(package)), name, module)
        sys.modules[module.FRAMEWORK] = module
