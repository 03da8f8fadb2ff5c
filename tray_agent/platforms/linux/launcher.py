"""Our entry in the applications menu: with no icon in a panel it is how a person reaches the agent.

Running it a second time hands over to the agent that runs; its actions are commands to that agent.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tray_agent.platforms.linux import desktop_entry, whole_file
from tray_agent.platforms.linux.desktop_entry import APP, FILE, MAIN, OURS, in_every_language, marked
from tray_agent.platforms.linux.xdg_folders import data_dirs, data_home

_ACTIONS = (
    ("Break", marked("Take a break"), ("break",)),
    ("Pause", marked("Pause for an hour"), ("pause", "1h")),
    ("Standing", marked("I'm standing"), ("standing",)),
    ("Quit", marked("Quit"), ("quit",)),
)


class Launcher:
    """The entry for the agent that `command` starts; `icon` is a file or the name of a themed icon."""

    def __init__(
        self, command: Sequence[str], icon: str = APP, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._text = text(command, icon, {OURS: "true"})
        self._own = data_home(environ) / "applications" / FILE
        self._for_everybody = [folder / "applications" / FILE for folder in data_dirs(environ)]

    def ensure(self) -> Path:
        """See that menus have an entry and return its file; raises `OSError`.

        A package's entry is enough, and one that the person wrote is theirs; ours is kept up to date,
        since Python and the agent may have moved.
        """
        if self._own.exists() and not self._is_ours():
            return self._own
        packaged = next((file for file in self._for_everybody if file.exists()), None)
        if packaged is not None:
            self._own.unlink(missing_ok=True)
            return packaged
        if not self._own.exists() or self._own.read_text("utf-8", "surrogateescape") != self._text:
            whole_file.write(self._own, self._text)
        return self._own

    def _is_ours(self) -> bool:
        return desktop_entry.read(self._own).get(OURS) == "true"


def text(command: Sequence[str], icon: str, more: Mapping[str, str] | None = None) -> str:
    """The entry, with `more` keys and an action for what one would look for in the icon's menu."""
    groups = {
        MAIN: {
            "Type": "Application",
            "Version": "1.1",
            **in_every_language("Name", marked("Tray Agent")),
            **in_every_language("GenericName", marked("Break Timer")),
            **in_every_language(
                "Comment", marked("Asks you to stand up when you have been sitting for long")
            ),
            "Exec": desktop_entry.command_line((*command, "run")),
            "Icon": icon,
            "Terminal": "false",
            "Categories": "Utility;",
            **in_every_language("Keywords", marked("break;posture;sitting;standing;stretch;health;")),
            # The window, if there is one, belongs to the agent that ran before, and would not be matched.
            "StartupNotify": "false",
            "X-GNOME-SingleWindow": "true",
            "Actions": "".join(f"{name};" for name, _label, _verb in _ACTIONS),
            **(more or {}),
        }
    }
    for name, label, verb in _ACTIONS:
        groups[f"Desktop Action {name}"] = {
            **in_every_language("Name", label),
            "Exec": desktop_entry.command_line((*command, *verb)),
        }
    return desktop_entry.text(groups)
