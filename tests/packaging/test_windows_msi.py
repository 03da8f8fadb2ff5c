"""The MSI on a Windows machine: installed, repaired, upgraded under a running agent, and removed.

Wine is that machine.  It has no Restart Manager, so it cannot show that an agent is asked before it is ended,
nor that the Restart Manager brings one back; and it has one session, in which all programs run for the same
person, the installer's as well.  Of two versions it lists the later one alone, as Windows does.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from installers.windows import msi
from installers.windows.package import product_code
from tests.support import msi_frozen
from tests.support.msi_machine import REFUSED, Machine
from tests.support.places import ROOT
from tests.support.waiting import wait_until
from tray_agent import __version__

RUN = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
OWN = r"HKLM\Software\TrayAgent"
APP = r"HKLM\Software\Classes\AppUserModelId\org.trayagent.TrayAgent"
NAME = "Tray Agent (test build)"
LATER = "99.0.0"
LOGON_S = 90.0


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return msi.build(msi_frozen.frozen(), tmp_path_factory.mktemp("msi"))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Path:
    """A version that has one file more and another no longer."""
    folder = tmp_path_factory.mktemp("later")
    program = shutil.copytree(msi_frozen.frozen(), folder / "program")
    (program / "_internal" / "new.txt").write_text("new")
    (program / "_internal" / "LICENSE").unlink()
    return msi.build(program, folder, LATER)


@pytest.fixture
def machine() -> Iterator[Machine]:
    with Machine() as machine:
        yield machine


@pytest.fixture(scope="module")
def installed(package: Path) -> Iterator[Machine]:
    """A machine with the program on it; for tests that leave it as it was."""
    with Machine() as machine:
        assert machine.install(package) == 0, machine.log
        yield machine


def test_every_file_is_where_it_belongs(installed: Machine) -> None:
    assert sizes(installed.installed) == sizes(msi_frozen.frozen())
    # All-users menus lie in the person's profile under Wine.
    assert [*installed.drive.rglob("Tray Agent.lnk")]


def sizes(folder: Path) -> dict[Path, int]:
    return {each.relative_to(folder): each.stat().st_size for each in folder.rglob("*") if each.is_file()}


def test_each_program_says_what_it_is(installed: Machine) -> None:
    picture = (ROOT / "icons" / "png" / "tray-agent-256.png").read_bytes()
    for name in ("TrayAgent.exe", "tray-agent.exe", "tray-agent-sessions.exe"):
        content = (installed.installed / name).read_bytes()
        for word in (NAME, __version__, "test build: it was made under Wine"):
            assert word.encode("utf-16-le") in content, word
        for word in ("asInvoker", "PerMonitorV2", "longPathAware", "8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a"):
            assert word.encode() in content, word
        assert pixels(picture) in pictures_within(content), name


def pictures_within(content: bytes) -> list[bytes]:
    """The pixels of every PNG among these bytes."""
    found = (content[match.start() :] for match in re.finditer(rb"\x89PNG\r\n\x1a\n", content))
    return [pixels(each) for each in found]


def pixels(png: bytes) -> bytes:
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("RGBA").tobytes()


def test_windows_knows_of_it(installed: Machine) -> None:
    assert installed.programs_listed() == {NAME: __version__}
    assert installed.values(RUN)["TrayAgent"] == r'"C:\Program Files\Tray Agent\TrayAgent.exe" run --unasked'
    own = installed.values(OWN)
    assert (own["Version"], own["Autostart"]) == (__version__, "1")
    assert own["InstallDir"] == "C:\\Program Files\\Tray Agent\\"
    app = installed.values(APP)
    assert app["DisplayName"] == "Tray Agent"
    assert installed.installed.joinpath(*app["IconUri"].split("\\")[3:]).is_file()


def test_the_installed_program_is_whole(installed: Machine) -> None:
    whole = installed.run("tray-agent.exe", "doctor", "--selftest")
    assert (whole.returncode, whole.stdout.strip()) == (0, "All parts are there."), whole
    assert installed.run("tray-agent.exe", "version").stdout.strip() == f"tray-agent {__version__}"
    found = json.loads(installed.run("tray-agent.exe", "doctor", "--json").stdout)
    parts = {part["name"]: part["state"] for part in found["parts"]}
    # No Qt that fits starts under Wine, so a test build brings none.
    assert parts["windows"] == "absent"


def test_the_lab_computes_in_processes_of_its_own(installed: Machine) -> None:
    policies = []
    for intensity in ("gentle", "intensive"):
        policy = installed.drive / f"{intensity}.json"
        policy.write_text(json.dumps({"intensity": intensity}))
        policies += ["--policy", rf"C:\{policy.name}"]
    done = installed.run("tray-agent.exe", "lab", *policies, "--workers", "2", "--days", "1", "--json")
    assert done.returncode == 0, done
    assert json.loads(done.stdout)


def test_what_was_chosen_at_first_is_kept_by_repair_and_upgrade(
    machine: Machine, package: Path, later: Path
) -> None:
    elsewhere = machine.drive / "Elsewhere"
    assert machine.install(package, "AUTOSTART=0", "STARTMENU=0", r"INSTALLDIR=C:\Elsewhere") == 0, (
        machine.log
    )
    assert (elsewhere / "TrayAgent.exe").is_file()
    assert "TrayAgent" not in machine.values(RUN)
    assert not [*machine.drive.rglob("Tray Agent.lnk")]

    (elsewhere / "TrayAgent.exe").unlink()
    assert machine.repair(product_code(__version__)) == 0, machine.log
    assert (elsewhere / "TrayAgent.exe").is_file()
    assert "TrayAgent" not in machine.values(RUN)

    assert machine.install(later) == 0, machine.log
    assert sizes(elsewhere) == sizes(later.parent / "program")
    assert not machine.agents(), "nobody had an agent"
    assert not machine.installed.exists()
    assert "TrayAgent" not in machine.values(RUN)


def test_from_logon_to_the_end_of_an_upgraded_program(machine: Machine, package: Path, later: Path) -> None:
    assert machine.install(package) == 0, machine.log
    machine.log_on()
    seen = wait_until(machine.status, "the agent to answer after the logon", LOGON_S)
    assert seen is not None
    assert seen["version"] == __version__
    chosen = machine.run("tray-agent.exe", "set", "intensity", "gentle")
    assert chosen.returncode == 0, chosen

    (before,) = machine.agents()
    assert machine.repair(product_code(__version__)) == 0, machine.log
    repaired = back(machine, before)
    assert machine.install(later) == 0, machine.log
    back(machine, repaired)
    assert "TrayAgentSessions" not in machine.keys(r"HKLM\Software")
    whole = machine.run("tray-agent.exe", "doctor", "--selftest")
    assert whole.returncode == 0, whole
    assert sizes(machine.installed) == sizes(later.parent / "program")
    assert machine.programs_listed() == {NAME: LATER}

    # Windows says so to the person as well: its launch condition has a sentence.
    assert machine.install(package) == REFUSED % 256
    assert machine.programs_listed() == {NAME: LATER}
    machine.log_on()
    wait_until(machine.status, "the later version to answer after a logon", LOGON_S)
    assert machine.run("tray-agent.exe", "get", "intensity").stdout.strip() == "gentle"

    kept = profile_of(machine)
    assert kept
    assert machine.msiexec("/x", product_code(LATER)) == 0, machine.log
    assert not machine.installed.exists()
    assert machine.programs_listed() == {}
    assert "TrayAgent" not in machine.values(RUN)
    assert not machine.values(OWN)
    assert not machine.values(APP)
    assert profile_of(machine).keys() == kept.keys()
    assert machine.install(package) == 0, machine.log
    assert machine.run("tray-agent.exe", "get", "intensity").stdout.strip() == "gentle"


def back(machine: Machine, earlier: int) -> int:
    """The process of the one agent that has come in place of an earlier one, and answers."""
    wait_until(machine.status, "an agent to answer, without a new logon", LOGON_S)
    (agent,) = machine.agents()
    assert agent != earlier
    return agent


def profile_of(machine: Machine) -> dict[str, int]:
    """What the agent has of the person: sizes by name."""
    places = [each for each in machine.profile.rglob("TrayAgent") if each.is_dir()]
    return {
        f"{file.relative_to(machine.profile)}": file.stat().st_size
        for place in places
        for file in place.rglob("*")
        if file.is_file() and "Temp" not in file.parts
    }


def test_the_same_program_makes_the_same_package(package: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "copied"
    shutil.copytree(msi_frozen.frozen(), elsewhere)
    again = msi.build(elsewhere, tmp_path / "again")
    assert again.name == package.name
    assert again.read_bytes() == package.read_bytes()


def test_a_test_build_is_no_release(
    package: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert package.name == f"TrayAgent-{__version__}-x64-test.msi"
    program = msi_frozen.frozen()
    assert msi.main(["--release", "--program", f"{program}", "--to", f"{tmp_path}"]) == 2
    names = "TrayAgent.exe, tray-agent-sessions.exe, tray-agent.exe"
    assert capsys.readouterr().err == f"This is no release but a test build: {names}.\n"
    assert not [*tmp_path.iterdir()]
