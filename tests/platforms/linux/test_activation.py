from __future__ import annotations

import pytest

from tray_agent.platforms.linux import activation
from tray_agent.platforms.linux.activation import LONGEST, ActivationToken


def test_a_token_is_good_for_one_window() -> None:
    token = ActivationToken()
    assert token.take() is None
    token.keep("first")
    token.keep("second")
    assert token.take() == "second"
    assert token.take() is None


def test_a_window_that_comes_later_was_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activation, "GOOD_FOR_S", 0.0)
    token = ActivationToken()
    token.keep("first")
    assert token.take() is None


@pytest.mark.parametrize("unfit", [None, "", "two\0parts", "line\n", "t" * (LONGEST + 1)])
def test_what_can_be_no_token_also_ends_the_one_before(unfit: str | None) -> None:
    token = ActivationToken()
    token.keep("first")
    token.keep(unfit)
    assert token.take() is None
