"""A Windows machine of one's own, as Wine plays it, on which packages are installed and people log on.

Its prefix goes with it.  Nothing of the checkout is on it but what is told to be installed: programs are
started by their place in `Program Files`.  Where Wine is not Windows, a method says so.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support.wine_desktop import windows_path
from tests.support.wine_prefix import WinePrefix
from tests.wine import __main__ as wine

PATIENCE_S = 120.0
"""For an installation: thirty times what it takes on an idle machine."""

REFUSED = 1603
"""Of msiexec: the installation failed, or was refused."""


class Machine(WinePrefix):
    """Exists inside `with`."""

    def __init__(self) -> None:
        super().__init__("machine", "1024x700x24")

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
        return self._run(command, self.folder, PATIENCE_S)

    def _begin(self) -> None:
        super()._begin()
        # What the system starts for a person has that person's variables alone, and Windows' own desktop,
        # which has no taskbar under Wine.
        keep = [r"HKCU\Environment", "/v", "DISPLAY", "/d", self.display, "/f"]
        wine.quietly(["wine", "reg", "add", *keep], self.env)
        wine.quietly(["wine", "reg", "delete", r"HKCU\Software\Wine\Explorer", "/f"], self.env)


def _read(file: Path) -> bytes:
    """Nothing of a process that is just ending."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
