"""What the package's scripts do to agents that run while it is installed, over played programs of macOS."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from installers.macos import bundle
from tests.support.places import ROOT
from tray_agent.platforms.macos import launch_agent

MACOS = ROOT / "installers" / "macos"
LABEL = launch_agent.LABEL
COMMAND = bundle.PROGRAM.with_name("tray-agent")
LOGIN_WINDOW = "/System/Library/CoreServices/loginwindow.app/Contents/MacOS/loginwindow"

# `ps` shows what the file `running` says, and whoever is asked to quit leaves it.
PLAYED = {
    "ps": 'cat "$STAGE/running"',
    "sleep": ":",
    "pkill": 'echo "pkill $*" >>"$STAGE/log"',
    "launchctl": """
        echo "launchctl $*" >>"$STAGE/log"
        case "$1 $2" in
            "asuser "*) shift 2; exec "$@" ;;
            "print "*) exit 113 ;;
            "kickstart gui/502/"*) exit 3 ;;
        esac""",
    "sudo": """
        echo "sudo $*" >>"$STAGE/log"
        case "$3 $5" in
            "#501 quit") sed -i -e "/^501 .*TrayAgent/d" "$STAGE/running" ;;
        esac""",
}


class Mac:
    """A Mac on which two people are logged in: 501 has a job for launchd, 502 an app that does not answer."""

    def __init__(self, stage: Path) -> None:
        self.stage = stage
        for name, script in PLAYED.items():
            file = stage / name
            file.write_text(f"#!/bin/sh\n{script}\n")
            file.chmod(0o755)

    def runs(self, *processes: tuple[int, object]) -> None:
        (self.stage / "running").write_text("".join(f"{uid} {program}\n" for uid, program in processes))

    def plays(self, script: str) -> list[str]:
        """The commands that the script gave."""
        (self.stage / "log").write_text("")
        text = (MACOS / script).read_text().replace("/private/var/run", str(self.stage))
        environment = {**os.environ, "PATH": f"{self.stage}:{os.environ['PATH']}", "STAGE": str(self.stage)}
        subprocess.run(["sh", "-c", text], env=environment, timeout=60, check=True)
        return (self.stage / "log").read_text().splitlines()

    @property
    def noted(self) -> Path:
        return self.stage / f"{LABEL}.ended"


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return Mac(tmp_path)


def test_agents_are_asked_to_leave_before_the_app_is_replaced(mac: Mac) -> None:
    mac.runs((0, "/sbin/launchd"), (501, LOGIN_WINDOW), (501, bundle.PROGRAM), (88, "/usr/sbin/TrayAgent"))
    commands = mac.plays("scripts/preinstall")
    assert commands == [
        f"launchctl asuser 501 sudo -H -u #501 {COMMAND} quit",
        f"sudo -H -u #501 {COMMAND} quit",
    ]
    assert mac.noted.read_text() == "501\n"


def test_one_that_does_not_answer_is_ended_all_the_same(mac: Mac) -> None:
    mac.runs((501, bundle.PROGRAM), (502, bundle.PROGRAM))
    commands = mac.plays("scripts/preinstall")
    assert commands[-1] == f"pkill -U 502 -f ^{bundle.PROGRAM.parent}/"
    assert not any("pkill -U 501" in command for command in commands)
    assert mac.noted.read_text() == "501\n502\n"


def test_where_none_runs_nobody_is_asked(mac: Mac) -> None:
    mac.runs((501, LOGIN_WINDOW))
    assert mac.plays("scripts/preinstall") == []
    assert mac.plays("scripts/postinstall") == []
    assert not mac.noted.exists()


def test_who_had_one_has_it_again_by_the_job_or_as_an_app(mac: Mac) -> None:
    mac.noted.write_text("501\n502\n")
    commands = mac.plays("scripts/postinstall")
    assert commands == [
        f"launchctl kickstart gui/501/{LABEL}",
        f"launchctl kickstart gui/502/{LABEL}",
        f"launchctl asuser 502 sudo -H -u #502 open -g {bundle.PLACE}",
        f"sudo -H -u #502 open -g {bundle.PLACE}",
    ]
    assert not mac.noted.exists()


def test_a_new_job_starts_for_everybody_for_whom_nothing_runs(mac: Mac) -> None:
    mac.runs((0, LOGIN_WINDOW), (501, LOGIN_WINDOW), (502, LOGIN_WINDOW), (502, bundle.PROGRAM))
    commands = mac.plays("autostart/postinstall")
    started = [command for command in commands if "bootstrap" in command]
    assert started == [f"launchctl bootstrap gui/501 /Library/LaunchAgents/{LABEL}.plist"]
    assert f"launchctl bootout gui/501/{LABEL}" in commands


def test_with_the_job_nobody_needs_the_app_among_the_login_items(mac: Mac) -> None:
    mac.runs((0, LOGIN_WINDOW), (501, LOGIN_WINDOW), (502, LOGIN_WINDOW), (502, bundle.PROGRAM))
    asked = [command for command in mac.plays("autostart/postinstall") if command.startswith("sudo")]
    assert asked == [f"sudo -H -u #{uid} {COMMAND} autostart on" for uid in (501, 502)]
