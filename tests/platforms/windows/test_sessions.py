"""Agents back in their sessions.

Under Wine there is one session, number 1, and anybody may have anybody's token; that a person's agent runs
in that person's name is for Windows to show.
"""

from __future__ import annotations

import os
import subprocess
import sys
import winreg
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tray_agent.platforms.own_command import AT_LOGIN
from tray_agent.platforms.windows import sessions
from tray_agent.platforms.windows.identity import session

assert sys.platform == "win32"

US = Path(sys.executable).name
NOBODY = "no such program.exe"


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    sessions.resume(lambda _session: None)
    yield
    with pytest.raises(FileNotFoundError):
        winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, sessions.KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)


def noted(text: str) -> None:
    """Have the note say this."""
    sessions.note(NOBODY)
    access = winreg.KEY_SET_VALUE | winreg.KEY_WOW64_64KEY
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, sessions.KEY, 0, access) as key:
        winreg.SetValueEx(key, "", 0, winreg.REG_SZ, text)


def test_programs_are_found_by_name_in_whatever_case() -> None:
    assert sessions.sessions_with(US.upper()) == {session()}
    assert sessions.sessions_with(NOBODY) == set()


def test_an_agent_that_ran_is_started_where_it_ran_and_only_once() -> None:
    sessions.note(US)
    started: list[int] = []
    assert sessions.resume(started.append) == []
    assert started == [session()]
    assert sessions.resume(started.append) == []
    assert started == [session()]


def test_the_latest_note_counts() -> None:
    sessions.note(US)
    sessions.note(NOBODY)
    started: list[int] = []
    sessions.resume(started.append)
    assert started == []


def test_where_no_agent_ran_none_is_started() -> None:
    sessions.note(NOBODY)
    started: list[int] = []
    assert sessions.resume(started.append) == []
    assert started == []


def test_whoever_has_one_already_gets_no_second_one() -> None:
    noted(f"{session()} 70")
    started: list[int] = []
    sessions.resume(started.append, US)
    assert started == [70]


def test_what_fails_in_one_session_is_told_and_keeps_no_other_waiting() -> None:
    noted("70 8 90")
    started: list[int] = []

    def start(number: int) -> None:
        if number == 70:
            raise OSError("nobody is logged on")
        started.append(number)

    assert sessions.resume(start) == ["session 70: nobody is logged on"]
    assert started == [8, 90]


def test_only_numbers_are_taken_from_the_registry() -> None:
    noted("calc.exe -1 2 ../3")
    started: list[int] = []
    sessions.resume(started.append)
    assert started == [2]


def test_the_program_starts_on_the_desktop_with_the_person_s_variables(tmp_path: Path) -> None:
    found = tmp_path / "found.txt"
    script = tmp_path / "tells.py"
    script.write_text(
        "import os, sys\n"
        "with open(sys.argv[1] + '.part', 'w') as file:\n"
        "    print(os.environ['USERPROFILE'], os.getcwd(), sep='|', end='', file=file)\n"
        "os.replace(sys.argv[1] + '.part', sys.argv[1])\n"
    )
    sessions.start_for(session(), Path(sys.executable), subprocess.list2cmdline([f"{script}", f"{found}"]))
    wait_until(found.exists, "word of the program")
    profile, folder = found.read_text().split("|")
    assert profile == os.environ["USERPROFILE"]
    assert folder.lower() == os.environ["SYSTEMROOT"].lower()


def test_a_restart_of_the_machine_takes_the_note_along() -> None:
    """A key below one that goes with the machine can only be such a one itself."""
    noted("1")
    path = rf"{sessions.KEY}\lasting"
    with pytest.raises(OSError, match="volatile"):
        winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, path)
    sessions.resume(lambda _session: None)


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not found"):
        sessions.start_for(session(), tmp_path / "missing.exe", "run")


def test_the_program_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[int, Path, str]] = []
    monkeypatch.setattr(sessions, "start_for", lambda *what: started.append(what))
    monkeypatch.setattr(sessions.note, "__defaults__", (US,))
    assert sessions.main(["note"]) == 0
    assert sessions.main(["resume"]) == 0
    assert started == [(session(), Path(sys.executable).with_name("TrayAgent.exe"), " ".join(AT_LOGIN))]
    assert sessions.main([]) == 2


def test_the_program_says_where_it_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", r"C:\nowhere\tray-agent-sessions.exe")
    noted("70")
    assert sessions.main(["resume"]) == 1
    assert capsys.readouterr().err.startswith("session 70: ")
