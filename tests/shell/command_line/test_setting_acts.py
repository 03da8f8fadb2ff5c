from pathlib import Path

import pytest

from tests.support.refusals import A_FILE_ALREADY, INSIDE_A_FILE
from tray_agent import cli
from tray_agent.shell import folders

Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a home of its own, not there yet."""
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    return tmp_path / "config" / "settings.toml"


def test_get_and_set_without_an_agent(file: Path, capsys: Told) -> None:
    for typed, told in (
        (["get", "intensity"], "standard"),
        (["set", "intensity", "gentle"], 'intensity = "gentle"'),
        (["get", "intensity"], "gentle"),
        (["set", "hours.ranges", '["sat 22:00-06:00"]'], 'hours.ranges = ["sat 22:00-06:00"]'),
        (["get", "hours.ranges"], '["sat 22:00-06:00"]'),
        (["get", "quiet.call"], "true"),
    ):
        assert cli.main(typed) == 0
        assert capsys.readouterr() == (f"{told}\n", "")
    assert file.read_text() == 'intensity = "gentle"\n\n[hours]\nranges = ["sat 22:00-06:00"]\n'


def test_get_tells_what_is_wrong_with_the_file(file: Path, capsys: Told) -> None:
    file.parent.mkdir()
    file.write_text('intensity = "hard"\n')
    assert cli.main(["get", "intensity"]) == 0
    told = capsys.readouterr()
    assert told.out == "standard\n"
    assert 'line 1: intensity = "hard" is wrong' in told.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["get", "languge"], "there is no setting languge; did you mean language?"),
        (["set", "languge", "de"], "there is no setting languge; did you mean language?"),
        (["set", "intensity", "hard"], 'intensity = "hard" is wrong; it must be one of gentle, standard'),
    ],
)
def test_a_slip_changes_nothing(typed: list[str], told: str, file: Path, capsys: Told) -> None:
    assert cli.main(typed) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(told) and err.count("\n") == 1
    assert not file.exists()


def test_unusable_folder_is_one_sentence(file: Path, capsys: Told) -> None:
    file.parent.write_text("in the way")
    assert cli.main(["set", "intensity", "gentle"]) == 1
    assert capsys.readouterr() == ("", f"the folder {file.parent} cannot be used: {A_FILE_ALREADY}\n")


def test_unusable_home_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    (tmp_path / "home").write_text("in the way")
    monkeypatch.setenv(folders.HOME, str(tmp_path / "home"))
    assert cli.main(["set", "intensity", "gentle"]) == 1
    out, err = capsys.readouterr()
    assert (
        out == "" and err == f"the folder {tmp_path / 'home' / 'runtime'} cannot be used: {INSIDE_A_FILE}\n"
    )
