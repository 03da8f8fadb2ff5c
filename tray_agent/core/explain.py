"""Why the estimator believes what it believes: its evidence with ages, its rule, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, field

from tray_agent.core.estimator import NEVER, Estimator
from tray_agent.core.model import Because, Posture
from tray_agent.core.quiet import Hold, QuietState
from tray_agent.core.rules import BREAK_COUNTS_AFTER_S, HOLD_S, STANDING_HOLDS_S


class Rule(StrEnum):
    """What decides: the first that fits."""

    SAID_STANDING = "said_standing"
    NO_SENSOR = "no_sensor"
    NO_INPUT_YET = "no_input_yet"
    LEFT = "left"
    INPUT = "input"
    HELD = "held"
    HOLD_ENDED = "hold_ended"


class Change(StrEnum):
    """What would change the answer."""

    INPUT = "input"
    NO_INPUT = "no_input"
    HOLD_ENDS = "hold_ends"
    LOCK = "lock"
    SLEEP = "sleep"
    UNLOCK = "unlock"
    WORD = "word"
    STANDING_EXPIRES = "standing_expires"
    SENSOR = "sensor"


class Evidence(StrEnum):
    """What the answer goes by."""

    LAST_INPUT = "last_input"
    SITTING_SINCE = "sitting_since"
    CALL = "call"
    MEDIA = "media"
    HOLD_ENDED = "hold_ended"
    LOCKED = "locked"
    LEFT = "left"
    STANDING_SINCE = "standing_since"


class Explanation(Struct, frozen=True):
    """The answer's grounds: `evidence` with its age (`age_s`), `would_change` with what is left (`in_s`).

    `waits_for` are the reasons why no prompt comes now, each with the time that is left (`left_s`).
    """

    rule: Rule = Rule.NO_SENSOR
    evidence: tuple[Because, ...] = ()
    thresholds: dict[str, float] = field(default_factory=dict)
    would_change: tuple[Because, ...] = ()
    waits_for: tuple[Because, ...] = ()


def explain(person: Estimator, quiet: QuietState, holds: Iterable[Hold], now: float) -> Explanation:
    """Why the answer at `now` is what it is; `holds` keep a prompt back."""
    rule = _rule(person, now)
    return Explanation(
        rule,
        tuple(_evidence(person, quiet, rule, now)),
        {
            "idle_threshold_s": person.rules.idle_threshold_s,
            "hold_s": HOLD_S,
            "break_counts_after_s": BREAK_COUNTS_AFTER_S,
            "standing_holds_s": STANDING_HOLDS_S,
            "interval_s": person.rules.interval_s,
        },
        tuple(_changes(person, rule, now)),
        tuple(
            Because(reason.value, {} if until is None else {"left_s": round(until - now)})
            for reason, until in holds
        ),
    )


def _rule(person: Estimator, now: float) -> Rule:
    s = person.state
    match person.posture():
        case Posture.STANDING:
            return Rule.SAID_STANDING
        case Posture.UNKNOWN:
            return Rule.NO_INPUT_YET if s.sensed else Rule.NO_SENSOR
        case Posture.AWAY:
            return Rule.LEFT
        case _ if not person.idle_for(person.rules.idle_threshold_s, now):
            return Rule.INPUT
        case _:
            return Rule.HELD if s.holding else Rule.HOLD_ENDED


def _evidence(person: Estimator, quiet: QuietState, rule: Rule, now: float) -> Iterator[Because]:
    s, timeline = person.state, person.state.timeline
    if s.last_input != NEVER:
        yield _aged(Evidence.LAST_INPUT, person.idle_s(now))
    if (sitting_s := timeline.sitting_s(now)) > 0:
        yield _aged(Evidence.SITTING_SINCE, sitting_s)
    for signal in sorted(s.holding):
        since = quiet.since.get(signal)
        yield Because(signal.value) if since is None else _aged(Evidence(signal.value), now - since)
    if rule is Rule.HOLD_ENDED:
        yield _aged(Evidence.HOLD_ENDED, now - s.hold_end)
    if s.locked:
        yield Because(Evidence.LOCKED.value)
    if s.standing_since is not None:
        yield _aged(Evidence.STANDING_SINCE, now - s.standing_since)
    elif timeline.absence is not None:
        left = timeline.absence
        yield Because(Evidence.LEFT.value, {"age_s": round(now - left.start), "cause": left.cause.value})


def _changes(person: Estimator, rule: Rule, now: float) -> Iterator[Because]:
    s = person.state
    match rule:
        case Rule.SAID_STANDING:
            expires_at = (s.standing_since or now) + STANDING_HOLDS_S
            yield Because(Change.STANDING_EXPIRES.value, {"in_s": round(expires_at - now)})
        case Rule.NO_SENSOR:
            yield Because(Change.SENSOR.value)
        case Rule.NO_INPUT_YET:
            yield Because(Change.INPUT.value)
        case Rule.LEFT:
            yield Because(Change.UNLOCK.value if s.locked else Change.INPUT.value)
        case _:
            yield Because(Change.NO_INPUT.value, {"in_s": round(person.believed_until(now) - now)})
            if rule is Rule.HELD:
                yield Because(Change.HOLD_ENDS.value)
            yield from (Because(Change.LOCK.value), Because(Change.SLEEP.value))
    yield Because(Change.WORD.value)


def _aged(code: Evidence, age_s: float) -> Because:
    return Because(code.value, {"age_s": round(age_s)})
