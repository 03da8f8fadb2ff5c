import io
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import NoReturn

import pytest

from tray_agent import cli, platforms
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
    monkeypatch.setattr(terminal, "channel", platforms.select().channel)
    with pytest.raises(CommandError) as refused:
        terminal.tell("skip", {}, Arguments([], set(), {}))
    assert refused.value.code is Exit.NOT_RUNNING


def test_folders_that_cannot_be_found_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> NoReturn:
        raise PermissionError("there is no home")

    monkeypatch.delenv(folders.HOME, raising=False)
    monkeypatch.setattr(terminal, "usual_folders", nowhere)
    with pytest.raises(CommandError, match="there is no home") as refused:
        terminal.places()
    assert refused.value.code is Exit.FAULT


def test_letters_without_a_byte_are_replaced_and_end_nothing() -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", write_through=True)
    with redirect_stdout(narrow):
        terminal.say_what_can_be_said()
        print("Pauză și ceai für später", end="")
    narrow.seek(0)
    assert narrow.read() == "Pauz? ?i ceai für später"


def test_json_keeps_every_letter_whatever_the_code_page() -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", write_through=True)
    with redirect_stdout(narrow):
        terminal.print_json({"text": "Pauză"})
    narrow.seek(0)
    assert json.loads(narrow.read()) == {"text": "Pauză"}


def test_a_program_without_a_console_has_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    assert cli.main(["help"]) == 0
    assert not terminal.can_ask()


def test_nobody_sits_at_the_null_device(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        assert not terminal.can_ask()
