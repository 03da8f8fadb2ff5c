"""Playbooks that fail, when the test is over, on a prompt that nobody expected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.timeline import STAND_UPS, NewDay, Playbook
from tray_agent.core.rules import Rules


@pytest.fixture(params=["inputs", "edges"])
def new_day(request: pytest.FixtureRequest) -> Iterator[NewDay]:
    """Makes a playbook; every timeline must hold for both kinds of sensors."""
    days: list[Playbook] = []

    def make(rules: Rules = STAND_UPS) -> Playbook:
        days.append(Playbook(rules, edges=request.param == "edges"))
        return days[-1]

    yield make
    for day in days:
        day.expects_no_prompt()


@pytest.fixture
def day(new_day: NewDay) -> Playbook:
    """A day with the standard intensity and plain stand-ups."""
    return new_day()
