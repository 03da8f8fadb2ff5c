from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tray_agent.shell.replay import main

Line = dict[str, Any]
MONDAY_9 = "2026-03-02T09:00:00+01:00"


def at(t: float, e: str, **more: Any) -> Line:
    return {"t": t, "e": e, **more}


def work(start: float, end: float, every: float = 30) -> list[Line]:
    """Input from `start` to `end`, with lulls that let a prompt through."""
    count = int((end - start) / every)
    return [at(start + step * every, "input") for step in range(count)] + [at(end, "input")]


class Player:
    """Writes a trace, replays it and gives the output back."""

    def __init__(self, folder: Path) -> None:
        self.trace = folder / "trace.jsonl"
        self.config = folder / "settings.toml"
        self.errors = ""

    def text(self, *events: Line, form: str = "jsonl", every: float = 60, **header: Any) -> str:
        self.write(events, **header)
        out, errors = io.StringIO(), io.StringIO()
        config = self.config if self.config.exists() else None
        code = main(self.trace, config, every, form, out, errors=errors)
        self.errors = errors.getvalue()
        assert (code, self.errors) == (0, "")
        return out.getvalue()

    def play(self, *events: Line, **options: Any) -> list[Line]:
        return [json.loads(line) for line in self.text(*events, **options).splitlines()]

    def refuse(self, trace: Path | None = None, every: float = 60) -> str:
        out, errors = io.StringIO(), io.StringIO()
        config = self.config if self.config.exists() else None
        assert main(trace or self.trace, config, every, "jsonl", out, errors=errors) == 2
        return errors.getvalue()

    def write(self, events: Iterable[Line], start: str = MONDAY_9, **header: Any) -> None:
        lines = ({"trace": "tray-agent/1", "start": start, **header}, *events)
        self.trace.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


@pytest.fixture
def player(tmp_path: Path) -> Player:
    return Player(tmp_path)


def of(kind: str, lines: Iterable[Line]) -> list[Line]:
    return [
        {key: value for key, value in line.items() if key != "kind"} for line in lines if line["kind"] == kind
    ]


def sitting(lines: Iterable[Line]) -> dict[float, float]:
    return {line["t"]: line["sitting_s"] for line in of("estimate", lines)}


def postures(lines: Iterable[Line]) -> dict[float, str]:
    return {line["t"]: line["posture"] for line in of("estimate", lines)}


def quiet(lines: Iterable[Line]) -> list[tuple[float, list[str]]]:
    return [(line["t"], line["reasons"]) for line in of("quiet", lines)]


def test_every_line_of_a_short_morning(player: Player) -> None:
    text = player.text(*work(0, 120), at(125, "lock"), at(400, "unlock"), at(430, "input"), every=120)
    assert text == (
        '{"kind":"quiet","t":0,"reasons":["day_start"]}\n'
        '{"kind":"estimate","t":0,"posture":"seated","sitting_s":0,"confidence":0.98}\n'
        '{"kind":"estimate","t":120,"posture":"seated","sitting_s":120,"confidence":0.98}\n'
        '{"kind":"quiet","t":125,"reasons":["locked","day_start"]}\n'
        '{"kind":"estimate","t":240,"posture":"away","sitting_s":125,"confidence":0.95}\n'
        '{"kind":"estimate","t":360,"posture":"away","sitting_s":0,"confidence":0.95}\n'
        '{"kind":"break","start":125,"end":400,"cause":"lock"}\n'
        '{"kind":"quiet","t":400,"reasons":["day_start"]}\n'
        '{"kind":"summary","sitting_s":155,"longest_bout_s":125,"standing_s":0,"breaks":1,"prompts":0,'
        '"started":0,"snoozed":0,"skipped":0,"ignored":0,"dose":{"hip_flexor":{"left_s":0,"right_s":0},'
        '"glutes":{"sets":0,"reps":0},"standing_s":0}}\n'
    )


def test_a_header_alone_is_a_person_who_is_there(player: Player) -> None:
    lines = player.play()
    assert [line["kind"] for line in lines] == ["quiet", "estimate", "summary"]
    assert lines[1] | {"confidence": 0} == {
        "kind": "estimate",
        "t": 0,
        "posture": "seated",
        "sitting_s": 0,
        "confidence": 0,
    }


@pytest.mark.parametrize(
    ("every", "last", "times"),
    [(60, 179, [0, 60, 120]), (60, 180, [0, 60, 120, 180]), (0.1, 0.35, [0, 0.1, 0.2, 0.3]), (500, 60, [0])],
)
def test_estimates_fall_at_every_multiple_up_to_the_last_event(
    player: Player, every: float, last: float, times: list[float]
) -> None:
    lines = player.play(at(last, "input"), {"t": 9999, "truth": "away"}, every=every)
    assert list(sitting(lines)) == times


def test_events_of_an_estimate_s_time_come_first(player: Player) -> None:
    lines = player.play(at(60, "input"), at(60, "lock"), at(90, "call_on"))
    assert postures(lines) == {0: "seated", 60: "away"}


def test_what_is_due_comes_before_an_event_of_the_same_time(player: Player) -> None:
    just_in_time = player.play(at(0, "input"), at(149, "input"))
    assert of("break", just_in_time) == []
    too_late = player.play(at(0, "input"), at(150, "input"), every=150)
    assert of("break", too_late) == [{"start": 0, "end": 150, "cause": "idle"}]
    assert sitting(too_late) == {0: 0, 150: 0}
    assert postures(too_late)[150] == "seated"


def test_an_estimate_is_never_revised(player: Player) -> None:
    lines = player.play(*work(0, 600), at(840, "input"))
    assert sitting(lines)[720] == 720
    assert sitting(lines)[780] == 0
    assert of("break", lines) == [{"start": 600, "end": 840, "cause": "idle"}]
    assert [line["kind"] for line in lines[-4:]] == ["break", "quiet", "estimate", "summary"]


def test_a_pause_belongs_to_the_bout(player: Player) -> None:
    lines = player.play(*work(0, 300), at(301, "lock"), at(400, "unlock"), at(420, "input"))
    assert sitting(lines)[360] == 301
    assert sitting(lines)[420] == 420
    assert of("break", lines) == []


def test_a_break_that_lasts_to_the_end_comes_just_before_the_summary(player: Player) -> None:
    lines = player.play(*work(0, 300), at(301, "lock"), at(421, "media_on"))
    assert lines[-2] == {"kind": "break", "start": 301, "end": None, "cause": "lock"}
    assert lines[-1]["breaks"] == 0
    assert lines[-1]["sitting_s"] == 301
    still_a_pause = player.play(*work(0, 300), at(301, "lock"), at(420, "media_on"))
    assert of("break", still_a_pause) == []


def test_sleep_counts_and_is_away(player: Player) -> None:
    lines = player.play(*work(0, 300), at(310, "suspend"), at(3910, "resume"), at(3915, "input"))
    assert of("break", lines) == [{"start": 310, "end": 3915, "cause": "sleep"}]
    assert postures(lines)[360] == "away"
    assert (310, ["asleep", "day_start"]) in quiet(lines)


def test_a_second_suspend_or_a_resume_without_sleep_changes_nothing(player: Player) -> None:
    odd = player.play(
        at(10, "resume"),
        *work(20, 300),
        at(310, "suspend"),
        at(400, "suspend"),
        at(910, "resume"),
        at(915, "input"),
    )
    assert of("break", odd) == [{"start": 310, "end": 915, "cause": "sleep"}]


def test_a_prompt_comes_when_sitting_is_long_enough(player: Player) -> None:
    prompts = of("prompt", player.play(*work(0, 2720)))
    assert prompts == [
        {
            "t": 2700,
            "prompt": "hip_flexor",
            "insistence": "notify",
            "because": [
                {"code": "sitting", "values": {"sitting_s": 2700, "interval_s": 2700}},
                {"code": "movement_due", "values": {"kind": "hip_flexor"}},
            ],
        }
    ]


def test_a_prompt_waits_for_a_lull_and_says_so(player: Player) -> None:
    lull = player.play(*work(0, 2690, every=10), *work(2690, 2760, every=1), at(2770, "input"))
    assert [line["t"] for line in of("prompt", lull)] == [2765]
    assert quiet(lull)[2:] == [(2700, ["typing"]), (2765, [])]
    no_lull = player.play(*work(0, 2690, every=10), *work(2690, 3000, every=1))
    assert [line["t"] for line in of("prompt", no_lull)] == [2880]


def test_quiet_is_told_on_change_and_only_then(player: Player) -> None:
    lines = player.play(
        *work(0, 1500),
        at(1500, "call_on"),
        *work(1510, 1600),
        at(1600, "share_on"),
        at(1620, "input"),
        at(1630, "call_off"),
        at(1640, "share_off"),
        *work(1650, 1700),
    )
    assert quiet(lines) == [
        (0, ["day_start"]),
        (1200, []),
        (1500, ["call"]),
        (1600, ["call", "sharing"]),
        (1630, ["sharing"]),
        (1655, []),
    ]


def test_the_desk_and_presence_events_are_the_person_s_word(player: Player) -> None:
    standing = player.play(*work(0, 300), at(300, "desk_standing"), *work(330, 600), at(600, "desk_sitting"))
    assert of("break", standing) == [{"start": 300, "end": 600, "cause": "standing"}]
    assert postures(standing)[360] == "standing"
    assert standing[-1]["standing_s"] == 300
    assert standing[-1]["dose"]["standing_s"] == 300


@pytest.mark.parametrize(
    ("back", "end"),
    [
        ([at(310, "input"), at(440, "input")], 440),  # typing while leaving is not coming back
        ([at(305, "input"), at(500, "presence_here")], 500),
        ([at(500, "desk_sitting")], 500),
    ],
)
def test_a_declared_absence_ends_with_a_sign_of_return(player: Player, back: list[Line], end: float) -> None:
    lines = player.play(*work(0, 300), at(300, "presence_away"), *back)
    assert of("break", lines) == [{"start": 300, "end": end, "cause": "said"}]


def test_input_soon_after_a_declared_absence_makes_it_a_pause(player: Player) -> None:
    lines = player.play(*work(0, 300), at(300, "presence_away"), at(311, "input"), at(360, "input"))
    assert of("break", lines) == []
    assert sitting(lines)[360] == 360


def test_presence_here_counts_as_one_input(player: Player) -> None:
    lines = player.play(*work(0, 120), *(at(t, "presence_here") for t in range(240, 601, 120)))
    assert sitting(lines)[600] == 600


def answered(*answers: Line, until: float = 2990) -> Iterator[Line]:
    """A prompt comes at 2700, and somebody answers."""
    yield from sorted([*work(0, until), *answers], key=lambda event: float(event["t"]))


def figures(lines: list[Line]) -> Line:
    return {key: lines[-1][key] for key in ("prompts", "started", "snoozed", "skipped", "ignored")}


NONE = {"prompts": 1, "started": 0, "snoozed": 0, "skipped": 0, "ignored": 0}
NO_DOSE = {"hip_flexor": {"left_s": 0, "right_s": 0}, "glutes": {"sets": 0, "reps": 0}, "standing_s": 0}


def test_start_credits_the_routine_when_its_time_has_run(player: Player) -> None:
    start = at(2710, "answer", do="start")
    lines = player.play(*answered(start, until=2890))
    assert figures(lines) == NONE | {"started": 1}
    assert lines[-1]["dose"] == NO_DOSE | {"hip_flexor": {"left_s": 30, "right_s": 30}, "standing_s": 120}
    one_second_short = player.play(*answered(start, until=2889))
    assert figures(one_second_short) == NONE | {"started": 1}
    assert one_second_short[-1]["dose"] == NO_DOSE


def test_posture_during_a_routine_comes_from_the_evidence(player: Player) -> None:
    lines = player.play(*answered(at(2710, "answer", do="start")))
    assert sitting(lines)[2880] == 2880


@pytest.mark.parametrize(
    "end", [at(2889, "lock"), *(at(2889, "answer", do=do) for do in ("snooze", "skip", "dismiss"))]
)
def test_a_lock_or_another_answer_ends_the_routine_without_credit(player: Player, end: Line) -> None:
    lines = player.play(*answered(at(2710, "answer", do="start"), end))
    assert figures(lines) == NONE | {"started": 1}
    assert lines[-1]["dose"] == NO_DOSE


def test_a_second_start_has_nothing_to_start(player: Player) -> None:
    lines = player.play(*answered(*(at(t, "answer", do="start") for t in (2600, 2710, 2720))))
    assert figures(lines) == NONE | {"started": 1}
    assert lines[-1]["dose"]["hip_flexor"] == {"left_s": 30, "right_s": 30}


@pytest.mark.parametrize("do", ["start", "snooze", "skip", "dismiss"])
def test_an_answer_to_no_prompt_is_ignored(player: Player, do: str) -> None:
    assert player.play(*work(0, 600), at(610, "answer", do=do)) == player.play(
        *work(0, 600), at(610, "input", unknown=do)
    )


def test_a_snoozed_prompt_comes_again(player: Player) -> None:
    lines = player.play(*answered(at(2710, "answer", do="snooze"), until=3400))
    assert [line["t"] for line in of("prompt", lines)] == [2700, 3310]
    assert figures(lines) == NONE | {"prompts": 2, "snoozed": 1}
    assert (2710, ["spacing"]) in quiet(lines)


def test_a_skipped_prompt_does_not_come_again_in_this_bout(player: Player) -> None:
    lines = player.play(*answered(at(2710, "answer", do="skip"), until=7200))
    assert figures(lines) == NONE | {"skipped": 1}


def test_a_prompt_nobody_answers_is_ignored(player: Player) -> None:
    lines = player.play(*answered(until=2900))
    assert figures(lines) == NONE | {"ignored": 1}
    assert (2820, ["back_off"]) in quiet(lines)


def test_the_hours_of_the_settings_hold(player: Player) -> None:
    # Half past five: the day's first 20 minutes, then the last 10 of work, then the evening.
    lines = player.play(*work(0, 2000), start="2026-03-02T17:30:00+01:00")
    assert quiet(lines) == [(0, ["day_start"]), (1200, ["day_end"]), (1800, ["outside_hours"])]


@pytest.mark.parametrize(
    ("header", "wall", "reasons"),
    [
        ({}, {"offset_s": 10 * 3600}, ["outside_hours"]),
        ({}, {"offset_s": -2 * 3600}, ["outside_hours"]),
        ({"tz": "Europe/Berlin"}, {"tz": "America/New_York"}, ["outside_hours"]),
        ({}, {"tz": "America/New_York"}, ["outside_hours"]),
        ({}, {"tz": "America/New_York", "offset_s": 6 * 3600}, []),
        ({}, {"offset_s": 3600}, []),
        ({}, {}, []),
    ],
)
def test_the_wall_clock_may_jump_and_the_zone_change(
    player: Player, header: Line, wall: Line, reasons: list[str]
) -> None:
    lines = player.play(*work(0, 1220), at(1230, "wall", **wall), **header)
    assert quiet(lines)[-1] == (1230 if reasons else 1200, reasons)


def test_without_a_zone_the_offset_holds_over_the_change_of_clocks(player: Player) -> None:
    # On Sunday the clocks go forward: by Monday eight o'clock is one hour of sleep earlier.
    saturday = "2026-03-28T20:00:00+01:00"
    events = [*work(0, 60), at(60, "suspend"), at(34 * 3600, "resume"), *work(35 * 3600, 37 * 3600)]
    with_zone = quiet(player.play(*events, start=saturday, tz="Europe/Berlin"))
    without = quiet(player.play(*events, start=saturday))
    starts = [
        min(t for t, reasons in told if "outside_hours" not in reasons) for told in (with_zone, without)
    ]
    assert starts == [35 * 3600, 36 * 3600]


def test_the_summary_adds_up_the_days(player: Player) -> None:
    day = 24 * 3600
    monday = list(answered(at(2710, "answer", do="start"), until=3600))
    tuesday = [
        event | {"t": event["t"] + day} for event in answered(at(2710, "answer", do="skip"), until=5400)
    ]
    lines = player.play(*monday, at(3601, "lock"), at(day - 10, "unlock"), *tuesday)
    assert figures(lines) == NONE | {"prompts": 2, "started": 1, "skipped": 1}
    assert of("break", lines) == [{"start": 3601, "end": day - 10, "cause": "lock"}]
    assert lines[-1]["breaks"] == 1
    assert lines[-1]["sitting_s"] == 3601 + 5410
    assert lines[-1]["longest_bout_s"] == 5410
    assert lines[-1]["dose"]["standing_s"] == 120


def test_the_day_rolls_over_at_four_and_debt_with_it(player: Player) -> None:
    player.config.write_text('hours.mode = "always"\n', "utf-8")
    lines = player.play(*work(0, 2 * 3600), start="2026-03-02T03:20:00+01:00")
    # Sitting before four is forgiven; the first prompt comes 45 min after it.
    assert next(line["t"] for line in of("prompt", lines)) == 2400 + 2700
    assert lines[-1]["sitting_s"] == 2 * 3600
    assert quiet(lines)[:3] == [(0, ["day_start"]), (1200, []), (2400, ["day_start"])]


def test_two_minutes_are_two_minutes_at_fractions_of_a_second(player: Player) -> None:
    # As plain floating-point numbers, 128.2 - 8.2 is less than 120.
    lines = player.play(at(8.2, "lock"), at(128.2, "unlock"))
    assert of("break", lines) == [{"start": 8.2, "end": 128.2, "cause": "lock"}]


def test_every_number_of_the_settings_file_counts(player: Player) -> None:
    player.config.write_text('intensity = "gentle"\ninsistence = "window"\nhours.mode = "always"\n', "utf-8")
    prompt = of("prompt", player.play(*work(0, 3620), start="2026-03-01T23:00:00+01:00"))[0]
    assert (prompt["t"], prompt["insistence"]) == (3600, "window")


def test_wrong_settings_are_refused(player: Player) -> None:
    player.write([])
    player.config.write_text('intensity = "heroic"\n', "utf-8")
    assert player.refuse().startswith(f'{player.config}, line 1: intensity = "heroic" is wrong; it must be ')
    player.config.unlink()
    player.config.mkdir()
    assert player.refuse() == f"{player.config} is not a file that can be read\n"


def test_a_broken_trace_is_refused_with_file_line_and_fault(player: Player) -> None:
    player.write([at(5, "input"), at(4, "input")])
    assert player.refuse() == f"{player.trace}, line 3: time goes back from 5 to 4\n"
    missing = player.trace.with_name("missing.jsonl")
    assert player.refuse(missing) == f"{missing} cannot be read: No such file or directory\n"


@pytest.mark.parametrize("every", [0, -1, float("nan"), float("inf")])
def test_estimates_need_a_distance(player: Player, every: float) -> None:
    player.write([])
    assert player.refuse(every=every) == f"estimates every {every:g} s: allowed is a number above 0\n"


def test_people_get_sentences(player: Player) -> None:
    text = player.text(
        *work(0, 1500),
        at(1501, "lock"),
        at(1700, "unlock"),
        *work(1700, 4400),
        at(4410, "answer", do="start"),
        *work(4420, 4600),
        at(4600, "lock"),
        at(4800, "media_on"),
        form="text",
        every=2700,
    )
    assert text == (
        "0:00:00  quiet: day_start\n"
        "0:00:00  estimate: seated, sitting about 0 min, 98% sure\n"
        "0:20:00  quiet is over\n"
        "0:25:01  quiet: locked\n"
        "0:28:20  break: off the chair since 0:25:01, about 3 min (lock)\n"
        "0:28:20  quiet is over\n"
        "0:45:00  estimate: seated, sitting about 17 min, 98% sure\n"
        "1:13:20  prompt: hip_flexor, by notify\n"
        "1:13:30  quiet: spacing\n"
        "1:16:40  quiet: locked, spacing\n"
        "1:16:40  break: off the chair from here on (lock)\n"
        "In all: sat about 73 min, at most 48 at a stretch. Breaks: 1. Prompts: 1 (started 1, snoozed 0,"
        " skipped 0, ignored 0). Stretched: 30 s left, 30 s right. Glute sets: 0. Stood: 2 min.\n"
    )


def replay_process(player: Player, home: Path, stdout: Any = subprocess.PIPE) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from pathlib import Path; from tray_agent.shell.replay import main;"
        "sys.exit(main(Path(sys.argv[1]), None, 1, 'jsonl', sys.stdout))"
    )
    needed = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    ours = {"HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**needed, **ours}
    arguments = [sys.executable, "-c", code, str(player.trace)]
    return subprocess.Popen(arguments, env=environment, stdout=stdout, stderr=subprocess.PIPE)


def test_a_reader_who_has_seen_enough_is_no_fault(player: Player, tmp_path: Path) -> None:
    player.write(work(0, 20_000))
    with replay_process(player, tmp_path) as replay:
        assert replay.stdout is not None
        assert replay.stderr is not None
        assert replay.stdout.readline().startswith(b'{"kind":"quiet"')
        replay.stdout.close()
        assert replay.stderr.read() == b""
    assert replay.returncode == 0


if sys.platform == "linux":

    def test_a_full_disk_is_said(player: Player, tmp_path: Path) -> None:
        player.write(work(0, 60))
        with Path("/dev/full").open("wb") as full, replay_process(player, tmp_path, stdout=full) as replay:
            assert replay.stderr is not None
            assert replay.stderr.read() == b"the replay cannot be written: No space left on device\n"
        assert replay.returncode == 1


def test_nothing_else_is_read_or_touched(player: Player, tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = home / ".config" / "tray-agent" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('intensity = "no such thing"\n', "utf-8")
    player.write(work(0, 60))
    with replay_process(player, home) as replay:
        out, errors = replay.communicate(timeout=60)
    assert (replay.returncode, errors) == (0, b"")
    assert b'"kind":"summary"' in out
    assert [path for path in home.rglob("*") if path.is_file()] == [settings]
