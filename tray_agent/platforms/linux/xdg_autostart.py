"""The session's own list of programs to start: `autostart/*.desktop` (XDG Autostart Specification).

A file in the person's folder stands in for one of the same name that the machine has for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tray_agent.platforms.linux import desktop_entry, programs, whole_file
from tray_agent.platforms.linux.xdg_folders import config_dirs, config_home
from tray_agent.ports import Startup

NAME = "xdg"
_OFF_SWITCHES = ("X-GNOME-Autostart-enabled", "X-MATE-Autostart-enabled")


class XdgAutostart:
    """Our entry in the folders that `environ` names."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.file = config_home(environ) / "autostart" / desktop_entry.FILE
        self._for_everybody = [folder / "autostart" / desktop_entry.FILE for folder in config_dirs(environ)]
        self._desktops = environ.get("XDG_CURRENT_DESKTOP", "").split(":")
        self._environ = environ

    def status(self) -> Startup:
        """Whether a desktop would start us, and why not where the person did not say so."""
        file = next((file for file in (self.file, *self._for_everybody) if file.is_file()), None)
        if file is None:
            return Startup(on=False, mechanism=None)
        try:
            entry = desktop_entry.read(file)
        except OSError as error:
            return Startup(on=False, mechanism=None, reason=f"{file} cannot be read: {error.strerror}")
        if file == self.file and entry.get("Hidden") == "true":
            return Startup(on=False, mechanism=None)
        hindrance = _hindrance(entry, self._desktops, self._environ)
        if hindrance is not None:
            return Startup(on=False, mechanism=None, reason=f"{file}: {hindrance}")
        reason = None if file == self.file else f"{file} starts it for everybody on this machine"
        return Startup(on=True, mechanism=NAME, reason=reason)

    def add(self, command: Sequence[str]) -> None:
        """Have the session run the command; raises `OSError`."""
        # Nobody waits for a start that shows no window.
        keys = {
            "Type": "Application",
            **desktop_entry.in_every_language("Name", desktop_entry.marked("Tray Agent")),
            "Exec": desktop_entry.command_line(command),
            "Icon": desktop_entry.APP,
            "Terminal": "false",
            "StartupNotify": "false",
            "X-GNOME-Autostart-enabled": "true",
            desktop_entry.OURS: "true",
        }
        whole_file.write(self.file, desktop_entry.text({desktop_entry.MAIN: keys}))

    def remove(self) -> None:
        """Have the session start us no longer, not even by the machine's entry; raises `OSError`."""
        if not any(file.is_file() for file in self._for_everybody):
            self.file.unlink(missing_ok=True)
            return
        keys = {"Type": "Application", "Name": "Tray Agent", "Hidden": "true", desktop_entry.OURS: "true"}
        whole_file.write(self.file, desktop_entry.text({desktop_entry.MAIN: keys}))


def _hindrance(entry: Mapping[str, str], desktops: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """Why a desktop would not start this entry."""
    if entry.get("Hidden") == "true":
        return "it is marked as removed"
    if off := next((key for key in _OFF_SWITCHES if entry.get(key) == "false"), None):
        return f"it is switched off by {off}"
    only, never = (desktop_entry.listed(entry.get(key, "")) for key in ("OnlyShowIn", "NotShowIn"))
    if only and not set(only) & set(desktops):
        return f"it is only for {', '.join(only)}"
    if set(never) & set(desktops):
        return f"it is not for {', '.join(never)}"
    if (needed := entry.get("TryExec")) and not programs.is_there(needed, environ):
        return f"{needed} is not there"
    return programs.missing(entry.get("Exec", ""), environ)
