"""Real Wayland compositors without a screen: sway, KWin and Mutter, each in a session of its own.

Each has a private XDG_RUNTIME_DIR and a private session bus, and `env` is what its clients need.
All were seen to run as root in a container: sway refuses root, so it runs as somebody else; KWin's
file demands a capability that containers lack, so a copy without it is run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, ClassVar, Self

from tests.support.private_bus import PrivateBus
from tests.support.waiting import wait_until
from tests.support.wayland_input import Hands, KWinHands, MutterHands, WlrootsHands, answers

OTHERS = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XAUTHORITY", "SWAYSOCK", "XDG_SESSION_ID")
"""Variables that would lead a client to another desktop than ours."""

STRANGER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


class Compositor:
    """A compositor that runs inside `with`; `kill` and `start` end and renew it."""

    name: ClassVar[str]
    hands: ClassVar[type[WlrootsHands | KWinHands | MutterHands]]
    desktop: ClassVar[str]
    size = "1280x800"

    def __init__(self, outputs: int = 1) -> None:
        self.outputs = outputs
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        self.bus = PrivateBus()
        self.env = {key: value for key, value in os.environ.items() if key not in OTHERS} | {
            "XDG_RUNTIME_DIR": f"{self.folder}",
            "XDG_SESSION_TYPE": "wayland",
            "XDG_CURRENT_DESKTOP": self.desktop,
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "WAYLAND_DISPLAY": "wayland-1",
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._hands: Hands | None = None
        self._taken: list[IO[str]] = []

    def __enter__(self) -> Self:
        self.bus.start()
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self.bus.kill()
        for lock in self._taken:
            lock.close()
        shutil.rmtree(self.folder, ignore_errors=True)  # what it started may still be writing

    @property
    def pid(self) -> int:
        """The compositor's process."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """All it has said."""
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Start it and wait until it answers clients."""
        own = {"XDG_CONFIG_HOME": f"{self.folder}/config", "XDG_DATA_HOME": f"{self.folder}/data"}
        env = self.env | own | self._variables()
        del env["WAYLAND_DISPLAY"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(), env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder
            )
        wait_until(self._answers, f"{self.name} to answer", 30)
        self._hands = None

    def kill(self) -> None:
        """End it without warning, as in a crash; harmless when it is down."""
        if self._hands is not None:
            self._hands.leave()
            self._hands = None
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def restart(self, *, elsewhere: bool = False) -> None:
        """Crash and come back, `elsewhere` at the next socket name; `env` tells which that is."""
        self.kill()
        if elsewhere:
            old = self.env["WAYLAND_DISPLAY"]
            lock = (self.folder / f"{old}.lock").open("w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._taken.append(lock)
            self.env["WAYLAND_DISPLAY"] = f"wayland-{int(old.removeprefix('wayland-')) + 1}"
        self.start()

    def move_pointer(self) -> None:
        """The person moves the mouse."""
        self._person().move()

    def type_something(self) -> None:
        """The person presses and releases a key."""
        self._person().type()

    def _person(self) -> Hands:
        if self._hands is None:
            self._hands = self.hands(self.env)
        return self._hands

    def _answers(self) -> bool:
        if not self.alive:
            raise RuntimeError(f"{self.name} ended at once: {self.log}")
        return answers(self.env)

    def _variables(self) -> dict[str, str]:
        return {}

    def _command(self) -> list[str]:
        raise NotImplementedError


class Sway(Compositor):
    """sway (wlroots); `config` is added to its configuration, `xwayland` lets X clients in."""

    name = "sway"
    desktop = "sway"
    hands = WlrootsHands

    def __init__(self, outputs: int = 1, config: str = "", *, xwayland: bool = False) -> None:
        super().__init__(outputs)
        # The name of an ipc socket that sway would choose holds its number of process.
        self.env["SWAYSOCK"] = f"{self.folder}/sway.sock"
        lines = [
            f"output * resolution {self.size}",
            f"xwayland {'enable' if xwayland else 'disable'}",
            'exec echo "$DISPLAY" > x-display',
            config,
        ]
        (self.folder / "sway.conf").write_text("\n".join([*lines, ""]))

    def start(self) -> None:
        """Start it and wait until it answers clients and its configuration was carried out."""
        for left in ("sway.sock", "x-display"):
            (self.folder / left).unlink(missing_ok=True)
        super().start()
        wait_until((self.folder / "x-display").exists, "sway to have read its configuration")

    @property
    def x_display(self) -> str:
        """The display of its XWayland, empty without one."""
        return wait_until((self.folder / "x-display").read_text, "XWayland's display").strip()

    def message(self, *words: str) -> str:
        """What swaymsg prints for a command of sway's, such as `output HEADLESS-2 disable`."""
        command = ["swaymsg", "-s", self.env["SWAYSOCK"], *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout

    def screenshot(self, path: Path, output: str = "") -> None:
        """A picture of all outputs, or of one such as HEADLESS-1."""
        of = ["-o", output] if output else []
        subprocess.run(["grim", *of, f"{path}"], env=self.env, check=True, timeout=20)

    def _variables(self) -> dict[str, str]:
        return {
            "WLR_BACKENDS": "headless",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_RENDERER": "pixman",
            "WLR_HEADLESS_OUTPUTS": f"{self.outputs}",
        }

    def _command(self) -> list[str]:
        return [*self._as_somebody_else(), "sway", "-c", f"{self.folder}/sway.conf"]

    def _as_somebody_else(self) -> tuple[str, ...]:
        """Root in a user namespace or, where none can be made (as in a chroot), nobody."""
        if os.geteuid() != 0:
            return ()
        if subprocess.run([*STRANGER, "true"], capture_output=True, check=False).returncode == 0:
            return STRANGER
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        return AS_NOBODY


class KWin(Compositor):
    """kwin_wayland, drawing without OpenGL."""

    name = "kwin"
    desktop = "KDE"
    hands = KWinHands

    def _variables(self) -> dict[str, str]:
        return {"KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1", "KWIN_COMPOSE": "Q"}

    def _command(self) -> list[str]:
        # In a user namespace it would not trust our fake input: it cannot see whose that is.
        program = self.folder / "kwin_wayland"
        if not program.exists():
            shutil.copyfile(shutil.which("kwin_wayland") or "kwin_wayland", program)
            program.chmod(0o755)
        width, height = self.size.split("x")
        options = ["--virtual", "--no-lockscreen", "--width", width, "--height", height]
        options += ["--output-count", f"{self.outputs}", "--socket", self.env["WAYLAND_DISPLAY"]]
        return [f"{program}", *options]


class Mutter(Compositor):
    """mutter as it runs without GNOME Shell around it: with its own D-Bus services, no session manager."""

    name = "mutter"
    desktop = "GNOME"
    hands = MutterHands

    def _command(self) -> list[str]:
        monitors = ["--virtual-monitor", self.size] * self.outputs
        socket = ["--wayland-display", self.env["WAYLAND_DISPLAY"]]
        return ["mutter", "--headless", "--wayland", "--no-x11", *socket, *monitors]
