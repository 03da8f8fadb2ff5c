"""The agent as a service of the person's own systemd, started and stopped with the graphical session.

Everything but one question and one notice is done with files, as `systemctl --user enable` does it, and
so holds from the next login on even where no service manager runs now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Template

from tray_agent.platforms.linux import programs, whole_file
from tray_agent.platforms.linux.xdg_folders import config_home
from tray_agent.ports import Startup

NAME = "systemd"
UNIT = "tray-agent.service"
TARGET = "graphical-session.target"
FOR_EVERYBODY = (
    Path("/etc/systemd/user"),
    Path("/usr/local/lib/systemd/user"),
    Path("/usr/lib/systemd/user"),
)
FORBIDDEN = Path("/dev/null")
"""A unit that is a link to this is never started."""

_ANSWERS_WITHIN_S = 0.3
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")

_TEXT = Template("""\
[Unit]
Description=Tray Agent
PartOf=$target
After=$target
# A bug that ends it at once must not make it start for ever.
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
ExecStart=$command
Restart=on-failure
RestartSec=5
TimeoutStopSec=10
# Losing a window to a lack of memory is no reason to lose the agent.
OOMPolicy=continue

[Install]
WantedBy=$target
""")


def text(command: Sequence[str]) -> str:
    """The unit that runs the command."""
    # These are refused in the name of a program, and a variable is never filled in there.
    if set(command[0]) & set("\"'\\$"):
        command = ["/usr/bin/env", *command]
    return _TEXT.substitute(command=" ".join(map(_quoted, command)), target=TARGET)


class SystemdUnit:
    """Our unit in the folder that `environ` names, or in one of those `for_everybody`."""

    def __init__(self, environ: Mapping[str, str], for_everybody: Sequence[Path] = FOR_EVERYBODY) -> None:
        self._environ = dict(environ)
        self._folder = config_home(environ) / "systemd" / "user"
        self._for_everybody = for_everybody

    @property
    def file(self) -> Path:
        """The person's own unit."""
        return self._folder / UNIT

    def status(self) -> Startup:
        """Whether the graphical session would start us, and why not where the person did not say so."""
        unit = self._wanted()
        if unit is None:
            return Startup(on=False, mechanism=None)
        try:
            text = unit.read_text("utf-8", "surrogateescape")
        except OSError as error:
            return Startup(on=False, mechanism=None, reason=f"{unit} cannot be read: {error.strerror}")
        command = re.search(r"^ExecStart=(.*)", text, re.MULTILINE)
        hindrance = programs.missing(command[1].replace("$$", "$") if command else "", self._environ)
        if hindrance is not None:
            return Startup(on=False, mechanism=None, reason=f"{unit}: {hindrance}")
        reason = None if unit == self.file else f"{unit} starts it for everybody on this machine"
        return Startup(on=True, mechanism=NAME, reason=reason)

    def runs_this_session(self) -> bool:
        """Whether a service manager runs here, has reached the graphical session and knows its display."""
        if (self._systemctl("is-active", TARGET) or "").strip() != "active":
            return False
        known = (self._systemctl("show-environment") or "").splitlines()
        return any(f"{name}={self._environ[name]}" in known for name in _DISPLAYS if self._environ.get(name))

    def add(self, command: Sequence[str]) -> None:
        """Have the session start the unit; raises `OSError`."""
        whole_file.write(self.file, text(command))
        link = _link(self._folder)
        link.parent.mkdir(mode=0o700, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(self.file)
        self._systemctl("daemon-reload")

    def remove(self) -> None:
        """Have the session start it no longer, not even by the machine's own wish; raises `OSError`."""
        before = self._wanted()
        _link(self._folder).unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)
        if self._wanted():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file.symlink_to(FORBIDDEN)
        if before:
            self._systemctl("daemon-reload")

    def _wanted(self) -> Path | None:
        """The unit that the session wants, unless there is none or it is forbidden."""
        folders = (self._folder, *self._for_everybody)
        unit = next((folder / UNIT for folder in folders if (folder / UNIT).exists()), FORBIDDEN)
        wanted = any(_link(folder).is_symlink() for folder in folders)
        return unit if wanted and unit.resolve() != FORBIDDEN else None

    def _systemctl(self, *words: str) -> str | None:
        """What `systemctl --user` says; None when it fails, is slow or is not there."""
        import subprocess

        command = ["systemctl", "--user", *words]
        with suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run(
                command,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_ANSWERS_WITHIN_S,
                check=False,
            )
            return done.stdout if done.returncode == 0 else None
        return None


def _link(folder: Path) -> Path:
    return folder / f"{TARGET}.wants" / UNIT


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    escaped = escaped.replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"' if not escaped or set(escaped) & set(" '\"\\;") else escaped
