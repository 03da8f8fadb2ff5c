"""A virtual desktop: X server, two private buses, window manager, panel and notification daemon.

All of it is real, none of it is the person's: folders, settings, buses and the display are made
for one `Desktop` and go with it.  Nothing here sleeps for luck; each part is awaited by what shows
that it is up (the display's number, a selection's owner, a name on the bus).
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from Xlib.display import Display

from tests.support import places, screen
from tests.support.waiting import wait_until

ROOT = places.ROOT
SESSION = Path(__file__).with_name("session")
NOTES = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications")
DUNST = NOTES.with_interface("org.dunstproject.cmd0")
WATCHER = DBusAddress(
    "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)


class Desktop:
    """A desktop that exists inside `with`.

    `extensions_off` are X extensions the server must not offer, such as RECORD; `without` names
    the parts that stay down at first: `openbox`, `panel` or `dunst`.
    """

    def __init__(self, *, extensions_off: Sequence[str] = (), without: Collection[str] = ()) -> None:
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self.folder = Path(tempfile.mkdtemp(prefix="desk-"))
        self.env = self._environment()
        self._extensions_off = extensions_off
        self._without = without
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._parts: dict[str, tuple[list[str], Callable[[], bool]]] = {
            "openbox": (["openbox", "--sm-disable"], lambda: self.selection_owned("WM_S0")),
            "panel": (["xfce4-panel", "--disable-wm-check"], self._tray_is_up),
            "dunst": (
                ["dunst", "-config", f"{self.folder}/dunstrc"],
                lambda: self.name_owned(NOTES.bus_name),
            ),
        }

    def __enter__(self) -> Self:
        try:
            self._lay_out()
            self._start_bus("DBUS_SESSION_BUS_ADDRESS", "bus")
            self._start_bus("DBUS_SYSTEM_BUS_ADDRESS", "system_bus")
            self._start_display()
            for name in self._parts.keys() - set(self._without):
                self._spawn(name, self._parts[name][0])
            for name in self._parts.keys() - set(self._without):
                self._await(name)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def display(self) -> str:
        """The X display, such as `:5`."""
        return self.env["DISPLAY"]

    def start(self, name: str) -> None:
        """Start `openbox`, `panel` or `dunst` and wait until it is up."""
        self._spawn(name, self._parts[name][0])
        self._await(name)

    def kill(self, name: str, how: int = signal.SIGKILL) -> None:
        """End a part by a signal and see it gone; `display`, `bus` and `system_bus` are parts too."""
        process = self._running.pop(name)
        process.send_signal(how)
        process.wait(10)
        if name in self._parts and {"display", "bus"} <= self._running.keys():
            up = self._parts[name][1]
            wait_until(lambda: not up(), f"{name} to be gone")

    def start_agent(self, *args: str) -> subprocess.Popen[bytes]:
        """`tray-agent run ARGS` on this desktop, its output in `log('agent')`; ends with the desktop."""
        return self._spawn("agent", [sys.executable, "-m", "tray_agent", "run", *args])

    def tray_agent(self, *args: str, timeout_s: float = 20.0) -> subprocess.CompletedProcess[str]:
        """Run one `tray-agent` command on this desktop to its end."""
        command = [sys.executable, "-m", "tray_agent", *args]
        return subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=timeout_s, check=False
        )

    def log(self, name: str) -> str:
        """What a part, or the agent, has printed so far."""
        return (self.folder / "log" / name).read_text(errors="replace")

    def screenshot(self, path: Path) -> Path:
        """Save the whole screen as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        screen.picture(self.display).save(path)
        return path

    def keep_evidence(self, folder: Path) -> None:
        """Save a screenshot and every log in `folder`, for whoever asks why a test failed."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "log", folder)
        if "display" in self._running:
            self.screenshot(folder / "screen.png")

    def selection_owned(self, selection: str) -> bool:
        """Whether some X client owns the selection, as window managers and trays do."""
        with closing(Display(self.display)) as connection:
            return bool(connection.get_selection_owner(connection.intern_atom(selection)))

    def name_owned(self, name: str | None) -> bool:
        """Whether somebody on the session bus has this name."""
        return bool(self.call(message_bus.NameHasOwner(name))[0])

    def call(self, message: Any) -> tuple[Any, ...]:
        """Send one message on the session bus; the answer's body.  An error answer raises."""
        with closing(open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"])) as connection:
            answer = connection.send_and_get_reply(message, timeout=10)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"the bus answered {answer.body}")
        return tuple(answer.body)

    def tray_items(self) -> list[str]:
        """The StatusNotifier items the panel knows."""
        kind_and_items = self.call(Properties(WATCHER).get("RegisteredStatusNotifierItems"))[0]
        return list(kind_and_items[1])

    def notes_shown(self) -> int:
        """How many notifications are on the screen."""
        return int(self.call(Properties(DUNST).get("displayedLength"))[0][1])

    def press(self, key: str) -> None:
        """Press the button `key` of the note on the screen, through dunst's own menu of actions."""
        (self.folder / "choice").write_text(f",{key}]\n")
        self.call(new_method_call(DUNST, "ContextMenuCall"))

    def close(self) -> None:
        """End every process started here, last one first, and remove the folder; safe to call twice."""
        while self._running:
            _, process = self._running.popitem()
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        home = self.folder / "home"
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": f"{home}",
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_STATE_HOME": f"{home}/state",
            "XDG_RUNTIME_DIR": f"{self.folder}/run",
            "XDG_SESSION_TYPE": "x11",
            "XDG_CURRENT_DESKTOP": "XFCE",
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
            "PYTHONPATH": f"{ROOT}",
        }

    def _lay_out(self) -> None:
        channel = self.folder / "home/config/xfce4/xfconf/xfce-perchannel-xml"
        for folder in (channel, *(self.folder / name for name in ("home", "log", "run", "services"))):
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.copy(SESSION / "xfce4-panel.xml", channel)
        shutil.copy("/usr/share/dbus-1/services/org.xfce.Xfconf.service", self.folder / "services")
        self._fill_in("dunstrc", "dunstrc")

    def _fill_in(self, template: str, name: str) -> Path:
        path = self.folder / name
        path.write_text(Template((SESSION / template).read_text()).substitute(folder=self.folder, name=name))
        return path

    def _start_bus(self, variable: str, name: str) -> None:
        conf = self._fill_in("bus.conf", name)
        command = ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={conf}", "--print-address={fd}"]
        self.env[variable] = self._spawn_and_hear(name, command)

    def _start_display(self) -> None:
        command = [
            "Xvfb",
            "-displayfd",
            "{fd}",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        for extension in self._extensions_off:
            command += ["-extension", extension]
        self.env["DISPLAY"] = ":" + self._spawn_and_hear("display", command)

    def _spawn_and_hear(self, name: str, command: list[str]) -> str:
        """Start a server that writes one line to a descriptor of ours, `{fd}`, once it takes clients."""
        hear, tell = os.pipe()
        with os.fdopen(hear, encoding="ascii") as line:
            try:
                self._spawn(name, [part.replace("{fd}", str(tell)) for part in command], pass_fds=(tell,))
            finally:
                os.close(tell)
            if not select.select([line], [], [], 20)[0]:
                raise TimeoutError(f"{name} does not come up: {self.log(name)}")
            if said := line.readline().strip():
                return said
        raise RuntimeError(f"{name} ended: {self.log(name)}")

    def _spawn(
        self, name: str, command: list[str], pass_fds: Collection[int] = ()
    ) -> subprocess.Popen[bytes]:
        with (self.folder / "log" / name).open("ab") as log:
            # A session of its own: Ctrl-C in a terminal must not reach the desktop before the test.
            self._running[name] = subprocess.Popen(
                command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=tuple(pass_fds),
                start_new_session=True,
            )
        return self._running[name]

    def _await(self, name: str) -> None:
        process, up = self._running[name], self._parts[name][1]

        def up_or_ended() -> bool:
            return up() or process.poll() is not None

        wait_until(up_or_ended, f"{name} to come up", timeout_s=30)
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended: {self.log(name)}")

    def _tray_is_up(self) -> bool:
        return self.selection_owned("_NET_SYSTEM_TRAY_S0") and self.name_owned(WATCHER.bus_name)
