"""What `doctor` reports of a machine."""

from __future__ import annotations

from pathlib import Path

from tray_agent.ports import Advice, Health, Policy, Startup, State
from tray_agent.shell import checkup, sentences
from tray_agent.shell.folders import Folders
from tray_agent.shell.managed import Managed

WELL = Health("history", State.OK, "sqlite")
FULL = Health("snapshot", State.DEGRADED, "file", "No space left on device")


def test_a_part_that_is_not_well_comes_with_what_helps(tmp_path: Path) -> None:
    places = Folders(tmp_path, tmp_path, tmp_path, tmp_path / "settings.toml")
    report = checkup.report(
        places,
        [WELL, FULL],
        ["no such key"],
        startup=Startup(on=True, mechanism="xdg"),
        advice=Advice(),
        running=True,
    )
    well, full, startup = report["parts"]
    assert (startup["name"], startup["state"], startup["source"]) == ("autostart", "ok", "xdg")
    assert startup["remedy"] is None
    assert well["remedy"] is None
    assert full["remedy"] == f"Free some space on the disk of {tmp_path}. What waits is written then."
    assert report["faults"] == ["no such key"]
    assert report["last_crash"] is None


def test_the_last_crash_is_named(tmp_path: Path) -> None:
    crash = tmp_path / "crash-shown.txt"
    crash.write_text("Tray Agent\n")
    places = Folders(tmp_path, tmp_path, tmp_path, tmp_path / "settings.toml")
    report = checkup.report(
        places, [], [], startup=Startup(on=False, mechanism=None), advice=Advice(), running=False
    )
    assert report["last_crash"] == f"{crash}"


def test_what_helps_is_what_helps_on_this_system(tmp_path: Path) -> None:
    places = Folders(tmp_path, tmp_path, tmp_path, tmp_path / "settings.toml")
    advice = Advice(
        by_reason=(("autostart", "switched off", "Switch it on there."),),
        by_state={("tray", State.OK): "It hides behind the arrow."},
    )
    tray = Health("tray", State.OK, "notify_icon")
    off = Startup(on=False, mechanism=None, reason="it is switched off among the startup apps")
    report = checkup.report(places, [tray], [], startup=off, advice=advice, running=True)
    assert [part["remedy"] for part in report["parts"]] == [
        "It hides behind the arrow.",
        "Switch it on there.",
    ]


def test_policies_that_cannot_be_obeyed_are_told_and_no_others(tmp_path: Path) -> None:
    given = [
        Policy("intensity", "gentle", mandatory=True, machine=True, source="a.json"),
        Policy("insistence", "firm", mandatory=True, machine=True, source="b.json"),
    ]
    managed = Managed(lambda: given)
    managed.reload()
    places = Folders(tmp_path, tmp_path, tmp_path, tmp_path / "settings.toml")
    startup = Startup(on=False, mechanism=None)
    report = checkup.report(
        places, [], [], startup=startup, advice=Advice(), policies=managed.rows, running=False
    )
    (error,) = report["policy_errors"]
    assert (error["name"], error["source"]) == ("insistence", "b.json")
    assert sentences.doctor(report).endswith(f"b.json: {error['error']}")
