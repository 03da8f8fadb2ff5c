"""Writes SHA256SUMS into a folder, for every other file in it: `sha256sum --check` reads it.

python3 -m installers.checksums build/packages
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def sums(folder: Path) -> str:
    """A line for each file of the folder, by name; raises `OSError`."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != NAME)
    return "".join(f"{_digest(file)}  {file.name}\n" for file in files)


def write(folder: Path) -> Path:
    """The file itself; raises `OSError`."""
    file = folder / NAME
    file.write_text(sums(folder), "utf-8", newline="\n")
    return file


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(write(Path(name)))
