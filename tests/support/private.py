"""Who may read a file or a folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def private(*paths: Path) -> bool:
    """Whether these are there, and for their owner alone.

    Windows keeps no such bits: what lies in a person's profile inherits its access list.
    """
    return all(path.exists() and (os.name == "nt" or _mode(path) == _alone(path)) for path in paths)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _alone(path: Path) -> int:
    return 0o700 if path.is_dir() else 0o600
