"""One desktop to measure on: everything a person's has that a tray program may listen to.

X server, window manager, panel, notification daemon, two buses, a logind with one session, PipeWire
with its session manager.  What runs on it has nothing of this checkout in its environment.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.benchmarks.programs import Program
from tests.benchmarks.tray_time import TrayWatch
from tests.support.desktop import Desktop
from tests.support.logind_mock import Logind
from tests.support.sound_servers import PipeWire
from tests.support.tray_hosts import TrayHost

OURS = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
FOLDERS = {f"XDG_{kind}_HOME" for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
"""Left where every home has them: not every program makes what it is told to use instead."""


class BenchDesktop:
    """The desktop inside `with`; `tray` is `sni`, or `xembed` for a panel that knows only the old way."""

    def __init__(self, tray: str = "sni") -> None:
        self._tray = tray
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        without: Collection[str] = {"panel"} if self._tray == "xembed" else ()
        with self._ends:
            self.desktop = self._ends.enter_context(Desktop(without=without))
            self.logind = self._ends.enter_context(Logind(self.desktop.env["DBUS_SYSTEM_BUS_ADDRESS"]))
            self.session = self.logind.opens("c1")
            self._ends.enter_context(PipeWire(self.desktop.env))
            if self._tray == "xembed":
                self._ends.enter_context(TrayHost("trayer", self.display)).start()
            self._watch = self._ends.enter_context(
                TrayWatch(self.display, self.desktop.env["DBUS_SESSION_BUS_ADDRESS"])
            )
            self._ends = self._ends.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    @property
    def display(self) -> str:
        """The X display."""
        return self.desktop.display

    @property
    def env(self) -> dict[str, str]:
        """What programs on it have as their environment."""
        return {name: value for name, value in self.desktop.env.items() if name not in {*OURS, *FOLDERS}}

    @contextmanager
    def runs(self, program: Program) -> Iterator[tuple[int, float]]:
        """A tray program inside `with`: its process, and the seconds until its icon was there."""
        for name, text in program.files.items():
            path = Path(self.env["HOME"], name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        with (self.desktop.folder / "log" / program.name).open("ab") as log:
            process, seconds = self._watch.start(
                program.command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process.pid, seconds
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and see to it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
