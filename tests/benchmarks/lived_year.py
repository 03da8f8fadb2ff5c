"""A year of history as a person with a desk leaves it behind: 250 days at work, some 10,000 rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from tray_agent.core.model import Cause, Insistence, Kind, Outcome
from tray_agent.shell.history import BoutRow, BreakRow, DoseRow, PromptRow, Row, StandRow
from tray_agent.shell.store import DAY_S, SqliteStore

_WORKDAYS = 5
_DAYS_OFF = 0.04


def fill(path: Path, now: float, days: int = 365) -> int:
    """Write the history of the `days` before `now` to a new file; returns how many rows it has."""
    rows = [row for ago in range(days, 0, -1) for row in of_day(now - ago * DAY_S, random.Random(ago))]
    with closing(SqliteStore(path)) as store:
        store.add(*rows)
    return len(rows)


def of_day(at: float, chance: random.Random) -> Iterator[Row]:
    """The rows of the day to which `at` belongs; none at the weekend and on a day off."""
    morning = datetime.fromtimestamp(at).replace(hour=8, minute=30, second=0, microsecond=0)
    if morning.weekday() >= _WORKDAYS or chance.random() < _DAYS_OFF:
        return
    now = morning.timestamp() + chance.uniform(0, 1800)
    home = (morning + timedelta(hours=9)).timestamp()
    while now < home:
        up = now + chance.triangular(300, 5400, 1800)
        yield BoutRow(now, up, chance.choice((Cause.IDLE, Cause.LOCK)))
        now = up + chance.triangular(60, 2400, 240)
        yield BreakRow(up, now, Cause.IDLE)
        yield from _asked(up, chance)
        if chance.random() < 0.1:
            yield StandRow(now, now + 1200.0)


def _asked(at: float, chance: random.Random) -> Iterator[Row]:
    """A prompt near the end of a bout, and the movement done if the person went along."""
    kind, outcome = chance.choice(tuple(Kind)), chance.choice(tuple(Outcome))
    yield PromptRow(kind, Insistence.NOTIFY, at - 60, outcome, at)
    if outcome is Outcome.STARTED:
        stretched_s = 60.0 if kind is Kind.HIP_FLEXOR else 0.0
        sets = 2 if kind is Kind.GLUTES else 0
        yield DoseRow(kind, stretched_s, stretched_s, sets, 12 * sets, 0.0, at + 120)
