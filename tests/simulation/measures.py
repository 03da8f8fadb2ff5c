"""How far an account is from the truth, and what the policy made of it; `docs/accuracy.md` explains both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from itertools import pairwise
from statistics import fmean, median
from typing import Self

from tests.simulation.labelled import INTERVAL_S, Account, Day, Line, Span

LEEWAY_S = 5 * 60.0
SAME_BREAK = 0.5


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


@dataclass(frozen=True, slots=True)
class Untimely:
    """Prompts shown, and how many of them to an empty chair or to somebody who had just had a break.

    `interrupting` are those during a call, sharing, full screen or do-not-disturb; one that was shown in
    the very second in which that began could not know.
    """

    prompts: int = 0
    off_chair: int = 0
    after_break: int = 0
    interrupting: int = 0

    def __add__(self, other: Untimely) -> Untimely:
        return Untimely(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


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


def untimely(day: Day, lines: Iterable[Line]) -> Untimely:
    """The real policy's prompts: to nobody on the chair, or within five minutes of a true break's end."""
    prompts = list(_prompts(lines))
    after = [t for t in prompts if any(0 <= t - end < LEEWAY_S for _, end in day.breaks)]
    taken = [t for t in prompts if any(start < t < end for start, end in day.taken)]
    off, after_break = sum(map(day.is_off, prompts)), sum(not day.is_off(t) for t in after)
    return Untimely(len(prompts), off, after_break, len(taken))


def promptness(dues: Sequence[Span], lines: Sequence[Line]) -> Promptness:
    """How long after each due time the first prompt came, time held for a stated reason excluded."""
    prompts = list(_prompts(lines))
    quiet = [(line["t"], bool(line["reasons"])) for line in lines if line["kind"] == "quiet"]
    total = Promptness()
    for due, gone in dues:
        prompt = next((t for t in prompts if due <= t < gone), None)
        delay_s = _unheld_s(quiet, due, gone if prompt is None else prompt)
        held_throughout = prompt is None and delay_s == 0
        total += Promptness(1, int(prompt is not None), int(held_throughout), delay_s)
    return total


def _prompts(lines: Iterable[Line]) -> Iterator[float]:
    return (line["t"] for line in lines if line["kind"] == "prompt")


def _unheld_s(quiet: Sequence[tuple[float, bool]], start: float, end: float) -> float:
    edges = [(0.0, False), *quiet, (end, True)]
    free = (min(b, end) - max(a, start) for (a, held), (b, _) in pairwise(edges) if not held)
    return sum(max(0.0, seconds) for seconds in free)
