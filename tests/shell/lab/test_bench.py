"""Many workers on all cores."""

from __future__ import annotations

from tray_agent.shell import catalogue, intensities, setting_values
from tray_agent.shell.hours import work_ranges
from tray_agent.shell.lab import bench, people
from tray_agent.shell.lab.figures import Figures
from tray_agent.shell.lab.life import Under, live


def test_all_cores_come_to_what_one_would() -> None:
    told: list[float] = []
    result = bench.run({"now": {}, "soon": {"intensity": "gentle"}}, 9, 1, told.append)
    settings = setting_values.typed({})
    policy = Under(intensities.load(settings), work_ranges(settings))
    everybody, exercises = people.load(), catalogue.load().exercises
    alone = sum((live(policy, everybody, exercises, number, 1) for number in range(9)), Figures())
    assert result["now"] == alone
    assert result["soon"].days == 9
    assert told[0] == 0.0
    assert told == sorted(told)
    assert told[-1] == 1.0
