from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tray_agent.core.model import Kind
from tray_agent.shell import catalogue, resources
from tray_agent.shell.catalogue import BadCatalogue

CLAIMS = ("cure", "heal", "fix", "prevent", "realign", "release", "treat", "pain-free")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real exercises, to be spoilt."""
    return Path(shutil.copytree(resources.config("exercises"), tmp_path / "exercises"))


def spoil(folder: Path, name: str, old: str, new: str) -> str:
    """Change one line of one file; what loading then says."""
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(BadCatalogue) as raised:
        catalogue.load(folder)
    sentence = str(raised.value)
    assert "\n" not in sentence
    return sentence


def test_every_kind_has_exercises_the_easiest_first() -> None:
    known = catalogue.load().exercises
    assert [exercise.id for exercise in known if exercise.kind is Kind.HIP_FLEXOR] == [
        "split_stance",
        "standing_quad",
        "half_kneel",
    ]
    assert [exercise.id for exercise in known if exercise.kind is Kind.GLUTES] == [
        "standing_glute_squeeze",
        "standing_hip_extension",
        "glute_bridge",
    ]


def test_without_the_safety_check_every_kind_can_be_done_standing() -> None:
    loaded = catalogue.load()
    free = [each for each in loaded.exercises if not (each.floor or each.loaded)]
    assert {each.id for each in free} == {"stand_up", "split_stance", "standing_glute_squeeze"}
    assert all(loaded.text(each.id).position == "standing" for each in free)


def test_what_lies_or_kneels_is_on_the_floor() -> None:
    loaded = catalogue.load()
    for exercise in loaded.exercises:
        assert exercise.floor == (loaded.text(exercise.id).position != "standing")


def test_the_core_learns_how_long_a_rep_takes() -> None:
    by_id = {exercise.id: exercise for exercise in catalogue.load().exercises}
    assert (by_id["glute_bridge"].rep_s, by_id["glute_bridge"].sided) == (6.0, False)
    assert (by_id["half_kneel"].rep_s, by_id["half_kneel"].sided) == (None, True)


def test_no_exercise_promises_a_cure() -> None:
    loaded = catalogue.load()
    for exercise in loaded.exercises:
        text = loaded.text(exercise.id)
        said = " ".join([text.title, *text.steps, *text.cues, *text.cautions]).lower().split()
        assert not set(said) & set(CLAIMS)


def test_words_come_in_the_persons_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_", str.upper)
    text = catalogue.load().text("split_stance")
    assert text.title == "SPLIT-STANCE STRETCH"
    assert text.steps[0] == "STAND BESIDE THE DESK AND REST ONE HAND ON IT."
    assert text.id == "split_stance"


def test_an_unknown_exercise_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        catalogue.load().text("handstand")


def test_a_missing_field_is_named(folder: Path) -> None:
    said = spoil(folder, "split_stance.toml", 'desk = "A"\n', "")
    assert "split_stance.toml" in said
    assert "`desk`" in said


def test_an_unknown_key_is_named(folder: Path) -> None:
    assert "`mat`" in spoil(folder, "glute_bridge.toml", "effort = 4", "effort = 4\nmat = true")


def test_a_wrong_value_is_named(folder: Path) -> None:
    assert "$.effort" in spoil(folder, "glute_bridge.toml", "effort = 4", "effort = 40")


def test_broken_toml_names_the_file(folder: Path) -> None:
    assert "glute_bridge.toml" in spoil(folder, "glute_bridge.toml", "effort = 4", "effort = = 4")


def test_a_neighbour_has_to_exist(folder: Path) -> None:
    said = spoil(folder, "split_stance.toml", 'harder = "standing_quad"', 'harder = "splits"')
    assert said == "split_stance.toml: harder is 'splits', it must be another hip_flexor exercise"


def test_a_neighbour_has_to_be_of_the_same_kind(folder: Path) -> None:
    said = spoil(folder, "split_stance.toml", 'harder = "standing_quad"', 'harder = "glute_bridge"')
    assert "harder is 'glute_bridge'" in said


def test_the_id_is_the_files_name(folder: Path) -> None:
    assert "id is 'split'" in spoil(folder, "split_stance.toml", 'id = "split_stance"', 'id = "split"')


def test_glutes_are_counted_and_stretches_are_held(folder: Path) -> None:
    assert "rep_s belongs to" in spoil(folder, "glute_bridge.toml", "rep_s = 6\n", "")


def test_a_kind_must_not_depend_on_the_safety_check(folder: Path) -> None:
    said = spoil(folder, "stand_up.toml", "loaded = false", "loaded = true")
    assert said.endswith("no stand_up exercise can be done without the safety check")
