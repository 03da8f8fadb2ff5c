"""Figures of the lab and their table."""

from __future__ import annotations

from tray_agent.shell.lab.figures import Figures, bouts, table

MIN = 60.0


def test_bouts_lie_between_breaks_and_pauses_do_not_end_them() -> None:
    off = [(0.0, 8 * MIN), (40 * MIN, 41 * MIN), (60 * MIN, 65 * MIN), (95 * MIN, 200 * MIN)]
    assert bouts(off) == [52 * MIN, 30 * MIN]


def test_figures_add_up() -> None:
    assert Figures(days=1, prompts=3, sitting_s=10.0) + Figures(days=2, prompts=1) == Figures(
        days=3, prompts=4, sitting_s=10.0
    )


def test_the_table_is_a_day_s_average() -> None:
    first = Figures(days=2, prompts=9, started=3, sitting_s=2 * 3600.0 * 7)
    rows = table([("now.json", first), ("planned", Figures(days=2))]).splitlines()
    assert rows[0].split() == ["now.json", "planned"]
    assert rows[1].split() == ["prompts", "4.5", "0.0"]
    assert next(row for row in rows if row.startswith("hours")).split()[-2:] == ["7.0", "0.0"]
    assert next(row for row in rows if "followed" in row).split()[-2:] == ["33%", "-"]
    assert len({len(row) for row in rows if row == row.rstrip()}) == 1
