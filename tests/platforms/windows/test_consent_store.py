"""Notes as Windows 10 and 11 write them, read from the real registry."""

from __future__ import annotations

import sys
import time
import winreg
from collections.abc import Iterator

import pytest

from tests.support.win32_consents import CALLER, MIXER, PACKAGED, Consents
from tray_agent.platforms.windows import consent_store
from tray_agent.platforms.windows.consent_store import ALL_DAY_S, Use, digest

assert sys.platform == "win32"


@pytest.fixture
def consents(monkeypatch: pytest.MonkeyPatch) -> Iterator[Consents]:
    up_for_a_week(monkeypatch)
    with Consents() as consents:
        yield consents


def up_for_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    class Kernel:
        GetTickCount64 = staticmethod(lambda: 7 * 24 * 3600 * 1000)

    monkeypatch.setattr(consent_store, "_kernel32", Kernel)


def use(consents: Consents, capability: str = "microphone") -> Use:
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{consents.store}\{capability}") as key:
        return consent_store.use(key)


def test_nobody_uses_what_nobody_ever_did(consents: Consents) -> None:
    assert use(consents) is Use.NOBODY
    consents.ends("microphone")
    assert use(consents) is Use.NOBODY


@pytest.mark.parametrize("program", [CALLER, PACKAGED])
def test_a_use_that_has_not_ended_goes_on(consents: Consents, program: str) -> None:
    consents.begins("microphone", program)
    assert use(consents) is Use.SOMEBODY
    assert use(consents, "webcam") is Use.NOBODY
    consents.ends("microphone", program)
    assert use(consents) is Use.NOBODY


def test_a_mixer_that_listens_all_day_is_no_call_and_a_call_beside_it_is(consents: Consents) -> None:
    consents.begins("microphone", MIXER)
    assert use(consents) is Use.ALWAYS_ON
    consents.begins("microphone", CALLER)
    assert use(consents) is Use.SOMEBODY


def test_who_has_used_it_for_hours_without_a_pause_is_always_on(consents: Consents) -> None:
    consents.begins("microphone", CALLER, age_s=ALL_DAY_S - 60)
    assert use(consents) is Use.SOMEBODY
    consents.begins("microphone", CALLER, age_s=ALL_DAY_S + 60)
    assert use(consents) is Use.ALWAYS_ON


def test_a_use_from_before_the_machine_started_ended_with_the_power(
    consents: Consents, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Kernel:
        GetTickCount64 = staticmethod(lambda: 600 * 1000)

    monkeypatch.setattr(consent_store, "_kernel32", Kernel)
    consents.begins("microphone", CALLER, age_s=599)
    assert use(consents) is Use.SOMEBODY
    consents.begins("microphone", CALLER, age_s=1000)
    assert use(consents) is Use.NOBODY


def test_the_machines_own_count_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with Consents() as consents:
        consents.begins("microphone", CALLER, age_s=0)
        assert use(consents) is Use.SOMEBODY
        consents.note("microphone", CALLER, begun_s=time.time() - 50 * 365 * 86400, ended_s=None)
        assert use(consents) is Use.NOBODY


def test_odd_notes_are_none(consents: Consents) -> None:
    path = rf"{consents.store}\microphone\{PACKAGED}"
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, path) as key:
        winreg.SetValueEx(key, "Value", 0, winreg.REG_SZ, "Allow")
        assert use(consents) is Use.NOBODY
        winreg.SetValueEx(key, "LastUsedTimeStart", 0, winreg.REG_SZ, "today")
        winreg.SetValueEx(key, "LastUsedTimeStop", 0, winreg.REG_QWORD, 0)
        assert use(consents) is Use.NOBODY


def test_programs_are_known_by_their_file_alone() -> None:
    assert digest(r"C:#Program Files#A#Program.EXE") == digest("program.exe")
    assert digest("program.exe") != digest("another.exe")
    assert digest("\udc80.exe")
