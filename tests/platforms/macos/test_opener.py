"""Opening files: by the workspace, which is played, and by a program in open(1)'s place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.macos.appkit import NSWorkspace
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos import opener
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(NSWorkspace, "opened", [])
    file = tmp_path / "my settings ü.toml"
    file.write_text("1")
    return file


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, code: int) -> Path:
    """A program for text that writes down what it was given."""
    program, given = folder / "open", folder / "given"
    program.write_text(f'#!/bin/sh\necho "$1 $2" > "{given}"\nexit {code}\n')
    program.chmod(0o755)
    monkeypatch.setattr(NSWorkspace, "openable", False)
    monkeypatch.setattr(opener, "TEXT_EDITOR", (str(program), "-t"))
    return given


def test_the_workspace_opens_it(loop: SelectorLoop, file: Path) -> None:
    reasons: list[str] = []
    opener.open_file(loop, file, reasons.append)
    main.settle()
    turn_for(loop, 0.05)
    assert NSWorkspace.opened == [str(file)]
    assert reasons == []


def test_what_no_program_is_known_for_is_opened_as_text(
    loop: SelectorLoop, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = editor(monkeypatch, tmp_path, 0)
    reasons: list[str] = []
    opener.open_file(loop, file, reasons.append)
    turn_until(loop, lambda: given.exists() and given.read_text(), "the editor")
    assert given.read_text() == f"-t {file}\n"
    turn_for(loop, 0.05)
    assert reasons == []


def test_a_refusal_is_told(
    loop: SelectorLoop, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, 1)
    reasons: list[str] = []
    opener.open_file(loop, file, reasons.append)
    turn_until(loop, lambda: reasons, "the reason")
    assert reasons == [opener.NO_PROGRAM]


def test_no_editor_at_all_is_told(
    loop: SelectorLoop, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NSWorkspace, "openable", False)
    monkeypatch.setattr(opener, "TEXT_EDITOR", (str(tmp_path / "nothing"),))
    reasons: list[str] = []
    opener.open_file(loop, file, reasons.append)
    turn_until(loop, lambda: reasons, "the reason")
    assert reasons == [opener.NO_PROGRAM]


def test_a_file_that_is_not_there_is_told_later(loop: SelectorLoop, tmp_path: Path) -> None:
    reasons: list[str] = []
    opener.open_file(loop, tmp_path / "nothing", reasons.append)
    assert reasons == []
    turn_until(loop, lambda: reasons, "the reason")
    assert reasons == [opener.NOT_THERE]
