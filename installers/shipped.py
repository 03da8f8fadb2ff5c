"""What the installers bring along: packages by the lock, and what a frozen Python holds besides.

The Python that freezes writes down what it has, into the program itself, so that the bill of an installer
can be made where it is packed.  A system is named as `sys.platform` names it.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from xml.parsers import expat

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.txt"
CONTENTS = ROOT / "build" / "contents.json"
"""What was frozen; the program carries it under this name."""
SYSTEMS = ("linux", "win32", "darwin")

_TABLE = ROOT / "installers" / "licences.toml"
LICENCES: dict[str, dict[str, str]] = tomllib.loads(_TABLE.read_text("utf-8"))
"""SPDX expressions by name: of `packages`, and of other `parts`."""

# pyproject.toml asks for it on Windows alone, but icalendar and dateutil do everywhere.
_EVERYWHERE = {"tzdata"}
_VERSION = re.compile(r"\d[\w.]*")


@dataclass(frozen=True, slots=True)
class Package:
    """One that the lock pins; `hashes` are the SHA-256 of each wheel it allows."""

    name: str
    version: str
    hashes: tuple[str, ...]
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a program was frozen with: versions by name; `libraries` are packages of Debian and its kin."""

    system: str
    packages: dict[str, str]
    parts: dict[str, str]
    libraries: dict[str, str]


def packages(system: str | None = None) -> list[Package]:
    """The lock for that system, or for all, by name."""
    elsewhere = _direct_markers()
    entries = LOCK.read_text("utf-8").replace("\\\n", " ").splitlines()
    found = [_package(line, elsewhere) for line in entries if line and not line.startswith("#")]
    return [package for package in found if system is None or system in package.systems]


def contents(binaries: Iterable[str] = ()) -> Contents:
    """What this very Python would freeze with these files, named by where they lie."""
    here = {package.name: installed_version(package.name) for package in packages(sys.platform)}
    found = {name: there for name, there in here.items() if there is not None}
    return Contents(sys.platform, found, _parts(), libraries(binaries))


def write(binaries: Iterable[str] = ()) -> Path:
    """Write `CONTENTS`; raises `OSError`."""
    CONTENTS.parent.mkdir(exist_ok=True)
    described = json.dumps(asdict(contents(binaries)), indent=2)
    CONTENTS.write_text(described + "\n", "utf-8", newline="\n")
    return CONTENTS


def read(file: Path) -> Contents:
    """What stands in such a file; raises `OSError`, `ValueError` and `TypeError`."""
    return Contents(**json.loads(file.read_text("utf-8")))


def libraries(binaries: Iterable[str]) -> dict[str, str]:
    """The system's packages that some of these files are from; where there is no dpkg, none is known."""
    files = {spelt for binary in binaries for spelt in _spellings(binary)}
    if not files or shutil.which("dpkg-query") is None:
        return {}
    owners = {line.partition(":")[0] for line in _lines("--search", *sorted(files))}
    # What Debian makes of CPython is counted as CPython.
    names = [name for name in sorted(owners) if not re.match(r"(lib)?python3|diversion ", name)]
    if not names:
        return {}
    shown = _lines("--show", "--showformat", "${Package} ${Version}\\n", *names)
    return dict(sorted((name, there) for name, _space, there in (line.partition(" ") for line in shown)))


def installed_version(name: str) -> str | None:
    """The version of a package that is installed here."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _parts() -> dict[str, str]:
    known = {
        "cpython": platform.python_version(),
        "expat": _number(expat.EXPAT_VERSION),
        "openssl": _number(ssl.OPENSSL_VERSION),
        "pyinstaller-bootloader": installed_version("pyinstaller"),
        "qt": installed_version("pyside6-essentials"),
        "sqlite": sqlite3.sqlite_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    return {name: there for name, there in known.items() if there is not None}


def _spellings(file: str) -> set[str]:
    """Packages name a file with or without the /usr that both lie in by now."""
    real = os.path.realpath(file)
    return {real, real.removeprefix("/usr")}


def _lines(*words: str) -> list[str]:
    """What dpkg says; of files that no package has it complains elsewhere."""
    done = subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def _package(line: str, elsewhere: dict[str, Any]) -> Package:
    wanted, *hashes = line.split(" --hash=sha256:")
    pin = Requirement(wanted.strip())
    markers = [marker for marker in (pin.marker, elsewhere.get(pin.name)) if marker is not None]
    systems = [name for name in SYSTEMS if all(each.evaluate({"sys_platform": name}) for each in markers)]
    (specifier,) = pin.specifier
    return Package(pin.name, specifier.version, tuple(each.strip() for each in hashes), tuple(systems))


def _direct_markers() -> dict[str, Any]:
    """The lock leaves out the markers of what the system needs that resolved it; pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    return {each.name: each.marker for each in wanted if each.marker and each.name not in _EVERYWHERE}


def _number(text: str) -> str:
    found = _VERSION.search(text)
    return found.group() if found else text
