"""Screen savers on a bus: MATE's own, and stand-ins for those of other desktops."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.stand_in import StandIn
from tray_agent.shell.loop import SelectorLoop


class MateScreenSaver:
    """mate-screensaver, which does as its own command tells it."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env

    def lock(self) -> None:
        """Cover the screen and lock it, as the menu of the desktop does."""
        self._command("--lock")

    def deactivate(self) -> None:
        """Uncover the screen."""
        self._command("--deactivate")

    def _command(self, what: str) -> None:
        subprocess.run(
            ["mate-screensaver-command", what], env=self._env, check=True, capture_output=True, timeout=20
        )


@contextmanager
def mate_screensaver(display: str, bus: str) -> Iterator[MateScreenSaver]:
    """A real one that runs inside `with`; who needs it on the bus has to wait for it."""
    env = {**os.environ, "DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": bus, "GSETTINGS_BACKEND": "memory"}
    process = subprocess.Popen(
        ["mate-screensaver", "--no-daemon"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    saver = MateScreenSaver(env)
    try:
        yield saver
    finally:
        process.kill()
        process.wait(10)


class ScreenSaver(StandIn):
    """What a desktop's screen saver says on the bus at `address`; it is not active at first."""

    def __init__(self, loop: SelectorLoop, address: str, desktop: str, *, active: bool = False) -> None:
        self.name = f"org.{desktop}.ScreenSaver"
        path = f"/org/{desktop}/ScreenSaver"
        super().__init__(loop, address, self.name, path, {"GetActive": ("b", (active,))})

    def turns(self, *, active: bool, interface: str | None = None) -> None:
        """It covers the screen, or uncovers it."""
        self.answers["GetActive"] = ("b", (active,))
        self.tell(interface or self.name, "ActiveChanged", "b", active)
