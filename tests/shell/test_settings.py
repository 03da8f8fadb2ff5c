import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.private import private
from tests.support.refusals import A_FOLDER
from tray_agent.shell.schema import Settings
from tray_agent.shell.settings import BadSetting, SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


def test_no_file_means_the_defaults(file: SettingsFile) -> None:
    assert file.reload() == (Settings(), (), False)


def test_values_are_read_and_changes_noticed(file: SettingsFile) -> None:
    file.path.write_text('intensity = "gentle"\n[hours]\nranges = ["sat 22:00-06:00"]\n')
    settings, faults, changed = file.reload()
    assert (settings.intensity, settings.hours.ranges) == ("gentle", ("sat 22:00-06:00",))
    assert faults == ()
    assert changed
    assert file.reload()[2] is False
    file.path.write_text("")
    assert file.reload() == (Settings(), (), True)


def test_one_bad_value_touches_no_other_key(file: SettingsFile) -> None:
    file.path.write_text('intensity = "hard"\n\n[activity]\nidle_threshold_s = 5\nsource = "counter"\n')
    settings, faults, _changed = file.reload()
    assert settings.activity.source == "counter"
    assert (settings.intensity, settings.activity.idle_threshold_s) == ("standard", 150)
    intensity, threshold = faults
    wrong = 'intensity = "hard" is wrong; it must be one of gentle, standard, intensive'
    assert str(intensity) == f"{file.path}, line 1: {wrong}"
    wrong = "activity.idle_threshold_s = 5 is wrong; it must be a whole number from 90 to 600"
    assert str(threshold) == f"{file.path}, line 4: {wrong}"


def test_bad_value_keeps_the_last_good_one(file: SettingsFile) -> None:
    file.path.write_text('intensity = "gentle"\n[quiet]\ncall = false\n')
    file.reload()
    file.path.write_text('intensity = 3\nquiet = "no"\n')
    settings, faults, changed = file.reload()
    assert settings.intensity == "gentle"
    assert settings.quiet.call is False
    assert [fault.key for fault in faults] == ["intensity", "quiet"]
    assert not changed


def test_unknown_keys_are_reported_with_their_line(file: SettingsFile) -> None:
    file.path.write_text('languge = "de"\n[hours]\nmod = "always"\n[extra]\nx = 1\n')
    settings, faults, _changed = file.reload()
    assert settings == Settings()
    assert [(fault.key, fault.line) for fault in faults] == [("languge", 1), ("hours.mod", 3), ("extra", 4)]
    assert str(faults[0]).endswith("line 1: there is no setting languge; did you mean language?")


def test_dotted_keys_are_found(file: SettingsFile) -> None:
    file.path.write_text('# mine\nhours.mode = "sometimes"\n')
    assert file.reload()[1][0].line == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"a =\n", "line 1: the file is not TOML"), (b"\xff\xfe", "not UTF-8")],
)
def test_broken_file_keeps_everything(file: SettingsFile, content: bytes, told: str) -> None:
    file.path.write_text('intensity = "gentle"\n')
    file.reload()
    file.path.write_bytes(content)
    settings, faults, changed = file.reload()
    assert settings.intensity == "gentle"
    assert not changed
    assert told in str(faults[0])
    with pytest.raises(BadSetting, match="nothing was changed"):
        file.set("intensity", "standard")
    assert file.path.read_bytes() == content


def test_folder_in_place_of_the_file_is_a_fault(file: SettingsFile) -> None:
    file.path.mkdir()
    assert f"cannot be read: {A_FOLDER}" in str(file.reload()[1][0])


def test_set_keeps_comments_and_order(file: SettingsFile) -> None:
    file.path.write_text('# mine\n[hours]\nmode = "always"  # for now\n\n[quiet]\ncall = true\n')
    file.reload()
    assert file.set("hours.mode", "schedule") == "schedule"
    assert file.set("language", "de") == "de"
    assert file.set("prompts.glutes", "false") is False
    assert file.set("hours.ranges", '["mon 09:00-17:00"]') == ("mon 09:00-17:00",)
    assert file.path.read_text() == (
        '# mine\nlanguage = "de"\n\n[hours]\nmode = "schedule"  # for now\nranges = ["mon 09:00-17:00"]\n\n'
        "[quiet]\ncall = true\n\n[prompts]\nglutes = false\n"
    )
    assert private(file.path)
    assert SettingsFile(file.path).reload()[0] == file.settings


def test_set_into_dotted_keys(file: SettingsFile) -> None:
    file.path.write_text('hours.mode = "always"\n')
    file.set("hours.ranges", '["mon 09:00-17:00"]')
    assert file.reload()[0].hours.ranges == ("mon 09:00-17:00",)
    assert file.settings.hours.mode == "always"


def test_set_leaves_the_person_s_mistakes_alone(file: SettingsFile) -> None:
    file.path.write_text('intensity = "hard"\n')
    file.set("language", "de")
    assert 'intensity = "hard"' in file.path.read_text()
    assert file.settings.language == "de"


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("intensity", "hard", 'intensity = "hard" is wrong; it must be one of gentle, standard, intensive'),
        ("hours", "1", "there is no setting hours"),
        ("languge", "de", "did you mean language?"),
    ],
)
def test_bad_sets_change_nothing(file: SettingsFile, key: str, text: str, told: str) -> None:
    with pytest.raises(BadSetting) as refused:
        file.set(key, text)
    assert told in str(refused.value)
    assert not file.path.exists()


def test_set_under_something_that_is_no_section(file: SettingsFile) -> None:
    file.path.write_text("hours = 5\n")
    with pytest.raises(BadSetting, match="hours must be a section"):
        file.set("hours.mode", "always")
    assert file.path.read_text() == "hours = 5\n"


def test_get(file: SettingsFile) -> None:
    file.path.write_text('intensity = "gentle"\n')
    file.reload()
    assert file.get("intensity") == "gentle"
    assert file.get("quiet.dnd") is True
    with pytest.raises(BadSetting, match="did you mean intensity"):
        file.get("intensty")


def test_reading_defaults_loads_no_toml_library(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tray_agent.shell.settings import SettingsFile\n"
        f"SettingsFile(Path({str(tmp_path / 'none.toml')!r})).reload()\n"
        "print([name for name in ('tomllib', 'tomlkit', 'difflib') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "[]"


def test_several_values_change_together_or_not_at_all(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.change({"hours.mode": "schedule", "hours.ranges": ("mon-fri 09:00-17:00",)})
    assert file.settings.hours.ranges == ("mon-fri 09:00-17:00",)
    before = file.path.read_text()
    with pytest.raises(BadSetting, match=r"hours\.ranges"):
        file.change({"intensity": "gentle", "hours.ranges": ["never"]})
    assert file.path.read_text() == before
    assert file.settings.intensity == "standard"


def test_a_file_made_for_editing_shows_every_setting_and_changes_none(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    file.make()
    assert file.reload() == (Settings(), (), False)
    text = file.path.read_text()
    assert '# intensity = "standard"' in text
    # Every line is right once its mark is taken away.
    file.path.write_text("\n".join(line.removeprefix("# ") for line in text.splitlines()[2:]))
    assert file.reload() == (Settings(), (), False)
    file.path.write_text('intensity = "gentle"\n')
    file.make()
    assert file.path.read_text() == 'intensity = "gentle"\n'
