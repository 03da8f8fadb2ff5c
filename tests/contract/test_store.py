"""What every history must do, on a disk that works and on one that does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.schemas import problems
from tray_agent.core.model import Condition, Limits
from tray_agent.shell.history import BoutRow, BreakRow, Day, DoseRow, PromptRow, StandRow, day_began
from tray_agent.shell.store import SqliteStore

DAY = 24 * 3600.0


@pytest.fixture(params=["disk", "no disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteStore]:
    folder = tmp_path / "state"
    if request.param == "disk":
        folder.mkdir()
    else:
        folder.write_text("in the way")
    opened = SqliteStore(folder / "history.sqlite3")
    yield opened
    opened.close()


def date(at: float) -> str:
    return f"day {at // DAY + 100:03.0f}"


def dose(at: float, kind: str = "hip_flexor") -> DoseRow:
    return DoseRow(kind, 30.0, 30.0, 0, 0, 0.0, at)


def test_begins_empty(store: SqliteStore) -> None:
    assert store.days(90, DAY, date) == []
    assert store.recent_doses(0.0) == []
    assert store.limits() == Limits()
    assert store.note("anything") is None


def test_days(store: SqliteStore) -> None:
    store.add(BoutRow(0.0, 2700.0, "idle"), BreakRow(2700.0, 3000.0, "idle"), StandRow(2700.0, 2760.0))
    store.add(PromptRow("stand_up", "notify", 2690.0, "started", 2695.0))
    store.add(BoutRow(DAY, DAY + 60.0, "lock"))
    assert store.days(90, DAY, date) == [
        Day("day 100", 2700.0, 2700.0, 60.0, 1, {"started": 1}),
        Day("day 101", 60.0, 60.0),
    ]
    assert [day.date for day in store.days(1, DAY + 100.0, date)] == ["day 101"]


def test_recent_doses_come_oldest_first(store: SqliteStore) -> None:
    store.add(dose(300.0), dose(100.0), dose(200.0, "glutes"))
    assert store.recent_doses(200.0) == [dose(200.0, "glutes"), dose(300.0)]


def test_row_told_twice_is_kept_once(store: SqliteStore) -> None:
    for _time in range(2):
        store.add(BoutRow(0.0, 60.0, "idle"), BreakRow(60.0, 300.0, "idle"), dose(100.0))
        store.add(PromptRow("stand_up", "notify", 50.0, "started", 60.0))
    store.add(BreakRow(60.4, 360.0, "idle"))
    assert store.days(1, DAY - 1, date) == [Day("day 100", 60.0, 60.0, 0.0, 1, {"started": 1}, [dose(100.0)])]


def test_correction_replaces_what_came_since(store: SqliteStore) -> None:
    store.add(
        BreakRow(100.0, 300.0, "idle"), BreakRow(1000.0, 1300.0, "idle"), BoutRow(300.0, 1000.0, "idle")
    )
    store.add(StandRow(100.0, 200.0), StandRow(1000.0, 1100.0))
    store.add(PromptRow("stand_up", "notify", 990.0, "started", 995.0), dose(1100.0))
    store.correct(900.0, [BreakRow(950.0, 1200.0, "said"), BreakRow(1500.0, 1800.0, "said")])
    (day,) = store.days(1, DAY - 1, date)
    assert (day.breaks, day.sitting_s, day.standing_s) == (3, 700.0, 100.0)
    store.correct(250.0, [BoutRow(300.0, 900.0, "said"), StandRow(920.0, 930.0)])
    (day,) = store.days(1, DAY - 1, date)
    assert (day.breaks, day.sitting_s, day.standing_s) == (1, 600.0, 110.0)
    assert (day.prompts, day.doses) == ({"started": 1}, [dose(1100.0)])


def test_trim_keeps_the_days_asked_for(store: SqliteStore) -> None:
    for n in range(5):
        store.add(BoutRow(n * DAY, n * DAY + 60.0, "idle"), dose(n * DAY))
    store.trim(2, 5 * DAY)
    assert [day.date for day in store.days(90, 5 * DAY, date)] == ["day 103", "day 104"]


def test_retention_0_keeps_only_what_is_today_s(store: SqliteStore) -> None:
    today = day_began(100 * DAY)
    for began in (today - 500, today + 60):
        store.add(BoutRow(began - 60, began, "idle"), BreakRow(began, began + 200, "idle"))
        store.add(StandRow(began, began + 100), PromptRow("stand_up", "notify", began - 9, "started", began))
        store.add(dose(began))
    store.trim(0, 100 * DAY)
    kept = store.export(include_health=False)
    assert {name: len(rows) for name, rows in kept.items()} == {
        "bouts": 1,
        "breaks": 1,
        "stands": 1,
        "prompts": 1,
        "doses": 1,
        "meta": 0,
    }
    assert store.recent_doses(0.0) == [dose(today + 60)]


def test_limits(store: SqliteStore) -> None:
    said = Limits(cleared=True, conditions=frozenset(Condition), hurt=frozenset({"low_lunge", "half_kneel"}))
    store.set_limits(said, 1.0)
    assert store.limits() == said
    store.set_limits(Limits(hurt=frozenset({"low_lunge"})), 2.0)
    assert store.limits() == Limits(hurt=frozenset({"low_lunge"}))
    assert [(row["name"], row["value"]) for row in store.export(include_health=True)["health"]] == [
        ("hurts.low_lunge", "yes"),
        ("safety_cleared", "no"),
    ]


def test_an_answer_keeps_the_time_at_which_it_was_given(store: SqliteStore) -> None:
    store.set_limits(Limits(hurt=frozenset({"a"})), 1.0)
    store.set_limits(Limits(cleared=True, hurt=frozenset({"a", "b"})), 2.0)
    times = {row["name"]: row["at"] for row in store.export(include_health=True)["health"]}
    assert times == {"hurts.a": iso(1.0), "hurts.b": iso(2.0), "safety_cleared": iso(2.0)}


def test_notes(store: SqliteStore) -> None:
    store.set_note("exported", "yes")
    store.set_note("exported", "no")
    assert store.note("exported") == "no"


def test_erase_forgets_everything(store: SqliteStore) -> None:
    store.add(BoutRow(0.0, 60.0, "idle"), dose(0.0))
    store.set_limits(Limits(cleared=True, conditions=frozenset(Condition)), 1.0)
    store.set_note("exported", "yes")
    store.add(BreakRow(0.0, 200.0, "idle"), StandRow(0.0, 60.0))
    store.add(PromptRow("stand_up", "notify", 50.0, "started", 60.0))
    store.erase()
    assert not any(store.export(include_health=True).values())
    assert store.days(90, DAY, date) == []
    assert store.limits() == Limits()
    assert store.note("exported") is None


def test_export_has_every_field_and_health_only_when_asked(store: SqliteStore) -> None:
    began = datetime(2026, 3, 2, 9, 30, tzinfo=UTC).timestamp()
    store.add(BoutRow(began, began + 60.25, "idle"), BreakRow(began + 60.25, began + 300, "lock"))
    store.add(StandRow(began, began + 5), dose(began))
    store.add(PromptRow("stand_up", "notify", began, "started", began + 9))
    store.set_note("exported", "yes")
    store.set_limits(Limits(cleared=True, conditions=frozenset(Condition), hurt=frozenset({"a_b"})), began)
    told = store.export(include_health=True)
    assert problems("export", told) == []
    assert told["bouts"] == [{"began": iso(began), "ended": iso(began + 60.25), "cause": "idle"}]
    assert told["doses"][0] == {**dose(began)._asdict(), "at": iso(began)}
    assert len(told["health"]) == 1 + len(Condition) + 1
    assert told["health"][-1] == {"name": "safety_cleared", "value": "yes", "at": iso(began)}
    assert store.export(include_health=False) == {
        name: rows for name, rows in told.items() if name != "health"
    }


def iso(at: float) -> str:
    text = datetime.fromtimestamp(at, UTC).astimezone().isoformat(timespec="milliseconds")
    assert datetime.fromisoformat(text).timestamp() == at
    return text
