"""Folders that are there for every program of this person."""

from __future__ import annotations

import warnings

from tray_agent.platforms import usual_folders


def test_three_places_are_named_after_the_program() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # not even outside a login session
        assert all("some-program" in place.parts for place in usual_folders.apart("some-program"))


def test_one_place_has_three_folders() -> None:
    config, state, runtime = usual_folders.together("some-program")
    assert config.parent == state.parent == runtime.parent
    assert config.parent.name == "some-program"
    assert {config.name, state.name, runtime.name} == {"config", "state", "runtime"}
