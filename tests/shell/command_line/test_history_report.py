import csv
import io
import json

from tests.support.schemas import problems
from tray_agent.core.model import Outcome
from tray_agent.shell.command_line import history_report
from tray_agent.shell.history import BoutRow, BreakRow, Day, DoseRow, PromptRow, StandRow

MONDAY = Day("2026-03-02")
TUESDAY = Day("2026-03-03")
for row in (
    BoutRow(0, 2700, "idle"),
    BoutRow(3000, 5100.4, "lock"),
    BreakRow(2700, 3000, "idle"),
    StandRow(5100, 5700),
    PromptRow("stand_up", "notify", 2700, Outcome.STARTED, 2710),
    PromptRow("stand_up", "notify", 5000, Outcome.WITHDRAWN, 5100),
    DoseRow("hip_flexor", 30, 30, 0, 0, 0, 2800),
    DoseRow("glutes", 0, 0, 2, 20, 0, 2900),
    DoseRow("stand_up", 0, 0, 0, 0, 180, 2900),
):
    MONDAY.count(row)


def test_table() -> None:
    assert history_report.as_text([MONDAY, TUESDAY]) == (
        "Day             sitting  longest  breaks  prompts  stretching  glute sets\n"
        "Mon 2026-03-02   80 min   45 min       1        2       1 min           2\n"
        "Tue 2026-03-03    0 min    0 min       -        -           -           -\n"
    )


def test_no_days_yet() -> None:
    assert history_report.as_text([]) == "Nothing is kept of these days.\n"
    assert history_report.as_json([]) == '{"days": []}\n'
    assert history_report.as_csv([]).count("\r\n") == 1


def test_json_keeps_its_schema() -> None:
    told = json.loads(history_report.as_json([MONDAY, TUESDAY]))
    assert problems("history", told) == []
    monday = told["days"][0]
    assert (monday["sitting_s"], monday["longest_bout_s"], monday["standing_s"]) == (4800, 2700, 600)
    assert monday["breaks"] == 1
    assert (monday["prompts"], monday["started"], monday["withdrawn"], monday["skipped"]) == (2, 1, 1, 0)
    assert monday["dose"] == {
        "hip_flexor": {"left_s": 30, "right_s": 30},
        "glutes": {"sets": 2, "reps": 20},
        "standing_s": 780,
    }


def test_csv_has_names_that_stay_and_lines_by_rfc_4180() -> None:
    text = history_report.as_csv([MONDAY, TUESDAY])
    assert text.count("\r\n") == text.count("\n") == 3
    assert text.splitlines()[0] == (
        "date,sitting_s,longest_bout_s,standing_s,breaks,"
        "prompts,started,snoozed,skipped,dismissed,ignored,withdrawn,"
        "dose_hip_flexor_left_s,dose_hip_flexor_right_s,dose_glutes_sets,dose_glutes_reps,dose_standing_s"
    )
    monday, tuesday = csv.DictReader(io.StringIO(text, newline=""))
    assert (monday["date"], monday["sitting_s"], monday["dose_glutes_reps"]) == ("2026-03-02", "4800", "20")
    assert tuesday["breaks"] == "0"
