"""Which programs of this user hold a camera open: the kernel's list of open files, process by process.

Only where a link leads is read, as bytes, and dropped unless it leads into /dev: what files a person has
open is nobody's business, and a dead file system behind one would never answer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterator
from pathlib import Path

CAPABILITIES = b"E:ID_V4L_CAPABILITIES="
MIDDLEMEN = {b"pipewire\n", b"wireplumber\n", b"pipewire-media-\n"}
"""They open cameras to find out about them; whether PipeWire's cameras are in use it says itself."""


def cameras(folder: Path, udev: Path) -> dict[int, Path]:
    """The cameras in `folder` by device number, without codecs that are video devices as well.

    `udev` is where udev keeps what it found out about each device; one it says nothing of counts.
    """
    found = {_number(node): node for node in folder.glob("video[0-9]*")}
    return {number: node for number, node in found.items() if number is not None and _captures(number, udev)}


def processes() -> Iterator[str]:
    """The numbers of the processes there are."""
    with os.scandir("/proc") as entries:
        return iter([entry.name for entry in entries if entry.name.isdigit()])


def holds(process: str, devices: Container[int]) -> bool:
    """Whether the process is this user's and has one of the devices open for a purpose of its own."""
    try:
        files = os.open(f"/proc/{process}/fd", os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # it has ended, or is none of ours
        return False
    try:
        if os.fstat(files).st_uid != os.geteuid():
            return False
        with os.scandir(files) as entries:
            held = any(_leads_to_one(files, entry.name, devices) for entry in entries)
        return held and _name(process) not in MIDDLEMEN
    except OSError:  # it has ended meanwhile
        return False
    finally:
        os.close(files)


def _leads_to_one(files: int, file: str, devices: Container[int]) -> bool:
    try:
        in_dev = os.readlink(os.fsencode(file), dir_fd=files).startswith(b"/dev/")
        return in_dev and os.stat(file, dir_fd=files).st_rdev in devices
    except OSError:  # it was closed meanwhile
        return False


def _name(process: str) -> bytes:
    return Path("/proc", process, "comm").read_bytes()


def _number(node: Path) -> int | None:
    try:
        found = node.stat()
    except OSError:
        return None
    return found.st_rdev if stat.S_ISCHR(found.st_mode) else None


def _captures(number: int, udev: Path) -> bool:
    try:
        said = (udev / f"c{os.major(number)}:{os.minor(number)}").read_bytes()
    except OSError:
        return True
    lines = [line for line in said.splitlines() if line.startswith(CAPABILITIES)]
    return not lines or b":capture:" in lines[0]
