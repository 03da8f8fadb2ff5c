"""A whole system to install into: what it changes is kept in memory, and its processes end with it.

The system below, this one or a bare one, is only read: an overlay takes what is written, and all of
it is seen by nobody else, since mounts and process numbers are its own (mount_namespaces(7)).  Needs root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.places import ROOT
from tests.support.waiting import wait_until

BARE = ROOT / "build" / "packaging" / "bookworm"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NEEDED = ["fontconfig-config", "libegl1", "libgl1", "libxkbcommon-x11-0"]
"""What packages ask of a system; fetched ahead, so that a test asks no network for it."""

_MOUNTS = """
mount -t tmpfs none $0; mkdir $0/changes $0/work $0/root
mount -t overlay overlay -o lowerdir=$1,upperdir=$0/changes,workdir=$0/work $0/root
mount -t proc proc $0/root/proc
mount --rbind /dev $0/root/dev
mount --bind /tmp $0/root/tmp
echo up
exec sleep infinity
"""


class SystemRoot:
    """A system that exists inside `with`; `/tmp` is that of the machine, and with it X and the buses."""

    def __init__(self, below: Path) -> None:
        self._below = below
        self._folder = Path(tempfile.mkdtemp(prefix="root-"))
        self._holder: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
        shell = ["sh", "-ec", _MOUNTS, str(self._folder), str(self._below)]
        holder = subprocess.Popen([*command, *shell], stdout=subprocess.PIPE, text=True)
        self._holder = holder
        assert holder.stdout is not None
        if holder.stdout.readline() != "up\n":
            self.close()
            raise RuntimeError(f"no system could be laid over {self._below}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Its folder as this process sees it: through the holder's own mounts."""
        return Path(f"/proc/{self._inside()}/root{self._folder}/root")

    def command(self, *words: str) -> list[str]:
        """The command line that runs these words inside."""
        return self.beside("chroot", self.root, *words)

    @property
    def root(self) -> str:
        """Its folder, as programs `beside` it see it."""
        return f"{self._folder}/root"

    def beside(self, *words: str) -> list[str]:
        """The command line that runs these words among this machine's files, with `root` mounted."""
        return ["nsenter", "--target", str(self._inside()), "--mount", "--pid", *words]

    def run(
        self, *words: str, env: Mapping[str, str] | None = None, check: bool = True, timeout_s: float = 300.0
    ) -> subprocess.CompletedProcess[str]:
        """Run it inside to its end; raises `AssertionError` with all it said when it fails."""
        plain = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            self.command(*words),
            env={**plain, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert not check or done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def close(self) -> None:
        """End everything that runs inside, and forget what it wrote; safe to call twice."""
        if self._holder is not None:
            self._holder.kill()
            self._holder.communicate(timeout=10)
            self._holder = None
        self._folder.rmdir()

    def _inside(self) -> int:
        assert self._holder is not None
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children")
        return int(wait_until(children.read_text, "the system's first process").split()[0])


def bare() -> Path:
    """A Debian of nothing but what every Debian has, made once; raises `CalledProcessError`."""
    made = BARE.with_suffix(".made")
    if not made.exists():
        shutil.rmtree(BARE, ignore_errors=True)
        BARE.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", BARE.name, str(BARE)], check=True, capture_output=True
        )
        _let_it_reach_its_mirror()
        fetch = "apt-get update && apt-get install --yes --no-install-recommends --download-only"
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": PATH}
        subprocess.run(
            ["chroot", str(BARE), "sh", "-c", f"{fetch} {' '.join(NEEDED)}"],
            env=env,
            check=True,
            capture_output=True,
        )
        made.touch()
    return BARE


def _let_it_reach_its_mirror() -> None:
    """What leads from this machine to the network leads there from the bare one, too."""
    shutil.copy("/etc/resolv.conf", BARE / "etc" / "resolv.conf")
    for file in Path("/etc/apt/apt.conf.d").iterdir():
        if "docker" not in file.name:
            shutil.copy(file, BARE / "etc" / "apt" / "apt.conf.d")
