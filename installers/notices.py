"""Writes build/THIRD_PARTY_NOTICES: who else's work the frozen program holds, with their licences' words.

The Python that freezes makes it, because the words are those in the packages as they are installed.  It is
another one for each system and version, and so is not committed.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from installers import shipped

FILE = shipped.ROOT / "build" / "THIRD_PARTY_NOTICES"
_WORDS = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_RULE = "=" * 78
_HEAD = """\
Tray Agent is under the MIT licence, in the file LICENSE. Its installers bring along the work of others, which
is named here with its licence. None of its sources was changed. What is under the LGPL lies in files of its
own in the folder of the program, or as Python modules, and may be replaced by another build of the same
interface.
"""
# These wheels have no file with the words; another one brings the same.
_WORDS_UNDER = {"pyside6-essentials": "pystray", "shiboken6": "pystray", "qt": "pystray"}
_OF_PARTS = {
    "expat": "Its words come with Python's own licence.",
    "openssl": "Apache License 2.0, printed under tzdata.",
    "pyinstaller-bootloader": "What is built with it may be given away under any licence.",
    "sqlite": "Its authors have put it in the public domain.",
    "zlib": "Copyright Jean-loup Gailly and Mark Adler; provided as is, without any warranty.",
}


def text(held: shipped.Contents) -> str:
    """All of it for a program that holds this."""
    return "\n".join(_lines(held))


def write() -> Path:
    """The file for what `shipped.write` found; raises `OSError`."""
    FILE.write_text(text(shipped.read(shipped.CONTENTS)), "utf-8", newline="\n")
    return FILE


def _lines(held: shipped.Contents) -> Iterator[str]:
    yield _HEAD
    licences = shipped.LICENCES
    for name, version in held.packages.items():
        yield from _section(name, version, licences["packages"][name], _of_package(name))
    for name, version in held.parts.items():
        yield from _section(name, version, licences["parts"][name], _of_part(name))
    for name, version in held.libraries.items():
        yield from _section(name, version, "see below", _of_library(name))


def _section(name: str, version: str, licence: str, words: str) -> Iterator[str]:
    yield from (_RULE, f"{name} {version}", f"Licence: {licence}", _RULE, "", words.strip(), "")


def _of_package(name: str) -> str:
    found = [*_texts(name)]
    return "\n\n".join(found) if found else _elsewhere(name)


def _of_part(name: str) -> str:
    if name == "cpython":
        return "\n\n".join(_of_python()) or "Its words: docs.python.org/3/license.html"
    return _OF_PARTS.get(name) or _elsewhere(name)


def _of_library(name: str) -> str:
    """What Debian has gathered of who wrote it and on which terms."""
    file = Path("/usr/share/doc") / name / "copyright"
    return file.read_text("utf-8", errors="replace") if file.is_file() else _elsewhere(name)


def _elsewhere(name: str) -> str:
    if name in _WORDS_UNDER:
        return f"The words of the licence are printed under {_WORDS_UNDER[name]}."
    return "The words of the licence are in the package itself."


def _texts(name: str) -> Iterator[str]:
    """What the package says of its licence, file by file."""
    try:
        found: Distribution = distribution(name)
    except PackageNotFoundError:
        return
    for file in sorted(found.files or (), key=str):
        if ".dist-info/" in file.as_posix() and _WORDS.search(file.as_posix()):
            yield Path(file.locate()).read_text("utf-8", errors="replace").strip()


def _of_python() -> Iterator[str]:
    for folder in (sysconfig.get_path("stdlib"), sys.base_prefix):
        file = Path(folder) / "LICENSE.txt"
        if file.is_file():
            yield file.read_text("utf-8", errors="replace").strip()
            return
