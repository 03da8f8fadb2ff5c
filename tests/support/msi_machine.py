"""A Windows machine of one's own, as Wine plays it, on which packages are installed and people log on.

Its prefix goes with it.  Nothing of the checkout is on it but what is told to be installed: programs are
started by their place in `Program Files`.  Where Wine is not Windows, a method says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.wine_desktop import windows_path
from tests.support.xserver import xserver
from tests.wine import __main__ as wine

PATIENCE_S = 120.0
"""For an installation: thirty times what it takes on an idle machine."""

REFUSED = 1603
"""Of msiexec: the installation failed, or was refused."""


class Machine:
    """Exists inside `with`."""

    def __init__(self) -> None:
        self._ends = ExitStack()
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    @property
    def installed(self) -> Path:
        """Where the program is put, unless somebody wants it elsewhere."""
        return self.drive / "Program Files" / "Tray Agent"

    @property
    def drive(self) -> Path:
        """Its drive C."""
        return self.folder / "prefix" / "drive_c"

    @property
    def profile(self) -> Path:
        """The person's own folder."""
        (one,) = (each for each in (self.drive / "users").iterdir() if each.name != "Public")
        return one

    def msiexec(self, *args: str) -> int:
        """The exit code of msiexec, without any window; of one above 255 the shell sees only the rest.

        `log` tells what it did.
        """
        nobody = subprocess.DEVNULL
        # Its service outlives it, and would hold a pipe open.
        return subprocess.run(
            ["wine", "msiexec", *args, "/qn", "/l*v", r"C:\msi.log"],
            cwd=self.folder,
            env=self.env,
            stdin=nobody,
            stdout=nobody,
            stderr=nobody,
            timeout=PATIENCE_S,
            check=False,
        ).returncode

    def install(self, package: Path, *more: str) -> int:
        """msiexec /i; `more` are its properties."""
        return self.msiexec("/i", windows_path(package), *more)

    def repair(self, product: str) -> int:
        """What `msiexec /fa` stands for, which Wine does not know."""
        return self.msiexec("/i", product, "REINSTALL=ALL", "REINSTALLMODE=amus")

    @property
    def log(self) -> str:
        """What msiexec has written about the last installation."""
        return (self.drive / "msi.log").read_text("utf-8", errors="replace")

    def run(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        """An installed program to its end."""
        return self._wine(rf"C:\Program Files\Tray Agent\{program}", *args)

    def status(self) -> dict[str, Any] | None:
        """What the agent says to `tray-agent status --json`; None while none runs."""
        done = self.run("tray-agent.exe", "status", "--json")
        if done.returncode == 3:
            return None
        assert done.returncode == 0, done
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def agents(self) -> set[int]:
        """The processes of agents, whichever version, as Linux numbers them."""
        ours = f"WINEPREFIX={self.folder / 'prefix'}".encode()
        return {
            int(process.name)
            for process in Path("/proc").iterdir()
            if process.name.isdecimal()
            and ours in _read(process / "environ").split(b"\0")
            and _read(process / "cmdline").startswith(rb"C:\Program Files\Tray Agent\TrayAgent.exe")
        }

    def values(self, key: str) -> dict[str, str]:
        """The values of a registry key by their names, without their types; none where there is no key."""
        done = self._wine("reg", "query", key)
        lines = (line.split(None, 2) for line in done.stdout.splitlines() if line.startswith("    "))
        return {line[0]: line[2] if len(line) == 3 else "" for line in lines}

    def keys(self, key: str) -> list[str]:
        """The names of the keys below a registry key."""
        done = self._wine("reg", "query", key)
        lines = (line.strip() for line in done.stdout.splitlines() if line.startswith("HKEY"))
        return [line.rpartition("\\")[2] for line in lines if not line.lower().endswith(key[4:].lower())]

    def programs_listed(self) -> dict[str, str]:
        """What Windows lists as installed of ours: versions by name."""
        top = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
        listed = [self.values(rf"{top}\{key}") for key in self.keys(top)]
        return {
            each["DisplayName"]: each["DisplayVersion"]
            for each in listed
            if "Tray Agent" in each.get("DisplayName", "")
        }

    def log_on(self) -> None:
        """End all that runs, and begin a session as Windows does: it starts what the Run keys name."""
        wine.quietly(["wineserver", "--kill"], self.env)
        wine.quietly(["wineserver", "--persistent"], self.env)
        wine.quietly(["wineboot"], self.env)

    def _wine(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["wine", *command],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )

    def _begin(self) -> None:
        wine.set_up()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-", dir=wine.HOME))
        self._ends.callback(shutil.rmtree, self.folder, ignore_errors=True)
        wine.copy_prefix(self.folder / "prefix")
        server = self._ends.enter_context(xserver("-screen", "0", "1024x700x24"))
        self.env = wine.environment_on(server.display) | {
            "WINEPREFIX": f"{self.folder / 'prefix'}",
            "PULSE_SERVER": "unix:/nonexistent",
        }
        # Otherwise the first program starts it, and it would hold that program's output open.
        wine.quietly(["wineserver", "--persistent"], self.env)
        self._ends.callback(wine.quietly, ["wineserver", "--kill"], self.env)
        # What the system starts for a person has that person's variables alone, and Windows' own desktop,
        # which has no taskbar under Wine.
        keep = [r"HKCU\Environment", "/v", "DISPLAY", "/d", server.display, "/f"]
        wine.quietly(["wine", "reg", "add", *keep], self.env)
        wine.quietly(["wine", "reg", "delete", r"HKCU\Software\Wine\Explorer", "/f"], self.env)


def _read(file: Path) -> bytes:
    """Nothing of a process that is just ending."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
