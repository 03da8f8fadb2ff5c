"""`lab` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.schemas import problems
from tray_agent import cli

Told = pytest.CaptureFixture[str]
SMALL = ["--workers", "2", "--days", "1"]


def policy(folder: Path, name: str, **values: object) -> str:
    file = folder / name
    file.write_text(json.dumps({key.replace("__", "."): value for key, value in values.items()}))
    return str(file)


def test_policies_stand_side_by_side(tmp_path: Path, capsys: Told) -> None:
    now, soon = policy(tmp_path, "now.json"), policy(tmp_path, "soon.json", intensity="gentle")
    assert cli.main(["lab", "--policy", now, "--policy", soon, *SMALL]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["now.json", "soon.json"]
    assert next(row for row in rows if row.startswith("worker-days")).split() == ["worker-days", "2", "2"]


def test_without_policies_it_is_the_intensities(capsys: Told) -> None:
    assert cli.main(["lab", "--json", *SMALL]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["policies"]] == ["gentle", "standard", "intensive"]
    assert problems("lab", told) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--workers", "0"], "--workers is a whole number from 1 to 100000, not 0"),
        (["--days", "many"], "--days is a whole number from 1 to 260, not many"),
        (["--policy", "none.json"], "none.json cannot be read"),
    ],
)
def test_slips_are_one_sentence(typed: list[str], told: str, capsys: Told) -> None:
    assert cli.main(["lab", *typed]) == 2
    assert told in capsys.readouterr().err


def test_a_policy_that_could_not_be_obeyed_is_not_tried(tmp_path: Path, capsys: Told) -> None:
    wrong = policy(tmp_path, "wrong.json", insistence="firm", quiet__cal=True)
    assert cli.main(["lab", "--policy", wrong, *SMALL]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "only for a person to choose" in told.err
    assert "did you mean quiet.call" in told.err


def test_two_policies_of_one_name_cannot_be_told_apart(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "other").mkdir()
    files = [policy(tmp_path, "a.json"), policy(tmp_path / "other", "a.json")]
    assert cli.main(["lab", "--policy", files[0], "--policy", files[1], *SMALL]) == 2
    assert "the same name" in capsys.readouterr().err
