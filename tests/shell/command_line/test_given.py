"""Numbers and files after an option, and what is said of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.shell.command_line import given
from tray_agent.shell.command_line.arguments import Arguments, Form, Open
from tray_agent.shell.messages import CommandError, Exit

FORM = Form("run [--speed N]", "be the agent", values={"--speed": Open.TEXT, "--config": Open.FILE})


def typed(option: str, value: str) -> Arguments:
    return Arguments([], set(), {option: value})


def test_a_number_is_taken_or_its_default() -> None:
    assert given.number(FORM, typed("--speed", "2.5"), "--speed", 1.0) == 2.5
    assert given.number(FORM, Arguments([], set(), {}), "--speed", 1.0) == 1.0


@pytest.mark.parametrize("text", ["0", "-1", "inf", "nan", "fast", ""])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(CommandError, match=f"--speed needs a number above 0, not {text}") as refusal:
        given.number(FORM, typed("--speed", text), "--speed", 1.0)
    assert refusal.value.code is Exit.USAGE


def test_a_settings_file_must_be_there(tmp_path: Path) -> None:
    file = tmp_path / "quiet-week.toml"
    with pytest.raises(CommandError, match="there is no settings file .*quiet-week.toml"):
        given.config(typed("--config", f"{file}"))
    file.touch()
    assert given.config(typed("--config", f"{file}")) == file
    assert given.config(Arguments([], set(), {})) is None
