"""/dev/full stands for a camera: few programs open it.  Not seen with a real camera."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tray_agent.platforms.linux.device_holders import cameras, holds, processes

FULL = Path("/dev/full")
DEVICES = frozenset({FULL.stat().st_rdev})


@contextmanager
def program(name: str, opens: Path, folder: Path) -> Iterator[str]:
    """A program of that name which has a file open; the number of its process."""
    own = folder / name
    if not own.exists():
        own.symlink_to("/bin/sleep")
    with opens.open("rb") as held:
        process = subprocess.Popen([f"{own}", "60"], stdin=held)
    try:
        wait_until(
            lambda: Path(f"/proc/{process.pid}/comm").read_text().strip() == name[:15], f"{name} to run"
        )
        yield f"{process.pid}"
    finally:
        process.kill()
        process.wait(10)


def folder_of_devices(folder: Path) -> Path:
    """Two video devices, and what else lies about in /dev."""
    made = folder / "dev"
    made.mkdir()
    (made / "video0").symlink_to(FULL)
    (made / "video1").symlink_to("/dev/zero")
    (made / "video2").write_text("no device")
    (made / "video3").symlink_to("/nowhere")
    (made / "videoconf").symlink_to("/dev/null")
    return made


def test_cameras_are_video_devices(tmp_path: Path) -> None:
    zero = Path("/dev/zero").stat().st_rdev
    folder = folder_of_devices(tmp_path)
    (full,) = DEVICES
    assert cameras(folder, tmp_path) == {full: folder / "video0", zero: folder / "video1"}
    assert cameras(tmp_path / "nowhere", tmp_path) == {}


def test_a_codec_is_no_camera(tmp_path: Path) -> None:
    folder = folder_of_devices(tmp_path)
    (tmp_path / "c1:5").write_text("N:zero\nE:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES=:\n")
    (tmp_path / "c1:7").write_text("E:ID_V4L_CAPABILITIES=:capture:\nG:seat\n")
    assert cameras(folder, tmp_path).keys() == DEVICES
    (tmp_path / "c1:5").write_text("I:1\nE:ID_V4L_PRODUCT=thing\n")
    assert len(cameras(folder, tmp_path)) == 2


def test_who_has_it_open_is_found(tmp_path: Path) -> None:
    with (
        program("browser", FULL, tmp_path) as holder,
        program("editor", Path("/dev/zero"), tmp_path) as other,
    ):
        assert {holder, other} <= set(processes())
        assert holds(holder, DEVICES)
        assert not holds(other, DEVICES)
    assert not holds(holder, DEVICES)


def test_only_the_device_counts_not_its_name(tmp_path: Path) -> None:
    node = tmp_path / "full"
    node.symlink_to(FULL)
    with program("browser", node, tmp_path) as holder:
        assert holds(holder, DEVICES)
    node.unlink()
    node.write_text("a file of that name")
    with program("browser", node, tmp_path) as holder:
        assert not holds(holder, DEVICES)


@pytest.mark.parametrize("name", ["pipewire", "wireplumber", "pipewire-media-session"])
def test_who_only_hands_cameras_on_does_not_count(tmp_path: Path, name: str) -> None:
    with program(name, FULL, tmp_path) as holder:
        assert not holds(holder, DEVICES)


def test_programs_of_others_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with program("browser", FULL, tmp_path) as holder:
        somebody = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: somebody)
        assert not holds(holder, DEVICES)


def test_where_files_lie_outside_dev_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    stat = os.stat

    def watched(file: str, *, dir_fd: int) -> os.stat_result:
        asked.append(os.readlink(file, dir_fd=dir_fd))
        return stat(file, dir_fd=dir_fd)

    document = tmp_path / "letter"
    document.write_text("private")
    with program("editor", document, tmp_path) as other:
        monkeypatch.setattr(os, "stat", watched)
        assert not holds(other, DEVICES)
        monkeypatch.undo()
    assert f"{document}" not in asked
