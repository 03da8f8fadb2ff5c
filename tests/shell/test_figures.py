from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.support.shown import FIGURES
from tray_agent.figure.figure import Figure
from tray_agent.shell import figures

GOOD = """
frame = { left = -0.5, bottom = -0.1, right = 0.5, top = 1.1 }

[[keyframes]]
t = 0.0
name = "standing"

[keyframes.pose]
near = { hip = 5 }
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "squat.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_survives_the_brief(name: str) -> None:
    line = json.dumps(figures.data(name))
    assert msgspec.convert(json.loads(line), Figure) == figures.load(name)
    assert len(line) < 24_000, "several of them fit into one line of a brief"


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    figure = figures.load("squat", folder(tmp_path, GOOD))
    assert figure.keyframes[0].pose.near.hip == 5
    assert figure.working == ("near",)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (GOOD.replace("t = 0.0", 't = "now"'), "Expected `float`, got `str` - at `$.keyframes[0].t`"),
        (GOOD.replace("hip = 5", "hipp = 5"), "$.keyframes[0].pose.near.hipp is not known"),
        (GOOD.replace("t = 0.0", "t = 1.0"), "the times of the keyframes are [1.0], they must grow from 0"),
        ('view = "inside"\n' + GOOD, "Invalid enum value 'inside' - at `$.view`"),
        (GOOD.replace("frame =", "frames ="), "Object missing required field `frame`"),
        ("= 1", "Invalid"),
        (GOOD + '[[props]]\nthing = "sofa"\n', "Invalid enum value 'sofa' - at `$.props[0].thing`"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(spoilt: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(figures.BadFigure) as refused:
        figures.load("squat", folder(tmp_path, spoilt))
    assert str(refused.value).startswith(f"{tmp_path / 'squat.toml'}: {told}")
    assert "\n" not in str(refused.value)


def test_an_exercise_without_a_figure_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        figures.data("squat", tmp_path)
