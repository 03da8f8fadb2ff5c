import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray_agent.platforms.linux.systemd_unit import TARGET, UNIT, SystemdUnit, text
from tray_agent.ports import Startup

OFF = Startup(on=False, mechanism=None)
NASTY = ["a b", "%h", "$HOME", ";", "back\\slash", "\\n", 'say "hi"', "it's", "", "tab\there", "line\nline"]


class Session:
    """Folders of a person and of a machine, and a service manager that says what it is told to say."""

    def __init__(self, folder: Path) -> None:
        self.mine, self.site = folder / "config/systemd/user", folder / "site"
        self.heard = folder / "heard"
        self._systemctl = folder / "bin" / "systemctl"
        self.environ = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "XDG_CONFIG_HOME": f"{folder}/config",
            "XDG_RUNTIME_DIR": f"{folder}/run",
            "DISPLAY": ":7",
        }
        self.manager("exit 1")

    @property
    def unit(self) -> SystemdUnit:
        return SystemdUnit(self.environ, [self.site])

    @property
    def link(self) -> Path:
        return self.mine / f"{TARGET}.wants" / UNIT

    def manager(self, script: str) -> None:
        self._systemctl.parent.mkdir(exist_ok=True)
        self._systemctl.write_text(f'#!/bin/sh\necho "$@" >> {self.heard}\n{script}\n')
        self._systemctl.chmod(0o755)

    def running(self, target: str = "active", *known: str) -> None:
        self.manager(f"""case $2 in
            is-active) echo {target}; [ {target} = active ];;
            show-environment) printf '%s\\n' {" ".join(known)};;
        esac""")

    def for_everybody(self) -> None:
        (self.site / f"{TARGET}.wants").mkdir(parents=True)
        (self.site / UNIT).write_text(text(["/bin/true"]))
        (self.site / f"{TARGET}.wants" / UNIT).symlink_to(self.site / UNIT)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


def verified(unit: Path, tmp_path: Path) -> str:
    """What systemd itself has to say against the unit."""
    command = ["systemd-analyze", "--user", "verify", str(unit)]
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode or UNIT in done.stderr else ""


def words(line: str) -> list[str]:
    """A command as systemd.service(5) and systemd.syntax(7) describe it, for the escapes used here."""
    found: list[str] = []
    word: str | None = None
    at, quoted = 0, False
    while at < len(line):
        char = line[at]
        if char == '"':
            quoted, word = not quoted, word or ""
        elif char == " " and not quoted:
            found, word = [*found, word] if word is not None else found, None
        else:
            if char in "\\%$":
                at += 1
                char = {"n": "\n", "t": "\t"}.get(line[at], line[at]) if char == "\\" else line[at]
            word = (word or "") + char
        at += 1
    return found if word is None else [*found, word]


def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    (tmp_path / UNIT).write_text(text([sys.executable, "-m", "tray_agent", *NASTY]))
    assert verified(tmp_path / UNIT, tmp_path) == ""
    (tmp_path / UNIT).write_text(text(["/nowhere/tray-agent", "run"]))
    assert "Command /nowhere/tray-agent is not executable" in verified(tmp_path / UNIT, tmp_path)


@pytest.mark.parametrize("name", ["plain", "two words", "it's", '"', "back\\slash", "$HOME", "100%h"])
def test_systemd_finds_the_program_whatever_its_name(tmp_path: Path, name: str) -> None:
    program = tmp_path / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = text([str(program), *NASTY])
    (tmp_path / UNIT).write_text(unit)
    assert verified(tmp_path / UNIT, tmp_path) == ""
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    assert words(line.removeprefix("ExecStart="))[-1 - len(NASTY) :] == [str(program), *NASTY]


def test_the_unit_lives_and_dies_with_the_graphical_session() -> None:
    unit = text(["/bin/true"])
    for line in (f"PartOf={TARGET}", f"After={TARGET}", f"WantedBy={TARGET}", "Restart=on-failure"):
        assert line in unit.splitlines()


def test_added_it_is_enabled_in_the_eyes_of_systemctl(session: Session, tmp_path: Path) -> None:
    assert session.unit.status() == OFF
    session.unit.add([sys.executable, "-m", "tray_agent", "run"])
    assert session.unit.status().on
    assert verified(session.unit.file, tmp_path) == ""
    command = ["/usr/bin/systemctl", "--user", "is-enabled", UNIT]
    environ = {**session.environ, "SYSTEMD_OFFLINE": "1", "HOME": str(tmp_path)}
    asked = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert asked.stdout == "enabled\n", asked.stderr
    session.unit.add(["/bin/true"])
    assert "ExecStart=/bin/true\n" in session.unit.file.read_text()
    assert session.heard.read_text() == "--user daemon-reload\n" * 2


def test_removed_nothing_of_it_is_left(session: Session) -> None:
    session.unit.remove()
    assert not session.heard.exists()
    session.unit.add(["/bin/true"])
    session.unit.remove()
    assert session.unit.status() == OFF
    assert not session.unit.file.exists()
    assert not session.link.is_symlink()


def test_the_machines_unit_is_on_and_can_be_overruled(session: Session) -> None:
    session.for_everybody()
    reason = f"{session.site / UNIT} starts it for everybody on this machine"
    assert session.unit.status() == Startup(True, "systemd", reason)
    session.unit.remove()
    assert session.unit.status() == OFF
    assert session.unit.file.readlink() == Path("/dev/null")
    session.unit.add(["/bin/true"])
    assert session.unit.status().on
    assert not session.unit.file.is_symlink()


@pytest.mark.parametrize("program", ["/nowhere/tray-agent", "/nowhere/it's", "/nowhere/$HOME"])
def test_a_unit_whose_program_is_gone_says_so(session: Session, program: str) -> None:
    session.unit.add([program, "run"])
    reason = f"{session.unit.file}: it starts {program}, which is not there"
    assert session.unit.status() == Startup(False, None, reason)
    session.unit.remove()
    assert session.unit.status() == OFF


def test_a_link_to_no_unit_starts_nothing(session: Session) -> None:
    session.unit.add(["/bin/true"])
    session.unit.file.unlink()
    assert session.unit.status() == OFF


def test_a_session_is_run_by_systemd_that_has_reached_it_and_knows_its_display(session: Session) -> None:
    session.running("active", "LANG=C", "DISPLAY=:7")
    assert session.unit.runs_this_session()
    session.running("active", "DISPLAY=:8")
    assert not session.unit.runs_this_session()
    session.running("inactive", "DISPLAY=:7")
    assert not session.unit.runs_this_session()
    session.manager("exit 1")
    assert not session.unit.runs_this_session()
    session.environ["PATH"] = "/nowhere"
    assert not session.unit.runs_this_session()


def test_a_manager_that_does_not_answer_is_not_waited_for(session: Session) -> None:
    session.manager("exec sleep 60")
    assert not session.unit.runs_this_session()
