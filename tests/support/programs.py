"""Stand-ins for other people's programs: scripts on a PATH of the test's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


class Programs:
    """A folder that is the whole PATH, with the few real tools that scripts need."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        patch.setenv("PATH", f"{folder}")
        for tool in ("cat", "cp", "mv", "sleep"):
            found = shutil.which(tool, path="/usr/bin:/bin")
            assert found is not None
            (folder / tool).symlink_to(found)

    def add(self, name: str, *lines: str) -> None:
        """A program that does what the shell lines say; `$HERE` is the folder."""
        script = self.folder / name
        script.write_text("\n".join(["#!/bin/sh", f"HERE={self.folder}", *lines, ""]))
        script.chmod(0o755)

    def said(self, name: str) -> str:
        """What a program has written to the file `name` so far."""
        path = self.folder / name
        return path.read_text() if path.exists() else ""
