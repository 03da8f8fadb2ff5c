import os

import pytest

from tray_agent.platforms.linux import programs

PATH = {"PATH": os.defpath}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("tray-agent run %U", ["tray-agent", "run", "%U"]),
        ("'/a b/c' x", ["/a b/c", "x"]),
        ('"/a \\$b/c"d x', ["/a $b/cd", "x"]),
        ("", []),
        ('""', [""]),
        ('"never closed', ["never", "closed"]),
    ],
)
def test_commands_of_others_are_understood(command: str, expected: list[str]) -> None:
    assert programs.words(command) == expected


@pytest.mark.parametrize("command", ["sh -c x", "/bin/sh", "env A=b C= sh", "/usr/bin/env 'A=b c' /bin/sh"])
def test_a_command_that_can_be_run_lacks_nothing(command: str) -> None:
    assert programs.missing(command, PATH) is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("/nowhere/x y", "it starts /nowhere/x, which is not there"),
        ("no-such-program-1 y", "it starts no-such-program-1, which is not there"),
        ("/etc/passwd", "it starts /etc/passwd, which is not there"),
        ("/usr/bin/env A=b /nowhere/x", "it starts /nowhere/x, which is not there"),
        ("env A=b", "it names no program"),
        ("", "it names no program"),
    ],
)
def test_what_a_command_lacks_is_named(command: str, reason: str) -> None:
    assert programs.missing(command, PATH) == reason
