"""How well the agent does on labelled days, beside plain idle rules: `python -m tests.simulation.score`.

    python -m tests.simulation.score               the twelve kept days
    python -m tests.simulation.score --generated   the second set, 84 days; takes a minute or two
    python -m tests.simulation.score --worth       what each signal is worth: the engine without it

`docs/accuracy.md` says what is measured and how to read it.  Work hours are off (`hours.mode` is
`always`), so that every minute of every day counts.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from tests.simulation import generator
from tests.simulation.generated.person import OFFICE
from tests.simulation.labelled import DEFAULT, PRESET, Day, account, idle_rule, read, replay
from tests.simulation.measures import Promptness, Score, Untimely, promptness, score, untimely
from tray_agent.shell.schema import Settings

DAYS = Path(__file__).parent / "days"
IDLE_RULES_MIN = (2, 3, 5, 10)
LEFT_OUT = {
    "nothing": (),
    "lock": ("lock",),
    "sleep": ("sleep",),
    "call": ("call",),
    "media": ("media",),
    "call and media": ("call", "media"),
    "sharing, full screen, dnd": ("sharing", "fullscreen", "dnd"),
    "everything": ("lock", "sleep", "call", "media", "sharing", "fullscreen", "dnd"),
}

Report = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Group:
    """Days that are scored together."""

    days: int = 0
    scores: defaultdict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    policy: Promptness = Promptness()
    prompts: defaultdict[str, Untimely] = field(default_factory=lambda: defaultdict(Untimely))

    def __iadd__(self, other: Group) -> Self:
        self.days += other.days
        self.policy += other.policy
        for name, each in other.scores.items():
            self.scores[name] += each
        for person, shown in other.prompts.items():
            self.prompts[person] += shown
        return self

    def figures(self) -> dict[str, Any]:
        """The group as it is reported."""
        return {
            "days": self.days,
            "methods": {name: total.figures() for name, total in self.scores.items()},
            "policy": asdict(self.policy),
            "prompts": {person: asdict(shown) for person, shown in self.prompts.items()},
        }


def run(folder: Path, settings: Settings = DEFAULT, *, answers: bool = True) -> Report:
    """The figures of every method for every profile and for all days (`pooled`).

    With `answers` the policy is also played to somebody who reacts.
    """
    groups: defaultdict[str, Group] = defaultdict(Group)
    for path in sorted(folder.glob("*.jsonl.gz")):
        day = read(path)
        found = _one_day(path, day, settings, answers=answers)
        groups[day.profile] += found
        groups["pooled"] += found
    in_order = sorted(groups.items(), key=lambda item: (item[0] == "pooled", item[0]))
    return {name: group.figures() for name, group in in_order}


def _one_day(path: Path, day: Day, settings: Settings, *, answers: bool) -> Group:
    lines = replay(path, settings)
    told = account(lines, day)
    found = Group(1, policy=promptness(list(told.dues()), lines))
    found.scores["agent"] = score(day, told)
    for minutes in IDLE_RULES_MIN:
        found.scores[f"idle {minutes} min"] = score(day, idle_rule(day, minutes))
    found.prompts["ignored"] = untimely(day, lines)
    if answers:
        found.prompts["answered"] = untimely(day, replay(path, settings, answers=True))
    return found


def run_generated(
    workers: int = generator.WORKERS, days_each: int = generator.DAYS_EACH, *, answers: bool = True
) -> Report:
    """The second set: six office profiles pooled, then long silences, by default and with the preset."""
    with generated(workers, days_each) as (office, silent):
        report = run(office, answers=answers)
        report["silences"] = run(silent, answers=answers)["pooled"]
        report["+ preset"] = run(silent, PRESET, answers=answers)["pooled"]
    return report


@contextmanager
def generated(workers: int, days_each: int) -> Iterator[tuple[Path, Path]]:
    """Folders with so many days of each office profile, and of long silences."""
    with TemporaryDirectory() as folder:
        office, silent = Path(folder, "office"), Path(folder, "silent")
        office.mkdir()
        silent.mkdir()
        generator.write(office, OFFICE, workers, days_each)
        generator.write(silent, ["long_silences"], workers, days_each)
        yield office, silent


def worth(folder: Path) -> dict[str, dict[str, float]]:
    """The engine's figures over all days with one signal left out at a time, then with none of them."""
    return {name: _without(folder, signals) for name, signals in LEFT_OUT.items()}


def _without(folder: Path, signals: tuple[str, ...]) -> dict[str, float]:
    total, shown, paths = Score(), Untimely(), sorted(folder.glob("*.jsonl.gz"))
    for path in paths:
        day, lines = read(path), replay(path, without=signals)
        total += score(day, account(lines, day))
        shown += untimely(day, lines)
    return total.figures() | asdict(shown) | {"days": len(paths)}


def table(report: Mapping[str, Any]) -> Iterator[str]:
    """The report for people: the estimate, the policy's delays, the prompts of a day."""
    yield from _estimates(report)
    yield ""
    yield from _delays(report)
    yield ""
    yield from _prompts(report)


def _estimates(report: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{'profile':9} {'method':11} {'mean':>5} {'median':>6} {'<=5 min':>7} {'F1':>5} {'breaks':>12}"
        f" {'owed':>5} {'missed':>6} {'late':>4} {'early':>5} {'empty':>5}"
    )
    for group, part in report.items():
        for name, f in part["methods"].items():
            breaks = f"{f['matched']}/{f['true_breaks']}/{f['said_breaks']}"
            yield (
                f"{group if name == 'agent' else '':9} {name:11} {f['mean_error_min']:5.1f}"
                f" {f['median_error_min']:6.1f} {f['within_5_min']:7.0%} {f['break_f1']:5.2f} {breaks:>12}"
                f" {f['owed']:5} {f['missed']:6} {f['late']:4} {f['early']:5} {f['empty']:5}"
            )


def _delays(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'profile':9} {'due':>4} {'prompted':>8} {'held throughout':>15} {'longest delay':>13}"
    for group, part in report.items():
        due, prompted, held, delay_s = part["policy"].values()
        yield f"{group:9} {due:4} {prompted:8} {held:15} {delay_s:11.1f} s"


def _prompts(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'a day':9} {'person':9} prompts off the chair after a break untimely interrupting"
    for group, part in report.items():
        for person, shown in part["prompts"].items():
            prompts, off, after, taken = (count / part["days"] for count in shown.values())
            counts = f"{prompts:7.2f} {off:13.2f} {after:13.2f} {off + after:8.2f} {taken:12.2f}"
            yield f"{group:9} {person:9} {counts}"


def worth_table(report: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """What each signal is worth, for people; prompts are a day."""
    yield f"{'without':26}  mean median <=5 min    F1 false dues prompts untimely interrupting"
    for name, f in report.items():
        days, false_dues = f["days"], f["early"] + f["empty"]
        untimely_prompts = f["off_chair"] + f["after_break"]
        yield (
            f"{name:26} {f['mean_error_min']:5.1f} {f['median_error_min']:6.1f} {f['within_5_min']:7.0%}"
            f" {f['break_f1']:5.2f} {false_dues:10} {f['prompts'] / days:7.2f}"
            f" {untimely_prompts / days:8.2f} {f['interrupting'] / days:12.2f}"
        )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.score", description=__doc__)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--generated", action="store_true", help="the second set instead of kept days")
    parser.add_argument("--worth", action="store_true", help="what each signal is worth")
    parser.add_argument("folder", nargs="?", type=Path, default=DAYS, metavar="DIR")
    asked = parser.parse_args()
    if not any(asked.folder.glob("*.jsonl.gz")):
        parser.error(f"there are no labelled days (*.jsonl.gz) in {asked.folder}")
    report: Mapping[str, Any]
    if asked.worth and asked.generated:
        with generated(generator.WORKERS, generator.DAYS_EACH) as (office, _silent):
            report = worth(office)
    elif asked.worth:
        report = worth(asked.folder)
    else:
        report = run_generated() if asked.generated else run(asked.folder)
    rows = worth_table(report) if asked.worth else table(report)
    print(json.dumps(report, indent=2) if asked.format == "json" else "\n".join(rows))


if __name__ == "__main__":
    main()
