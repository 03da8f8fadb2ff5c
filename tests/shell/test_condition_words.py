import pytest

from tray_agent.core.model import Condition, Limits
from tray_agent.shell import condition_words


@pytest.mark.parametrize("condition", Condition)
def test_each_condition_says_what_it_changes(condition: Condition) -> None:
    assert condition_words.title(condition)
    assert condition_words.effect(condition).endswith(".")


def test_whoever_stays_seated_is_asked_kindly() -> None:
    words = condition_words.title(Condition.CANNOT_STAND) + condition_words.effect(Condition.CANNOT_STAND)
    assert "I stay seated" in words
    for unkind in ("cannot", "unable", "wheelchair", "disab"):
        assert unkind not in words


def test_nobody_is_pregnant_and_cleared() -> None:
    hurt = frozenset({"half_kneel"})
    both = Limits(cleared=True, conditions=frozenset({Condition.PREGNANCY, Condition.SORE_KNEE}), hurt=hurt)
    assert condition_words.agreed(both) == Limits(False, both.conditions, hurt)


def test_a_sore_knee_does_not_take_the_answer_away() -> None:
    limits = Limits(cleared=True, conditions=frozenset({Condition.SORE_KNEE}))
    assert condition_words.agreed(limits) == limits
