"""The axis under clocks that sleep, step and race."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tray_agent.core.engine import Engine
from tray_agent.core.events import Input, SensorFound
from tray_agent.core.rules import Rules
from tray_agent.ports import Clocks
from tray_agent.shell.clock import Clock, ClockWatch, Moved


@dataclass
class Machine:
    """A machine whose clocks a test moves."""

    boottime: float = 1000.0
    monotonic: float = 1000.0
    wall: float = 1_700_000_000.0

    def read(self) -> Clocks:
        return Clocks("boot", self.boottime, self.monotonic, self.wall)

    def runs(self, seconds: float) -> None:
        self.boottime += seconds
        self.monotonic += seconds
        self.wall += seconds

    def sleeps(self, seconds: float) -> None:
        self.boottime += seconds
        self.wall += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_the_axis_goes_on_where_it_stood(machine: Machine) -> None:
    clock = Clock(machine.read, start=500.0)
    machine.runs(10)
    assert clock.now() == 510.0


def test_the_axis_counts_sleep(machine: Machine) -> None:
    clock = Clock(machine.read)
    machine.sleeps(3600)
    assert clock.now() == 3600.0


def test_the_axis_never_goes_back(machine: Machine) -> None:
    clock = Clock(machine.read)
    machine.runs(10)
    clock.now()
    machine.boottime -= 5
    assert clock.now() == 10.0


def test_an_alarm_that_rings_early_carries_the_axis_along(machine: Machine) -> None:
    clock = Clock(machine.read)
    machine.runs(9)
    assert clock.at_least(10.0) == 10.0
    assert clock.now() == 10.0
    machine.runs(2)
    assert clock.now() == 11.0


def test_setting_the_wall_clock_does_not_move_the_axis(machine: Machine) -> None:
    clock = Clock(machine.read)
    machine.wall -= 3 * 3600
    assert clock.now() == 0.0
    assert clock.wall() == machine.wall


def test_at_sixty_times_life_a_minute_is_an_hour(machine: Machine) -> None:
    clock = Clock(machine.read, speed=60.0, wall=9_000_000.0)
    machine.runs(60)
    assert clock.now() == 3600.0
    assert clock.wall() == 9_003_600.0
    assert clock.real_s(3600) == 60.0


def test_a_faster_agent_goes_on_in_its_own_day_after_a_restart(machine: Machine) -> None:
    clock = Clock(machine.read, speed=60.0, start=7200.0, wall=9_000_000.0)
    assert clock.wall() == 9_007_200.0


def test_past_moments_have_their_wall_time(machine: Machine) -> None:
    clock = Clock(machine.read, start=100.0)
    began = clock.wall()
    machine.runs(50)
    assert clock.wall_at(100.0) == pytest.approx(began)


def test_a_machine_that_has_just_booted_has_a_past() -> None:
    """What happened before the clocks began lies on the axis too, below zero."""
    machine = Machine(boottime=0.2, monotonic=0.2)
    clock, watch = Clock(machine.read), ClockWatch(machine.read)
    engine = Engine(Rules(), ())
    engine.handle(SensorFound(), clock.now())
    engine.handle(Input(age=7200.0), clock.now())
    assert engine.view(clock.now()).estimate.sitting_s == 0.0
    assert clock.wall_at(-7200.0) == machine.wall - 7200
    engine.handle(Input(), clock.now())
    machine.runs(60)
    assert watch.look() is None
    assert engine.estimate(clock.now()).sitting_s == 60.0


def test_a_quiet_hour_moves_nothing(machine: Machine) -> None:
    watch = ClockWatch(machine.read)
    machine.runs(3600)
    assert watch.look() is None


def test_sleep_is_told_from_a_step(machine: Machine) -> None:
    watch = ClockWatch(machine.read)
    machine.sleeps(600)
    assert watch.look() == Moved(slept_s=600.0, stepped_s=0.0)
    machine.wall += 3600
    assert watch.look() == Moved(slept_s=0.0, stepped_s=3600.0)
    assert watch.look() is None
