"""What the agent makes of changes to its own program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.linux import renewal
from tray_agent.platforms.linux.renewal import GIVEN_UP_S, QUIET_S, Renewal
from tray_agent.platforms.own_command import UNASKED

Became = list[tuple[str, list[str], dict[str, str]]]


class Life:
    """A program that is replaced, in a folder of its own; `turns` are the moments at which it was told."""

    def __init__(self, folder: Path) -> None:
        self.loop = FakeLoop()
        self.program = folder / "program"
        self.program.write_text("old")
        self.turns: list[float] = []
        self.renewal = Renewal(self.loop, self.program, lambda: self.turns.append(self.loop.time))

    def unpack(self) -> Path:
        """Write the new program beside the old one, as dpkg and rpm do."""
        beside = self.program.with_name("program.new")
        beside.write_text("new")
        self.noticed()
        return beside

    def noticed(self) -> None:
        """Let the loop see what the kernel has told."""
        for ready in list(self.loop.watched.values()):
            ready()
        self.loop.advance(0.0)


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> Became:
    """What the process has become."""
    found: Became = []
    monkeypatch.setattr(os, "execve", lambda *words: found.append(words))
    return found


@pytest.fixture
def life(tmp_path: Path, became: Became) -> Iterator[Life]:
    life = Life(tmp_path)
    yield life
    life.renewal.become()


def test_it_begins_before_the_program_changes(life: Life) -> None:
    assert not life.renewal.begun
    life.unpack()
    assert (life.renewal.begun, life.turns) == (True, [0.0])
    assert life.program.read_text() == "old"


def test_it_ends_when_all_is_quiet_around_another_program(life: Life, became: Became) -> None:
    beside = life.unpack()
    life.loop.advance(QUIET_S * 2)
    beside.replace(life.program)
    life.noticed()
    life.loop.advance(QUIET_S - 1)
    (life.program.parent / "more").touch()
    life.noticed()
    life.loop.advance(QUIET_S - 1)
    assert life.turns == [0.0]
    life.loop.advance(1)
    assert life.turns == [0.0, life.loop.time]
    life.renewal.become()
    ((program, words, environ),) = became
    assert (program, words) == (sys.executable, [sys.executable, *sys.orig_argv[1:], UNASKED])
    assert environ["PATH"] == os.environ["PATH"]


def test_an_upgrade_that_came_to_nothing_leaves_the_program_as_it_was(life: Life, became: Became) -> None:
    life.unpack().unlink()
    life.noticed()
    life.loop.advance(GIVEN_UP_S)
    assert life.turns == [0.0, GIVEN_UP_S]
    life.renewal.become()
    assert len(became) == 1


def test_a_program_that_is_gone_is_not_started(life: Life, became: Became) -> None:
    life.program.unlink()
    life.noticed()
    life.loop.advance(GIVEN_UP_S)
    life.renewal.become()
    assert became == []


def test_whoever_is_asked_to_end_meanwhile_ends(life: Life, became: Became) -> None:
    life.unpack().replace(life.program)
    life.noticed()
    life.renewal.become()
    assert became == []


def test_which_file_is_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def folder_watched() -> Path | None:
        made = renewal.renewal(FakeLoop(), lambda: None)
        if made is None:
            return None
        made.become()
        return made.program

    assert folder_watched() is None
    package = tmp_path / "site-packages" / "tray_agent"
    package.mkdir(parents=True)
    monkeypatch.setattr(renewal, "_PACKAGE", package)
    assert folder_watched() == package / "__init__.py"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "link"))
    (tmp_path / "link").symlink_to(package / "program")
    assert folder_watched() == package / "program"
