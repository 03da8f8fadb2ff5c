"""Wine opens a text with its own notepad, whose window would stay; so that only refusals are real."""

import os
from pathlib import Path

import pytest

from tests.support.turning import turn_until
from tray_agent.platforms.windows.opener import open_file
from tray_agent.shell.loop import SelectorLoop


def reason(path: Path) -> str:
    loop, reasons = SelectorLoop(), list[str]()
    open_file(loop, path, reasons.append)
    turn_until(loop, lambda: reasons, "a refusal")
    loop.close()
    return reasons[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert reason(tmp_path / "nothing.txt") == "the file is not there"


def test_a_kind_of_file_that_no_program_knows(tmp_path: Path) -> None:
    file = tmp_path / "x.nobody-knows-this"
    file.write_text("x")
    assert reason(file) == "no program was found for it"


def test_the_person_s_own_program_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, opened = SelectorLoop(), list[Path]()
    monkeypatch.setattr(os, "startfile", opened.append)
    open_file(loop, tmp_path, lambda why: opened.append(Path(why)))
    turn_until(loop, lambda: opened, "the file to be opened")
    loop.close()
    assert opened == [tmp_path]
