from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.shown import FIGURES
from tray_agent.figure.props import BACKREST
from tray_agent.shell import figures


@pytest.mark.parametrize("name", FIGURES)
def test_the_files_figures_have_no_fault(name: str) -> None:
    assert figures.load(name).fault() is None


def test_a_fault_is_told_in_one_clause() -> None:
    figure = figures.load("chair_lunge")
    first, second, *_ = figure.keyframes
    assert replace(figure, keyframes=()).fault() == "keyframes is empty, it needs at least one"
    assert replace(figure, keyframes=(second, first)).fault() == (
        "the times of the keyframes are [2.0, 0.0], they must grow from 0"
    )
    assert replace(figure, contacts={"near_foot": "sofa"}).fault() == (
        "contacts.near_foot is 'sofa', it must be floor, chair or chair_back"
    )


def test_surfaces_have_names() -> None:
    figure = figures.load("chair_lunge")
    assert figure.surface("floor") == ("y", 0.0)
    assert figure.surface("chair_back") == ("y", figure.props[0].at[1] + BACKREST)
    assert figures.load("standing_quad").surface("wall")[0] == "x"
    with pytest.raises(KeyError):
        figure.surface("sofa")


def test_motion_and_scene_come_from_the_same_file() -> None:
    figure = figures.load("half_kneel")
    assert figure.motion.keyframes == figure.keyframes
    assert figure.motion.anchor == figure.scene.anchor
    assert figure.scene.inset is not None
