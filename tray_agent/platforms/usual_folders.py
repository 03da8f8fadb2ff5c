"""Where programs usually keep a person's files here, as platformdirs knows it for every system and oddity."""

from __future__ import annotations

import warnings
from pathlib import Path

import platformdirs

Places = tuple[Path, Path, Path]
"""For settings, for state and for what lives only while the program runs."""


def apart(app: str) -> Places:
    """Three folders in three places; raises `PermissionError` where one is not the person's."""
    with warnings.catch_warnings():
        # Outside a login session there is no runtime folder; its substitute serves as well.
        warnings.simplefilter("ignore", platformdirs.RuntimeDirWarning)
        folders = platformdirs.PlatformDirs(app, appauthor=False)
        return folders.user_config_path, folders.user_state_path, folders.user_runtime_path


def together(app: str) -> Places:
    """Three in one folder, never in one for what is temporary: that is swept now and then."""
    root = platformdirs.PlatformDirs(app, appauthor=False).user_data_path
    return root / "config", root / "state", root / "runtime"
