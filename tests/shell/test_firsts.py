"""A history knows these names for good: another name would show everything once more."""

from __future__ import annotations

from tray_agent.shell import firsts


def test_the_names_are_those_of_every_version() -> None:
    names = {name: value for name, value in vars(firsts).items() if name.isupper()}
    assert names == {
        "WELCOMED": "welcome_shown",
        "HINTED": "tray_hint_given",
        "SAFETY_OFFERED": "safety_offered",
    }
