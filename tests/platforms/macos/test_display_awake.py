"""A display kept awake, by the sum of what programs ask for."""

from __future__ import annotations

import pytest

from tests.support.macos.c_library import provide
from tests.support.macos.cf_things import Things
from tests.support.macos.iokit import Power
from tests.support.macos.looking import looking
from tray_agent.core.model import Signal
from tray_agent.platforms.macos.display_awake import display_awake, kept_awake
from tray_agent.ports import Health, State


def mac(patch: pytest.MonkeyPatch, **levels: int) -> Power:
    things = Things()
    power = Power(things, UserIsActive=1, PreventUserIdleSystemSleep=1, **levels)
    provide(patch, IOKit=power.iokit(), CoreFoundation=things.core_foundation())
    return power


def test_a_film_keeps_the_display_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    power = mac(monkeypatch, PreventUserIdleDisplaySleep=0)
    with looking(display_awake) as film:
        assert film.sensor.signal is Signal.MEDIA
        assert film.looks() is False
        power.levels["PreventUserIdleDisplaySleep"] = 1
        assert film.looks() is True
        assert film.sensor.health() == Health("display_awake", State.OK, "iopm_assertions", None, "on")
        power.levels["PreventUserIdleDisplaySleep"] = 0
        assert film.looks() is False


def test_music_keeps_only_the_machine_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    mac(monkeypatch)
    assert not kept_awake().on


def test_the_older_name_of_the_same_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    mac(monkeypatch, PreventUserIdleDisplaySleep=0, NoDisplaySleepAssertion=255)
    assert kept_awake().on


def test_what_is_handed_over_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    power = mac(monkeypatch, PreventUserIdleDisplaySleep=1)
    for _ in range(3):
        kept_awake()
    assert power.things.held == {}


def test_a_refusal_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    power = mac(monkeypatch)
    with looking(display_awake) as film:
        power.refuses = -536870201
        assert film.looks() is None
        health = film.sensor.health()
        assert health.state is State.LOST
        assert health.reason == "macOS does not say what keeps it awake (0xe00002c7)"
        power.refuses, power.silent = 0, True
        assert film.looks() is None
        power.silent = False
        assert film.looks() is False
