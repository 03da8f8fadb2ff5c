from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tray_agent.core.model import Condition, Exercise, Intensity, Kind, Position
from tray_agent.shell import catalogue, resources
from tray_agent.shell.catalogue import BadCatalogue, Catalogue
from tray_agent.shell.exercise_text import Text, Use

CLAIM = re.compile(
    r"\b(cure|heal|fix|prevent|realign|releas|treat|pain-free|injur|emotion|degenerat|herniat|misalign)",
    re.IGNORECASE,
)
IDIOM = re.compile(r"\b(tail|bum|booty|nice and easy|piece of cake|e\.g\.|i\.e\.|etc)\b", re.IGNORECASE)
STANDING_WORD = re.compile(r"\b(stand|stands|stood|walk|walking|feet|foot|legs? straight)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue.load()


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
    return refusal(folder)


def refusal(folder: Path, sources: Path | None = None) -> str:
    """What loading says, in one sentence."""
    with pytest.raises(BadCatalogue) as raised:
        catalogue.load(folder, sources)
    sentence = str(raised.value)
    assert "\n" not in sentence
    return sentence


def read_aloud(text: Text) -> str:
    return " ".join([text.title, *text.equipment, *text.steps, *text.cues, *text.cautions, text.note])


def test_every_kind_has_exercises_the_easiest_first(known: Catalogue) -> None:
    def of(kind: Kind) -> list[str]:
        return [exercise.id for exercise in known.exercises if exercise.kind is kind]

    assert of(Kind.STAND_UP) == ["stand_up", "seated_shift", "brisk_walk"]
    assert of(Kind.HIP_FLEXOR) == [
        "split_stance",
        "standing_quad",
        "kneeling_tuck",
        "half_kneel",
        "half_kneel_press",
        "low_lunge",
    ]
    assert of(Kind.GLUTES) == [
        "standing_glute_squeeze",
        "seated_glute_squeeze",
        "standing_hip_extension",
        "standing_donkey_kick",
        "chair_lunge",
        "glute_bridge",
        "donkey_kick",
    ]


def test_the_core_never_hears_of_what_only_people_choose(known: Catalogue) -> None:
    others = {id_ for id_ in known.ids if known.english(id_).use.kind is None}
    assert others == {
        "ball_release",
        "butterfly",
        "lacrosse_release",
        "leg_raise",
        "mountain_climber",
        "reclined_butterfly",
        "thomas_test",
    }
    assert set(known.ids) == others | {exercise.id for exercise in known.exercises}


def test_the_core_learns_all_it_must_know(known: Catalogue) -> None:
    by_id = {exercise.id: exercise for exercise in known.exercises}
    assert by_id["glute_bridge"] == Exercise(
        "glute_bridge",
        Kind.GLUTES,
        floor=True,
        loaded=True,
        sided=False,
        rep_s=6.0,
        position=Position.SUPINE,
        office=False,
        not_with=frozenset({Condition.PREGNANCY}),
        effort=4,
        muscles=("glutes", "hamstrings", "core"),
        easier="standing_donkey_kick",
        harder="donkey_kick",
    )
    kneeling = by_id["half_kneel"]
    assert (kneeling.rep_s, kneeling.sided) == (None, True)
    assert kneeling.levels == {Intensity.STANDARD, Intensity.INTENSIVE}
    assert by_id["split_stance"].office


def test_without_the_safety_check_every_kind_can_be_done_standing(known: Catalogue) -> None:
    free = {each.id for each in known.exercises if not (each.floor or each.loaded)}
    assert free == {
        "stand_up",
        "seated_shift",
        "brisk_walk",
        "split_stance",
        "standing_glute_squeeze",
        "seated_glute_squeeze",
    }


def test_people_who_cannot_stand_get_words_that_fit(known: Catalogue) -> None:
    seated = [known.english(each.id) for each in known.exercises if each.position is Position.CHAIR]
    assert {text.use for text in seated} == {Use.STAND_UP, Use.GLUTES}
    for text in seated:
        assert not STANDING_WORD.search(read_aloud(text)), text.id
        assert text.easier is None and text.harder is None


def test_no_exercise_promises_a_cure(known: Catalogue) -> None:
    for id_ in known.ids:
        text = known.english(id_)
        for line in (text.title, *text.steps, *text.cues, *text.cautions, text.note):
            assert not CLAIM.search(line), f"{id_}: {line}"


def test_words_are_fit_for_translation(known: Catalogue) -> None:
    for id_ in known.ids:
        text = known.english(id_)
        lines = (*text.steps, *text.cues, *text.cautions, text.note)
        assert all(line.endswith(".") for line in lines), id_
        assert all("  " not in line and line == line.strip() for line in lines), id_
        assert not IDIOM.search(read_aloud(text)), id_
        assert len(set(lines)) == len(lines), id_


def test_a_stretch_and_a_lift_say_when_to_stop(known: Catalogue) -> None:
    for exercise in known.exercises:
        cautions = " ".join(known.english(exercise.id).cautions).lower()
        assert "stop" in cautions or exercise.kind is Kind.STAND_UP, exercise.id


def test_each_side_is_told_which_one_it_is(known: Catalogue) -> None:
    for id_ in known.ids:
        text = known.english(id_)
        steps = " ".join(text.steps).lower()
        if text.sided:
            assert "working" in steps or "kneeling side" in steps, id_
            assert "change" in steps, id_
        else:
            assert "working" not in steps, id_


def test_neighbours_know_each_other(known: Catalogue) -> None:
    """Too hard leads to the easier one, and from there the way back is open to somebody."""
    for id_ in known.ids:
        text = known.english(id_)
        if text.harder is not None:
            assert known.english(text.harder).easier == id_


def test_words_come_in_the_persons_language(monkeypatch: pytest.MonkeyPatch, known: Catalogue) -> None:
    monkeypatch.setattr(catalogue, "_", str.upper)
    text, english = known.text("split_stance"), known.english("split_stance")
    assert text.title == "SPLIT-STANCE STRETCH"
    assert text.note == english.note.upper()
    for name in ("steps", "cues", "cautions", "equipment"):
        assert getattr(text, name) == tuple(line.upper() for line in getattr(english, name))
    assert text.id == "split_stance"
    assert english.title == "Split-stance stretch"


def test_an_unknown_exercise_is_a_key_error(known: Catalogue) -> None:
    with pytest.raises(KeyError):
        known.text("handstand")


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


def test_a_neighbour_has_to_be_for_the_same_use(folder: Path) -> None:
    said = spoil(folder, "split_stance.toml", 'harder = "standing_quad"', 'harder = "glute_bridge"')
    assert "harder is 'glute_bridge'" in said


def test_a_harder_neighbour_takes_no_less_effort(folder: Path) -> None:
    said = spoil(folder, "low_lunge.toml", 'easier = "half_kneel_press"', 'harder = "split_stance"')
    assert said == "low_lunge.toml: harder is 'split_stance', whose effort says the opposite"


def test_going_on_to_harder_ones_must_end(folder: Path) -> None:
    said = spoil(folder, "kneeling_tuck.toml", 'harder = "half_kneel"', 'harder = "split_stance"')
    assert said.endswith("going on to harder exercises leads back to it")


def test_the_id_is_the_files_name(folder: Path) -> None:
    assert "id is 'split'" in spoil(folder, "split_stance.toml", 'id = "split_stance"', 'id = "split"')


def test_a_source_has_to_be_listed(folder: Path) -> None:
    said = spoil(folder, "split_stance.toml", 'of = "acsm_2021"', 'of = "hearsay"')
    assert said.endswith("split_stance.toml: source 'hearsay' is not in sources.toml")


def test_a_source_without_a_finding_is_refused(folder: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text('[acsm_2021]\nname = "ACSM"\nevidence = "read"\n')
    assert "sources.toml" in (said := refusal(folder, sources))
    assert "`says`" in said


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("stand_up.toml", "loaded = false", "loaded = true"),
        ("stand_up.toml", "levels = [", 'not_with = ["sore_knee"]\nlevels = ['),
        ("stand_up.toml", '"gentle", ', ""),
    ],
)
def test_a_kind_must_be_open_to_everybody(file: str, old: str, new: str, folder: Path) -> None:
    (folder / "brisk_walk.toml").unlink()
    path = folder / "stand_up.toml"
    path.write_text(path.read_text().replace('harder = "brisk_walk"\n', ""))
    said = spoil(folder, file, old, new)
    assert said.endswith("no stand_up exercise in position standing is open to everybody at every intensity")


@pytest.mark.parametrize(("file", "kind"), [("seated_shift", "stand_up"), ("seated_glute_squeeze", "glutes")])
def test_people_who_cannot_stand_must_have_something(file: str, kind: str, folder: Path) -> None:
    (folder / f"{file}.toml").unlink()
    said = refusal(folder)
    assert said.endswith(f"no {kind} exercise in position chair is open to everybody at every intensity")
