"""What PyObjC's own wheels for macOS know of its frameworks: names, arguments of functions, selectors.

The wheels are unpacked under `build/macos` and never imported.  Most classes and ordinary selectors are not
in their metadata, since the bridge asks the system for them; those that we use are written down in
tests/platforms/macos/api.
"""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.places import ROOT
from tests.support.pyobjc_metadata import metadata

HOME = ROOT / "build" / "macos"
LOCK = ROOT / "requirements" / "macos.txt"
TABLES = ROOT / "tests" / "platforms" / "macos" / "api"
# Enough of any build to read it, on any system.
MAC = ["--only-binary", ":all:", "--platform", "macosx_15_0_arm64", "--python-version", "3.11"]


def unpacked() -> Path:
    """The folder that has the wheels' files, fetched if the lock has changed."""
    folder = HOME / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    if not folder.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=HOME))
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--no-input",
            "download",
            "--quiet",
        ]
        exactly = [
            "--require-hashes",
            "--no-deps",
            "--requirement",
            str(LOCK),
            "--dest",
            str(fresh / "wheels"),
        ]
        subprocess.run([*pip, *MAC, *exactly], check=True, timeout=300)
        for wheel in (fresh / "wheels").iterdir():
            with zipfile.ZipFile(wheel) as archive:
                # The bridge's own tests and its debugging symbols are most of its size.
                wanted = [name for name in archive.namelist() if not re.search("PyObjCTest|dSYM", name)]
                archive.extractall(fresh, wanted)
        with suppress(OSError):  # another run of the tests may have been quicker
            fresh.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


@dataclass(frozen=True)
class Listed:
    """A class in our tables: its superclass and what Apple's `page` says that it answers to."""

    framework: str
    parent: str | None
    page: str
    selectors: frozenset[str]


@cache
def tables() -> dict[str, Listed]:
    """Every class in tests/platforms/macos/api, by name."""
    found = {}
    for path in sorted(TABLES.glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text("utf-8")).items():
            selectors = frozenset(entry.get("selectors", ()))
            found[name] = Listed(path.stem, entry.get("super"), entry["page"], selectors)
    return found


class Wheels:
    """The frameworks, as the wheels and our tables have them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._metadata = [metadata(path) for path in sorted(folder.glob("**/_metadata.py"))]
        self._binaries = b"".join(path.read_bytes() for path in sorted(folder.glob("*/_[A-Z]*.so")))

    def offers(self, module: str, name: str) -> bool:
        """Whether `from module import name` works, as far as can be told."""
        listed = tables().get(name)
        return name in self.names(module) or (
            listed is not None and listed.framework in {one.lower() for one in self._lineage(module)}
        )

    def names(self, module: str) -> frozenset[str]:
        """What the module and those it is made of have in writing."""
        return _names(self._folder, module)

    def value(self, name: str) -> int | None:
        """The number behind an enumerated name; None where that is not known."""
        return next((data.values[name] for data in self._metadata if name in data.values), None)

    def arguments(self, name: str) -> int | None:
        """How many arguments the function takes; None where that is not known."""
        found = [data.functions[name] for data in self._metadata if name in data.functions]
        return found[0] if found else None

    def block(self, selector: str, place: int) -> int | None:
        """How many arguments the block gets that is argument `place` of the selector; None if not known."""
        found = [data.blocks[selector, place] for data in self._metadata if (selector, place) in data.blocks]
        return found[0] if found else None

    def selector(self, name: str) -> bool:
        """Whether anything answers to the selector."""
        return (
            any(name in entry.selectors for entry in tables().values())
            or any(name in known for data in self._metadata for known in data.selectors.values())
            or self.of_protocol(name)
        )

    def answers(self, class_name: str, name: str) -> bool:
        """Whether objects of the class, or it itself, answer to the selector."""
        at: str | None = class_name
        while at is not None:
            entry = tables().get(at)
            if entry is not None and name in entry.selectors:
                return True
            if any(name in data.selectors.get(at, ()) for data in self._metadata):
                return True
            at = entry.parent if entry is not None else (None if at == "NSObject" else "NSObject")
        return False

    def of_protocol(self, name: str) -> bool:
        """Whether a delegate or another such helper may be asked this."""
        compiled = f"\0{name}\0".encode() in self._binaries
        return compiled or any(name in data.protocols for data in self._metadata)

    def _lineage(self, module: str) -> set[str]:
        return {module} | {one for parent in _parents(self._folder, module) for one in self._lineage(parent)}


@cache
def _parents(folder: Path, module: str) -> tuple[str, ...]:
    """The modules whose names this one has too: the `parents=` of its `__init__`."""
    path = folder.joinpath(*module.split("."), "__init__.py")
    if not path.exists():
        return ()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "parents" and isinstance(node.value, ast.Tuple):
            named = [one.id for one in node.value.elts if isinstance(one, ast.Name)]
            return tuple(name if (folder / name).is_dir() else f"{module}.{name}" for name in named)
    return ()


@cache
def _names(folder: Path, module: str) -> frozenset[str]:
    place = folder.joinpath(*module.split("."))
    if not place.is_dir():
        return frozenset(_written(place.with_suffix(".py")) | _compiled(place))
    found = set(metadata(place / "_metadata.py").names) | _written(place / "__init__.py")
    if module == "objc":  # it takes what its parts have
        found |= {name for part in place.glob("_*.py") for name in _written(part)} | _compiled(
            place / "_objc"
        )
    found |= _compiled(place / "_inlines")
    return frozenset(found.union(*(_names(folder, parent) for parent in _parents(folder, module))))


def _written(path: Path) -> set[str]:
    """What a Python file defines."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8") if path.exists() else "")
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):  # set in a function that is called at once
            found |= set(node.names)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def _compiled(path: Path) -> set[str]:
    """Every word in an extension module; more than it defines, and all that it does."""
    found: set[str] = set()
    for binary in path.parent.glob(f"{path.name}.*.so"):
        found |= {word.decode() for word in re.findall(rb"\0(\w{2,})(?=\0)", binary.read_bytes())}
    return found
