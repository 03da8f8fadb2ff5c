"""Commands are quick: so many times what a bare Python takes on the same machine, by processor time.

The best of several runs in turn is compared: the machine may be busy, the program may not.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks import commands, lived_year
from tests.support.fake_agent import FakeAgent
from tray_agent.shell.languages import known

RUNS = 7
BARE = (sys.executable, "-c", "pass")
OURS = (sys.executable, "-m", "tray_agent")


def times_a_bare_python(run: Callable[[], float]) -> float:
    """How often a bare Python could have started and ended meanwhile; `run` returns CPU seconds."""
    pairs = [(run(), commands.once(BARE, os.environ)[1]) for _time in range(RUNS)]
    return min(ours for ours, _bare in pairs) / min(bare for _ours, bare in pairs)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[FakeAgent]:
    with closing(FakeAgent(tmp_path)) as made:
        yield made


@pytest.mark.parametrize("language", [code for code in known() if code])
def test_help_is_quick_in_every_language(language: str) -> None:
    env = {**os.environ, "LANGUAGE": language}
    assert times_a_bare_python(lambda: commands.once((*OURS, "--help"), env)[1]) < 4.5


def test_status_is_quick(agent: FakeAgent) -> None:
    def ask() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert agent.call("status")[0] == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert times_a_bare_python(ask) < 5.5


def test_a_year_of_days_is_read_in_little_more_time_than_none(tmp_path: Path) -> None:
    took = []
    for days in (0, 365):
        home = tmp_path / f"{days}"
        (home / "state").mkdir(parents=True)
        rows = lived_year.fill(home / "state" / "history.sqlite3", time.time(), days)
        assert rows > 5000 or not days
        command, env = (*OURS, "history", "--days", "365"), {**os.environ, "TRAY_AGENT_HOME": f"{home}"}
        took.append(times_a_bare_python(lambda: commands.once(command, env)[1]))  # noqa: B023 - now
    none, year = took
    assert year < 12
    assert year < 2 * none
