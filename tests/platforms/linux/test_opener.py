"""Files given to the desktop's own opener, here a script that stands on PATH in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.linux.opener import OPENER, open_file
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    return folder


def opener(programs: Path, script: str) -> None:
    program = programs / OPENER
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_the_file_is_opened_and_the_opener_leaves_nothing_behind(
    loop: SelectorLoop, programs: Path, tmp_path: Path
) -> None:
    opener(programs, f'echo "$1" > {tmp_path}/opened')
    reasons: list[str] = []
    before = len(list(Path("/proc/self/fd").iterdir()))
    open_file(loop, tmp_path / "my settings.toml", reasons.append)
    turn_until(loop, lambda: not _children(), "the opener to be reaped")
    assert (tmp_path / "opened").read_text() == f"{tmp_path}/my settings.toml\n"
    assert reasons == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 3", "no program was found for it"), ("exit 9", "xdg-open ended with 9")],
)
def test_a_file_that_nothing_opens_is_told(
    loop: SelectorLoop, programs: Path, script: str, reason: str
) -> None:
    opener(programs, script)
    reasons: list[str] = []
    open_file(loop, Path("settings.toml"), reasons.append)
    turn_until(loop, lambda: reasons, "the failure to be told")
    assert reasons == [reason]


def test_a_desktop_without_an_opener_is_told(loop: SelectorLoop, programs: Path) -> None:
    reasons: list[str] = []
    open_file(loop, Path("settings.toml"), reasons.append)
    assert reasons == []
    loop.step(0.1)
    assert reasons == ["xdg-open: No such file or directory"]


def _children() -> list[str]:
    return Path("/proc/thread-self/children").read_text().split()
