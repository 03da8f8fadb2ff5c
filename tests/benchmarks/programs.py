"""The programs that are measured, and how much they put on a disk."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LISTED = Path(__file__).with_name("programs.toml")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Program:
    """One tray program: what starts it, the Debian packages it comes in, and files to be put into its
    home.  `folders` are what it has beside packages: its own, then all it came with.
    """

    name: str
    command: tuple[str, ...]
    packages: tuple[str, ...]
    about: str = ""
    folders: tuple[Path, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def version(self) -> str:
        """As Debian tells it, without epoch and revision; of a program of folders, as it says itself."""
        if self.folders:
            said = subprocess.run([self.command[0], "--version"], capture_output=True, text=True, check=True)
            return said.stdout.split()[-1]
        return _ask_dpkg("${Version}", self.packages[:1]).rpartition(":")[2].partition("-")[0]

    def own_mib(self) -> float:
        """Installed size of the program alone."""
        if self.folders:
            return folder_mib(self.folders[0])
        return _installed_mib(self.packages[:1])

    def whole_mib(self) -> float:
        """Installed size with all it depends on, down to the C library."""
        return _installed_mib(needed(self.packages)) + sum(map(folder_mib, self.folders[1:]))


def peers() -> list[Program]:
    """Those of `programs.toml`."""
    listed = tomllib.loads(LISTED.read_text("utf-8"))["peers"]
    return [
        Program(name, tuple(one["command"]), tuple(one["packages"]), one["about"], files=one.get("files", {}))
        for name, one in listed.items()
    ]


def needed(packages: Sequence[str]) -> list[str]:
    """These packages and every installed one they depend on, at any remove."""
    options = ["--recurse", "--installed", "--no-suggests", "--no-recommends", "--no-enhances"]
    options += ["--no-conflicts", "--no-breaks", "--no-replaces"]
    said = subprocess.run(
        ["apt-cache", "depends", *options, *packages], capture_output=True, text=True, check=True
    )
    # Names that stand at the margin are packages; <angles> are names that several packages provide.
    return sorted({line for line in said.stdout.splitlines() if line[:1].isalnum()})


def folder_mib(folder: Path) -> float:
    """What the files below a folder take, by their lengths."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / MIB


def _installed_mib(packages: Sequence[str]) -> float:
    return sum(map(int, _ask_dpkg("${Installed-Size}\\n", packages).split())) / 1024


def _ask_dpkg(field: str, packages: Sequence[str]) -> str:
    """The field of each package; nothing of those that are none."""
    said = subprocess.run(
        ["dpkg-query", "--show", "--showformat", field, *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout
