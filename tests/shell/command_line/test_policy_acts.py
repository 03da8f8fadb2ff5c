"""`policy` and what a policy does to `get` and `set`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.support.schemas import problems
from tray_agent import cli, platforms
from tray_agent.ports import Loop, Policy, PolicyTrouble
from tray_agent.shell import folders

Told = pytest.CaptureFixture[str]
FILE = "/etc/tray-agent/policies/managed/all.json"


class Written:
    """Policies as a test writes them down."""

    def __init__(self, *policies: Policy | PolicyTrouble) -> None:
        self._policies = policies

    def read(self) -> Iterable[Policy | PolicyTrouble]:
        return self._policies

    def watch(self, _loop: Loop, _changed: Callable[[], object]) -> Callable[[], object]:
        return lambda: None


def mandatory(name: str, value: object) -> Policy:
    return Policy(name, value, mandatory=True, machine=True, source=FILE)


@pytest.fixture
def organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setenv(folders.HOME, str(tmp_path))

    def decide(*policies: Policy | PolicyTrouble) -> None:
        monkeypatch.setattr(platforms.select(), "policies", lambda _names: Written(*policies))

    decide()
    return decide


def test_most_people_have_no_organisation(organisation: Callable[..., None], capsys: Told) -> None:
    organisation()
    assert cli.main(["policy"]) == 0
    assert capsys.readouterr().out == "No organisation has decided anything here.\n"


def test_what_is_decided_is_listed_with_where(organisation: Callable[..., None], capsys: Told) -> None:
    organisation(
        mandatory("intensity", "gentle"),
        Policy("intensity", "standard", mandatory=True, machine=False, source="the user's"),
        mandatory("organisation.name", "Example Works"),
        mandatory("quiet.cal", True),
        PolicyTrouble("broken.json", "the file is not JSON"),
    )
    assert cli.main(["policy"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f'  intensity          "gentle"         mandatory  machine  {FILE}',
        f'  organisation.name  "Example Works"  mandatory  machine  {FILE}',
        "",
        "Overruled by a stronger one:",
        '  intensity  "standard"  mandatory  user  the user\'s',
        "",
        "Not obeyed:",
        f"  {FILE}: there is no setting quiet.cal; did you mean quiet.call?",
        "  broken.json: the file is not JSON",
    ]


def test_json_keeps_its_schema(organisation: Callable[..., None], capsys: Told) -> None:
    organisation(
        mandatory("hours.ranges", ["mon-fri 09:00-17:00"]),
        mandatory("insistence", "firm"),
        PolicyTrouble("broken.json", "the file is not JSON"),
    )
    assert cli.main(["policy", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert problems("policy", report) == []
    assert [(row["name"], row["in_force"]) for row in report["policies"]] == [
        ("hours.ranges", True),
        ("insistence", False),
        ("", False),
    ]


def test_get_shows_what_is_in_force_and_set_is_refused(
    organisation: Callable[..., None], tmp_path: Path, capsys: Told
) -> None:
    organisation(mandatory("intensity", "gentle"), mandatory("organisation.name", "Example Works"))
    assert cli.main(["get", "intensity"]) == 0
    assert cli.main(["set", "intensity", "intensive"]) == 4
    told = capsys.readouterr()
    assert (told.out, told.err) == ("gentle\n", "intensity is decided by Example Works\n")
    assert not (tmp_path / "config" / "settings.toml").exists()
    assert cli.main(["set", "language", "de"]) == 0
