from typing import Any

import pytest

from tray_agent.core.model import Condition, Limits
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.safety_report import as_report, limits_of, limits_said

LIMITS = Limits(
    True, frozenset({Condition.SORE_WRIST, Condition.SORE_KNEE}), frozenset({"plank", "half_kneel"})
)


def test_a_report_is_codes_in_a_fixed_order_and_says_it_all() -> None:
    report = as_report(LIMITS)
    assert report == {
        "cleared": True,
        "conditions": ["sore_knee", "sore_wrist"],
        "hurt": ["half_kneel", "plank"],
    }
    assert limits_of(report) == LIMITS


def test_answers_from_a_terminal_leave_alone_what_hurt() -> None:
    said = limits_said(LIMITS)
    assert "hurt" not in said
    assert limits_of(said, frozenset({"low_lunge"})).hurt == {"low_lunge"}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"cleared": "yes", "conditions": []},
        {"cleared": True},
        {"cleared": True, "conditions": ["hangover"]},
        {"cleared": True, "conditions": "sore_knee"},
    ],
)
def test_what_is_not_understood_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError) as refused:
        limits_of(wrong)
    assert refused.value.code is Exit.USAGE
