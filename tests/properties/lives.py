"""Lives made up by Hypothesis, until enough of everything has happened in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

MOST_ROUNDS = 8


def live(
    person: type[RuleBasedStateMachine],
    seen: Counter[str],
    wanted: Mapping[str, int],
    *,
    max_examples: int,
    stateful_step_count: int,
) -> None:
    """Live it, the same lives each time, until each thing `wanted` was seen so often.

    What one round is made of depends on every constant in the program, so that a rare thing may be
    missing from it; one that is missing from all of them cannot happen any more.
    """
    seen.clear()
    for number in range(MOST_ROUNDS):
        run_state_machine_as_test(
            seed(number)(person),
            settings=settings(
                max_examples=max_examples,
                stateful_step_count=stateful_step_count,
                database=None,
                deadline=None,
                phases=(Phase.generate,),  # shrinking days and weeks takes minutes
                suppress_health_check=tuple(HealthCheck),
            ),
        )
        if all(seen[what] >= often for what, often in wanted.items()):
            return
    rare = {what: seen[what] for what, often in wanted.items() if seen[what] < often}
    raise AssertionError(f"hardly seen: {rare} of {dict(seen)}")
