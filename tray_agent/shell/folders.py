"""Where the agent keeps its files: settings, state and what lives only while it runs.

The system's own places are used unless the variable TRAY_AGENT_HOME names a folder: then everything
lies in its `config`, `state` and `runtime`, which is how a demonstration or a portable copy keeps
apart from the agent of the same person.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tray_agent.shell.words import _

if TYPE_CHECKING:
    from tray_agent.ports import Health

HOME = "TRAY_AGENT_HOME"
_LONGEST_SOCKET = 103

Usual = Callable[[], tuple[Path, Path, Path]]
"""Where the system has the folders for settings, state and what lives only while the agent runs."""


class UnusableFolder(Exception):
    """A folder that cannot hold the agent's files; as a `str` one sentence for people."""


class UnwritableFolder(UnusableFolder):
    """A folder that is the person's own, but cannot be made or written at present."""


class Folders(NamedTuple):
    """The folders for settings, for state and for what lives only while the agent runs.

    `settings` is the settings file, which may lie elsewhere.
    """

    config: Path
    state: Path
    runtime: Path
    settings: Path

    @property
    def snapshot(self) -> Path:
        """The engine's last saved state."""
        return self.state / "state.json"

    @property
    def history(self) -> Path:
        """The database of breaks, prompts and doses."""
        return self.state / "history.sqlite3"

    @property
    def socket(self) -> Path:
        """Where a running agent listens to the command line; Windows makes the name of a pipe of it."""
        return self.runtime / "agent.sock"

    def make(self) -> tuple[str, ...]:
        """Make the folders, for their owner alone; a sentence for each that the agent can do without.

        Settings and state stay in memory for as long as their folders cannot be written.  Raises
        `UnusableFolder` for one that is somebody else's, where nothing private may lie, and for the
        runtime folder, without which nobody could ask the agent anything.
        """
        if os.name == "posix" and len(os.fsencode(self.socket)) > _LONGEST_SOCKET:
            raise UnusableFolder(_("the folder {folder} has too long a name").format(folder=self.runtime))
        _make_private(self.runtime)
        troubles = []
        for folder in (self.config, self.state):
            try:
                _make_private(folder)
            except UnwritableFolder as trouble:
                troubles.append(str(trouble))
        return tuple(troubles)

    def health(self) -> Health:
        """Whether the settings can be changed: by the menu, a window or `set`."""
        # Most commands only want a path, and answer a third sooner without what this loads.
        from tray_agent.ports import Health, State

        trouble = _unwritable(self.settings.parent)
        state = State.OK if trouble is None else State.DEGRADED
        return Health("settings", state, "file", trouble)


def find(usual: Usual, settings: Path | None = None, environ: Mapping[str, str] = os.environ) -> Folders:
    """The folders of this person; `settings` takes another settings file.  Raises `UnusableFolder`."""
    if home := environ.get(HOME):
        root = Path(home).expanduser().absolute()
        config, state, runtime = root / "config", root / "state", root / "runtime"
    else:
        try:
            config, state, runtime = usual()
        except PermissionError as error:
            raise UnusableFolder(str(error)) from None
    return Folders(config, state, runtime, settings.absolute() if settings else config / "settings.toml")


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if _somebody_elses(found):
            raise UnusableFolder(_("the folder {folder} belongs to somebody else").format(folder=folder))
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        sentence = _("the folder {folder} cannot be used: {why}")
        raise UnwritableFolder(sentence.format(folder=folder, why=error.strerror)) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise UnwritableFolder(_("the folder {folder} cannot be read and written").format(folder=folder))


def _unwritable(folder: Path) -> str | None:
    """Why no file can be put into the folder, in one clause; None when one can."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder} cannot be written"
    if hasattr(os, "statvfs") and os.statvfs(folder).f_bavail == 0:
        return f"the disk of {folder} is full"
    return None


def _somebody_elses(found: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and found.st_uid != os.geteuid()
