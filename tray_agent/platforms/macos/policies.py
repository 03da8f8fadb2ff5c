"""Policies on a Mac: what a profile forces is mandatory; /Library/Preferences is where people start from.

Both speak for the whole machine.  What people wrote into their own preferences is no policy.
Sources: Apple, "Profile-Specific Payload Keys"; "CFPreferencesAppValueIsForced".
"""

from __future__ import annotations

import plistlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from tray_agent.platforms.macos.bundle import APP
from tray_agent.platforms.macos.folder_watch import FolderWatch
from tray_agent.platforms.macos.preferences import plain, preferences
from tray_agent.ports import Loop, Policy, PolicyTrouble
from tray_agent.shell.words import _

LIBRARY = Path("/Library")


class ManagedPreferences:
    """Keeps `ports.Policies` for these names; `library` is the machine's own Library folder."""

    def __init__(self, names: Collection[str], library: Path = LIBRARY) -> None:
        self._names = names
        self._profiles = library / "Managed Preferences"
        self._start = library / "Preferences" / f"{APP}.plist"

    def read(self) -> Iterator[Policy | PolicyTrouble]:
        """All that stands there now; only what has one of the names is known to a profile."""
        for name, found in preferences(self._names).items():
            if found.forced:
                yield Policy(name, found.value, mandatory=True, machine=True, source=f"profile for {APP}")
        try:
            given = plistlib.loads(self._start.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            yield PolicyTrouble(
                str(self._start), _("the file cannot be read: {why}").format(why=error.strerror)
            )
        except (ValueError, plistlib.InvalidFileException):
            yield PolicyTrouble(str(self._start), _("the file is no property list"))
        else:
            for name, value in given.items():
                yield Policy(name, plain(value), mandatory=False, machine=True, source=str(self._start))

    def watch(self, loop: Loop, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed` when a profile came or went, or somebody wrote into /Library/Preferences."""
        watches = [FolderWatch(loop, folder, changed) for folder in (self._profiles, self._start.parent)]

        def close() -> None:
            for watch in watches:
                watch.close()

        return close
