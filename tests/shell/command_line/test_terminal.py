import json
from pathlib import Path

import pytest

from tray_agent.shell import folders
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments
from tray_agent.shell.messages import CommandError, Exit

Told = pytest.CaptureFixture[str]


def test_words_unless_json_was_asked_for(capsys: Told) -> None:
    assert terminal.show({"a": "\u00e9"}, lambda given: f"a is {given['a']}", Arguments([], set(), {})) == 0
    assert capsys.readouterr() == ("a is \u00e9\n", "")
    assert terminal.show({"a": "\u00e9"}, str, Arguments([], {"--json"}, {})) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out), out.count("\n"), err) == ({"a": "\u00e9"}, 1, "")


def test_complaints_leave_the_output_alone(capsys: Told) -> None:
    terminal.complain("no")
    assert capsys.readouterr() == ("", "no\n")


def test_nobody_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    with pytest.raises(CommandError) as refused:
        terminal.tell("skip", {}, Arguments([], set(), {}))
    assert refused.value.code is Exit.NOT_RUNNING


def test_folders_that_cannot_be_found_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> folders.Folders:
        raise folders.UnusableFolder("there is no home")

    monkeypatch.setattr(folders, "find", nowhere)
    with pytest.raises(CommandError, match="there is no home") as refused:
        terminal.places()
    assert refused.value.code is Exit.FAULT
