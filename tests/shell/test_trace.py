from __future__ import annotations

import gzip
import json
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.refusals import A_FOLDER
from tray_agent.core import events as ev
from tray_agent.core.model import Do, Posture, Signal
from tray_agent.shell.trace import Slept, Trace, TraceFault, WallMoved

HEADER = {"trace": "tray-agent/1", "start": "2026-03-02T08:30:00+01:00"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.jsonl"


def read(path: Path, *entries: dict[str, Any] | str, header: dict[str, Any] | None = None) -> list[Any]:
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in (header or HEADER, *entries)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return list(Trace(path))


def fault(path: Path, *entries: dict[str, Any] | str, header: dict[str, Any] | None = None) -> str:
    with pytest.raises(TraceFault) as raised:
        read(path, *entries, header=header)
    where, _, what = str(raised.value).partition(", ")
    assert where == str(path)
    return what


def test_the_header_says_when_and_where_the_day_starts(path: Path) -> None:
    read(path, header=HEADER | {"tz": "Europe/Berlin", "profile": "clerk"})
    header = Trace(path).header
    assert header.start == 1772436600.0
    assert header.zone == ZoneInfo("Europe/Berlin")


def test_without_a_zone_the_offset_of_the_start_holds(path: Path) -> None:
    read(path)
    assert Trace(path).header.zone == timezone(timedelta(hours=1))


def test_utc_may_be_written_as_z(path: Path) -> None:
    read(path, header=HEADER | {"start": "2026-03-02T07:30:00Z"})
    assert Trace(path).header.start == 1772436600.0


@pytest.mark.parametrize(
    ("name", "happening"),
    [
        ("input", ev.Input()),
        ("lock", ev.Locked()),
        ("unlock", ev.Unlocked()),
        ("suspend", Slept(True)),
        ("resume", Slept(False)),
        ("call_on", ev.Context(Signal.CALL, True)),
        ("call_off", ev.Context(Signal.CALL, False)),
        ("media_on", ev.Context(Signal.MEDIA, True)),
        ("media_off", ev.Context(Signal.MEDIA, False)),
        ("share_on", ev.Context(Signal.SHARING, True)),
        ("share_off", ev.Context(Signal.SHARING, False)),
        ("dnd_on", ev.Context(Signal.DND, True)),
        ("dnd_off", ev.Context(Signal.DND, False)),
        ("fullscreen_on", ev.Context(Signal.FULLSCREEN, True)),
        ("fullscreen_off", ev.Context(Signal.FULLSCREEN, False)),
        ("desk_standing", ev.Said(Posture.STANDING)),
        ("desk_sitting", ev.Said(Posture.SEATED)),
        ("presence_away", ev.Said(Posture.AWAY)),
        ("presence_here", ev.Here()),
    ],
)
def test_every_bare_event(path: Path, name: str, happening: object) -> None:
    assert read(path, {"t": 7, "e": name}) == [(7, happening)]


@pytest.mark.parametrize("do", list(Do))
def test_answers(path: Path, do: Do) -> None:
    assert read(path, {"t": 7, "e": "answer", "do": str(do)}) == [(7, ev.Answer(do))]


def test_what_a_wall_event_leaves_out_stays_as_it_is(path: Path) -> None:
    new_york = ZoneInfo("America/New_York")
    assert read(
        path,
        {"t": 1, "e": "wall", "offset_s": -10800},
        {"t": 2, "e": "wall", "tz": "America/New_York"},
        {"t": 3, "e": "wall"},
        {"t": 4, "e": "wall", "offset_s": 1.5, "tz": "America/New_York"},
    ) == [
        (1, WallMoved(-10800.0, None)),
        (2, WallMoved(0.0, new_york)),
        (3, WallMoved(0.0, None)),
        (4, WallMoved(1.5, new_york)),
    ]


def test_unknown_keys_truth_and_empty_lines_are_passed_over(path: Path) -> None:
    assert read(
        path,
        {"t": 5, "e": "input", "app": "editor"},
        {"t": 0, "truth": "seated"},
        {"truth": "away", "e": "what?"},
        "",
        {"t": 5, "e": "input"},
    ) == [(5, ev.Input()), (5, ev.Input())]


def test_gzip_is_recognised_by_its_content(path: Path) -> None:
    lines = f'{json.dumps(HEADER)}\n{{"t": 3, "e": "lock"}}\n'
    path.write_bytes(gzip.compress(lines.encode()))
    assert list(Trace(path)) == [(3, ev.Locked())]


def test_fractions_of_a_second_come_back_to_the_millisecond(path: Path) -> None:
    stamps = [0.001, 8.2, 106.4, 12345.678]
    read_back = [t for t, _ in read(path, *({"t": t, "e": "input"} for t in stamps))]
    assert [round(t, 3) for t in read_back] == stamps
    assert all((t + 120) - t == 120 and (t + 150) - t == 150 for t in read_back)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"t": 4, "e": "sneeze"}, "unknown event 'sneeze'"),
        ({"t": 4, "e": ["input"]}, "unknown event ['input']"),
        ({"t": 4}, "there is no event `e`"),
        ({"e": "input"}, "there is no time `t` in seconds"),
        ({"t": "4", "e": "input"}, "there is no time `t` in seconds"),
        ({"t": True, "e": "input"}, "there is no time `t` in seconds"),
        ({"t": 2.5, "e": "input"}, "time goes back from 3 to 2.5"),
        ({"t": -1, "e": "input"}, "time goes back from 3 to -1"),
        ('{"t": 4, "e": "inp', "broken JSON: "),
        ('{"t": 4, "e": "\udcff"}', "broken JSON: "),
        ("[" * 100_000, "broken JSON: "),
        ("[4]", "the line is not a JSON object"),
        ({"t": 4, "e": "answer"}, "`do` is None, allowed are start, snooze, skip, dismiss"),
        (
            {"t": 4, "e": "answer", "do": ["skip"]},
            "`do` is ['skip'], allowed are start, snooze, skip, dismiss",
        ),
        ({"t": 4, "e": "wall", "tz": "Mars/Base"}, "unknown time zone 'Mars/Base'"),
        ({"t": 4, "e": "wall", "tz": 3}, "unknown time zone 3"),
        (
            {"t": 4, "e": "wall", "offset_s": "1h"},
            "`offset_s` is '1h', allowed are seconds from -1e+09 to 1e+09",
        ),
        ({"t": 4, "e": "wall", "offset_s": 1e15}, "`offset_s` is 1000000000000000.0, allowed are seconds"),
    ],
)
def test_a_wrong_line_is_named(path: Path, entry: dict[str, Any] | str, what: str) -> None:
    raw = entry if isinstance(entry, str) else json.dumps(entry)
    text = "\n".join((json.dumps(HEADER), '{"t": 3, "e": "input"}', raw, ""))
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(TraceFault) as raised:
        list(Trace(path))
    assert str(raised.value).startswith(f"{path}, line 3: {what}")


def test_a_truth_line_may_be_out_of_order_but_not_broken(path: Path) -> None:
    assert fault(path, '{"truth": ').startswith("line 2: broken JSON")


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ({"trace": "tray-agent/2"}, 'the header must say "trace": "tray-agent/1"'),
        ({"trace": "tray-agent/1"}, "the header needs a `start` in ISO 8601"),
        (HEADER | {"start": "yesterday"}, "the header needs a `start` in ISO 8601"),
        (HEADER | {"start": 5}, "the header needs a `start` in ISO 8601"),
        (HEADER | {"start": "2026-03-02T08:30"}, "the header's `start` needs an offset such as +01:00"),
        (HEADER | {"tz": "Mars/Base"}, "unknown time zone 'Mars/Base'"),
    ],
)
def test_a_wrong_header_is_named(path: Path, header: dict[str, Any], what: str) -> None:
    assert fault(path, header=header) == f"line 1: {what}"


def test_an_empty_file_has_no_header(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(TraceFault, match=r"line 1: the header must say"):
        Trace(path)


@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: data[:60] + b"\xff" * 9 + data[69:]])
def test_broken_gzip_is_a_fault_of_the_file(path: Path, spoil: Any) -> None:
    inputs = "".join(f'{{"t": {t * 37 % 1000 + t * 1000}, "e": "input"}}\n' for t in range(2000))
    path.write_bytes(spoil(gzip.compress(f"{json.dumps(HEADER)}\n{inputs}".encode())))
    with pytest.raises(TraceFault, match=r"day\.jsonl, line \d+: broken gzip data: |broken JSON"):
        list(Trace(path))


def test_a_file_that_is_not_there_or_is_a_folder(path: Path) -> None:
    with pytest.raises(TraceFault) as raised:
        Trace(path)
    assert str(raised.value) == f"{path} cannot be read: No such file or directory"
    with pytest.raises(TraceFault) as raised:
        Trace(path.parent)
    assert str(raised.value) == f"{path.parent} cannot be read: {A_FOLDER}"
