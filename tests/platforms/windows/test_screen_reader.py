"""The system's real flag, and the registry where Narrator notes that it runs."""

from __future__ import annotations

import ctypes
import sys
import winreg
from collections.abc import Iterator

import pytest

from tray_agent.platforms.windows import screen_reader
from tray_agent.platforms.windows.screen_reader import screen_reader_runs

assert sys.platform == "win32"

CORNER = r"Software\TrayAgent tests\Narrator"
SET_SCREEN_READER = 0x47


@pytest.fixture(autouse=True)
def narrator(monkeypatch: pytest.MonkeyPatch) -> Iterator[winreg.HKEYType]:
    monkeypatch.setattr(screen_reader, "NARRATOR", CORNER)
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, CORNER) as key:
        yield key
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, CORNER)


def test_without_one_none_runs() -> None:
    assert not screen_reader_runs()


def test_one_that_tells_the_system_runs() -> None:
    tell = ctypes.WinDLL("user32").SystemParametersInfoW
    assert tell(SET_SCREEN_READER, 1, None, 0)
    try:
        assert screen_reader_runs()
    finally:
        tell(SET_SCREEN_READER, 0, None, 0)
    assert not screen_reader_runs()


def test_narrator_notes_that_it_runs(narrator: winreg.HKEYType) -> None:
    winreg.SetValueEx(narrator, "RunningState", 0, winreg.REG_DWORD, 1)
    assert screen_reader_runs()
    winreg.SetValueEx(narrator, "RunningState", 0, winreg.REG_DWORD, 0)
    assert not screen_reader_runs()
    winreg.SetValueEx(narrator, "RunningState", 0, winreg.REG_SZ, "1")
    assert not screen_reader_runs()


def test_where_narrator_never_ran_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_reader, "NARRATOR", rf"{CORNER}\nowhere")
    assert not screen_reader_runs()
