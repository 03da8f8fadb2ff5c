from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import open_watch
from tray_agent.platforms.linux.open_watch import OpenWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

DEVICE = Path("/dev/full")


class Watched:
    """A watch whose reports are counted."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.reports = 0
        self.watch = OpenWatch(loop, self._count)

    def _count(self) -> None:
        self.reports += 1

    def reported(self, what: str) -> None:
        """Wait for one report."""
        turn_until(self.loop, lambda: self.reports == 1, f"a report of {what}")
        self.reports = 0


@pytest.fixture
def watched(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(open_watch, "_SETTLE_S", 0.1)
    watched = Watched(loop)
    yield watched
    watched.watch.close()


def test_a_device_that_is_opened_and_whose_holder_is_killed(watched: Watched) -> None:
    watched.watch.cover([DEVICE])
    with DEVICE.open("rb") as held:
        holder = subprocess.Popen(["sleep", "60"], stdin=held)
    watched.reported("an open")
    turn_for(watched.loop, 0.3)
    assert not watched.reports
    holder.kill()
    holder.wait(10)
    watched.reported("a close")


def test_a_burst_is_one_report(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    watched.watch.cover([file])
    watched.watch.cover([file, tmp_path / "missing"])
    for _ in range(20):
        file.read_bytes()
    watched.reported("twenty opens and closes")
    turn_for(watched.loop, 0.3)
    assert not watched.reports


def test_asking_what_it_is_is_no_open(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    watched.watch.cover([file])
    file.stat()
    turn_for(watched.loop, 0.3)
    assert not watched.reports


def test_closed_it_is_silent_and_leaks_nothing(loop: SelectorLoop, tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    watched = Watched(loop)
    watched.watch.cover([tmp_path])
    list(tmp_path.iterdir())
    loop.step(0.1)
    watched.watch.close()
    watched.watch.close()
    turn_for(loop, 0.2)
    assert not watched.reports
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_no_descriptor_left_is_said(loop: SelectorLoop) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        with pytest.raises(Unavailable, match="Too many open files"):
            OpenWatch(loop, lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
