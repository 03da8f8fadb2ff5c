"""How well the agent does on labelled days, beside plain idle rules: `python -m tests.simulation.score`.

`docs/accuracy.md` says what is measured and how to read it.  Work hours are off (`hours.mode` is
`always`), so that every minute of every day counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any, Self

from tray_agent.shell import catalogue, intensities
from tray_agent.shell.replay import Replay
from tray_agent.shell.schema import Hours, Settings
from tray_agent.shell.trace import Trace

DAYS = Path(__file__).parent / "days"
EVERY_S = 10
BREAK_S = 120.0
INTERVAL_S = 45 * 60.0
LEEWAY_S = 5 * 60.0
SAME_BREAK = 0.5
IDLE_RULES_MIN = (2, 3, 5, 10)

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Day:
    """A labelled day up to its last event: every time off the chair, and every input."""

    profile: str
    end: float
    off: tuple[Span, ...]
    inputs: tuple[float, ...]

    @property
    def breaks(self) -> list[Span]:
        """Times off the chair that end a bout."""
        return [span for span in self.off if span[1] - span[0] >= BREAK_S]

    @property
    def bouts(self) -> list[Span]:
        """Sitting from break to break, pauses included."""
        edges = [0.0, *(edge for span in self.breaks for edge in span), self.end]
        return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]

    def sat_for(self, t: float) -> float | None:
        """Length of the bout at `t`; None while the person is off the chair."""
        if any(start <= t < end for start, end in self.off):
            return None
        return t - max((end for _, end in self.breaks if end <= t), default=0.0)


@dataclass(frozen=True, slots=True)
class Account:
    """What a method says of a day: `sitting_s` at every sample, and the breaks it saw."""

    samples: tuple[tuple[float, float], ...]
    breaks: tuple[Span, ...]

    def dues(self) -> Iterator[Span]:
        """From when a stand-up is due, by this account alone, to the end of that bout's sitting."""
        due: float | None = None
        for t, sitting_s in self.samples:
            if due is not None and sitting_s < INTERVAL_S:
                yield due, t
                due = None
            elif due is None and sitting_s >= INTERVAL_S:
                due = t - (sitting_s - INTERVAL_S)
        if due is not None:
            yield due, self.samples[-1][0]


@dataclass(slots=True)
class Score:
    """How far an account is from the truth; adds up over days."""

    errors_s: list[float] = field(default_factory=list)
    true_breaks: int = 0
    said_breaks: int = 0
    matched: int = 0
    owed: int = 0
    missed: int = 0
    late: int = 0
    early: int = 0
    empty: int = 0

    def __iadd__(self, other: Score) -> Self:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def figures(self) -> dict[str, float]:
        """The score as it is reported: minutes, shares and counts."""
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "errors_s"}
        return {
            "mean_error_min": fmean(self.errors_s) / 60,
            "median_error_min": median(self.errors_s) / 60,
            "within_5_min": fmean(error <= LEEWAY_S for error in self.errors_s),
            "break_f1": 2 * self.matched / max(1, self.true_breaks + self.said_breaks),
            **counts,
        }


@dataclass(frozen=True, slots=True)
class Promptness:
    """What the policy made of the estimate's due times: delays in seconds, reasons excluded."""

    due: int = 0
    prompted: int = 0
    held_throughout: int = 0
    longest_delay_s: float = 0.0

    def __add__(self, other: Promptness) -> Promptness:
        return Promptness(
            self.due + other.due,
            self.prompted + other.prompted,
            self.held_throughout + other.held_throughout,
            max(self.longest_delay_s, other.longest_delay_s),
        )


def read(path: Path) -> Day:
    """The truth and the inputs of a labelled day."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        header, *entries = map(json.loads, lines)
    end = max(entry["t"] for entry in entries if "truth" not in entry)
    inputs = tuple(entry["t"] for entry in entries if entry.get("e") == "input")
    labels = [(entry["t"], entry["truth"] == "seated") for entry in entries if "truth" in entry]
    return Day(header["profile"], end, tuple(_off(labels, end)), inputs)


def _off(labels: Iterable[tuple[float, bool]], end: float) -> Iterator[Span]:
    left: float | None = None
    for t, seated in labels:
        if not seated and left is None:
            left = t
        elif seated and left is not None:
            yield left, t
            left = None
    if left is not None and left < end:
        yield left, end


def idle_rule(day: Day, minutes: float) -> Account:
    """Away after `minutes` without input, dated back to the last one; nothing else is looked at."""
    inputs = [0.0, *(t for t in day.inputs if t > 0)]
    gaps = [gap for gap in pairwise([*inputs, day.end]) if gap[1] - gap[0] >= minutes * 60]
    returns = [0.0, *(end for _, end in gaps)]
    samples = []
    for t in range(0, int(day.end) + 1, EVERY_S):
        last = inputs[bisect_right(inputs, t) - 1]
        away = t - last >= minutes * 60
        samples.append((float(t), 0.0 if away else t - returns[bisect_right(returns, t) - 1]))
    return Account(tuple(samples), tuple(gaps))


def agent(path: Path, day: Day) -> tuple[Account, Promptness]:
    """The replay's account of a day, and how its prompts followed from it."""
    trace, settings = Trace(path), Settings(hours=Hours(mode="always"))
    rules, exercises = intensities.load(settings), catalogue.load().exercises
    lines = list(Replay(trace.header, rules, exercises, None, EVERY_S).lines(trace))
    samples = ((line["t"], line["sitting_s"]) for line in lines if line["kind"] == "estimate")
    breaks = ((line["start"], line["end"] or day.end) for line in lines if line["kind"] == "break")
    account = Account(tuple(samples), tuple(breaks))
    return account, promptness(list(account.dues()), lines)


def promptness(dues: Sequence[Span], lines: Sequence[Mapping[str, Any]]) -> Promptness:
    """How long after each due time the first prompt came, time held for a stated reason excluded."""
    prompts = [line["t"] for line in lines if line["kind"] == "prompt"]
    quiet = [(line["t"], bool(line["reasons"])) for line in lines if line["kind"] == "quiet"]
    total = Promptness()
    for due, gone in dues:
        prompt = next((t for t in prompts if due <= t < gone), None)
        delay_s = _unheld_s(quiet, due, gone if prompt is None else prompt)
        held_throughout = prompt is None and delay_s == 0
        total += Promptness(1, int(prompt is not None), int(held_throughout), delay_s)
    return total


def _unheld_s(quiet: Sequence[tuple[float, bool]], start: float, end: float) -> float:
    edges = [(0.0, False), *quiet, (end, True)]
    free = (min(b, end) - max(a, start) for (a, held), (b, _) in pairwise(edges) if not held)
    return sum(max(0.0, seconds) for seconds in free)


def score(day: Day, account: Account) -> Score:
    """The account against the truth."""
    truth = [(day.sat_for(t), sitting_s) for t, sitting_s in account.samples]
    true_breaks = day.breaks
    result = Score(
        errors_s=[abs(said - true) for true, said in truth if true is not None],
        true_breaks=len(true_breaks),
        said_breaks=len(account.breaks),
        matched=matches(true_breaks, account.breaks),
    )
    _score_dues(day, [due for due, _ in account.dues()], result)
    return result


def matches(true: Iterable[Span], said: Sequence[Span]) -> int:
    """How many pairs of breaks overlap by at least half of their union; each is paired once."""
    pairs = sorted(((_overlap(a, b), a, b) for a in true for b in said), reverse=True)
    used: set[tuple[str, Span]] = set()
    for overlap, a, b in pairs:
        if overlap >= SAME_BREAK and not used & {("true", a), ("said", b)}:
            used |= {("true", a), ("said", b)}
    return len(used) // 2


def _overlap(a: Span, b: Span) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0.0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def _score_dues(day: Day, dues: Sequence[float], result: Score) -> None:
    for start, end in day.bouts:
        if end - start < INTERVAL_S + LEEWAY_S:
            continue
        result.owed += 1
        first = next((due for due in dues if start <= due < end), None)
        result.missed += first is None
        result.late += first is not None and first - start > INTERVAL_S + LEEWAY_S
    for due in dues:
        sat_for = day.sat_for(due)
        result.empty += sat_for is None
        result.early += sat_for is not None and sat_for < INTERVAL_S - LEEWAY_S


def run(folder: Path) -> dict[str, Any]:
    """The figures of every method for every profile and for all days (`pooled`)."""
    scores: defaultdict[str, defaultdict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    policy: defaultdict[str, Promptness] = defaultdict(Promptness)
    days: defaultdict[str, int] = defaultdict(int)
    for path in sorted(folder.glob("*.jsonl.gz")):
        day = read(path)
        account, prompt = agent(path, day)
        accounts = {"agent": account} | {f"idle {n} min": idle_rule(day, n) for n in IDLE_RULES_MIN}
        for group in (day.profile, "pooled"):
            days[group] += 1
            policy[group] += prompt
            for name, told in accounts.items():
                scores[group][name] += score(day, told)
    return {
        group: {
            "days": days[group],
            "methods": {name: total.figures() for name, total in scores[group].items()},
            "policy": asdict(policy[group]),
        }
        for group in sorted(days, key=lambda group: (group == "pooled", group))
    }


def table(report: Mapping[str, Any]) -> Iterator[str]:
    """The report for people."""
    yield (
        f"{'profile':8}  {'method':11} {'mean':>5} {'median':>6} {'<=5 min':>7} {'F1':>5} {'breaks':>9}"
        f" {'owed':>5} {'missed':>6} {'late':>4} {'early':>5} {'empty':>5}"
    )
    for group, part in report.items():
        for name, f in part["methods"].items():
            breaks = f"{f['matched']}/{f['true_breaks']}/{f['said_breaks']}"
            yield (
                f"{group if name == 'agent' else '':8}  {name:11} {f['mean_error_min']:5.1f}"
                f" {f['median_error_min']:6.1f} {f['within_5_min']:7.0%} {f['break_f1']:5.2f} {breaks:>9}"
                f" {f['owed']:5} {f['missed']:6} {f['late']:4} {f['early']:5} {f['empty']:5}"
            )
    yield ""
    yield f"{'profile':8}  {'due':>4} {'prompted':>8} {'held throughout':>15} {'longest delay':>13}"
    for group, part in report.items():
        due, prompted, held, delay_s = part["policy"].values()
        yield f"{group:8}  {due:4} {prompted:8} {held:15} {delay_s:11.1f} s"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.score", description=__doc__)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("folder", nargs="?", type=Path, default=DAYS, metavar="DIR")
    asked = parser.parse_args()
    report = run(asked.folder)
    if not report:
        parser.error(f"there are no labelled days (*.jsonl.gz) in {asked.folder}")
    print(json.dumps(report, indent=2) if asked.format == "json" else "\n".join(table(report)))


if __name__ == "__main__":
    main()
