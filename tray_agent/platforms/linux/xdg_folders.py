"""The folders of the XDG Base Directory Specification, in which desktops look for files about programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

Environ = Mapping[str, str]


def config_home(environ: Environ) -> Path:
    """Where this person's configuration lies."""
    return _home(environ, "XDG_CONFIG_HOME", ".config")


def config_dirs(environ: Environ) -> list[Path]:
    """Where the machine's configuration lies, the most important first."""
    return _dirs(environ, "XDG_CONFIG_DIRS", "/etc/xdg")


def data_home(environ: Environ) -> Path:
    """Where this person's data files lie."""
    return _home(environ, "XDG_DATA_HOME", ".local/share")


def data_dirs(environ: Environ) -> list[Path]:
    """Where the machine's data files lie, the most important first."""
    return _dirs(environ, "XDG_DATA_DIRS", "/usr/local/share:/usr/share")


def state_home(environ: Environ) -> Path:
    """Where what this person's programs remember lies."""
    return _home(environ, "XDG_STATE_HOME", ".local/state")


def _home(environ: Environ, variable: str, default: str) -> Path:
    # The specification wants relative paths ignored.
    given = Path(environ.get(variable, ""))
    return given if given.is_absolute() else Path(environ.get("HOME") or Path.home()) / default


def _dirs(environ: Environ, variable: str, default: str) -> list[Path]:
    folders = (environ.get(variable) or default).split(":")
    return [Path(folder) for folder in folders if folder.startswith("/")]
