"""Each script in its own shell: Tab is pressed, or the shell asked what Tab would offer."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_agent.shell import setting_values
from tray_agent.shell.command_line.completion import script
from tray_agent.shell.command_line.forms import FORMS

# What Return then prints is what Tab made of the line, word by word.
ECHO = "tray-agent() { printf '<%s>' \"$@\"; echo '<end>'; }"
INTERACTIVE = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {file}"),
    "zsh": (["zsh", "-f", "-i"], "unsetopt beep; autoload -Uz compinit; compinit -D; source {file}"),
}

CASES = [
    ("stat", ["status"]),
    ("break gl", ["break", "glutes"]),
    ("break --js", ["break", "--json"]),
    ("break --json hip", ["break", "--json", "hip_flexor"]),
    ("pause indef", ["pause", "indefinitely"]),
    ("was mee", ["was", "meeting"]),
    ("history --form", ["history", "--format"]),
    ("history --format c", ["history", "--format", "csv"]),
    ("history --days 5 --format j", ["history", "--days", "5", "--format", "json"]),
    ("get activity.idl", ["get", "activity.idle_threshold_s"]),
    ("set insis", ["set", "insistence"]),
    ("set insistence win", ["set", "insistence", "window"]),
    ("set quiet.call fa", ["set", "quiet.call", "false"]),
    ("autostart stat", ["autostart", "status"]),
    ("replay --every 5 sheet-of-pa", ["replay", "--every", "5", "sheet-of-paper.jsonl"]),
    ("export sheet-of-pa", ["export", "sheet-of-paper.jsonl"]),
    ("completion z", ["completion", "zsh"]),
    ("exercises split", ["exercises", "split_stance"]),
    ("help paus", ["help", "pause"]),
]


class Terminal:
    """A shell at a terminal of its own, in a folder that holds one file."""

    def __init__(self, shell: str, folder: Path) -> None:
        command, load = INTERACTIVE[shell]
        self._fd, theirs = pty.openpty()
        self._shell = subprocess.Popen(
            ["setsid", "--ctty", *command],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "TERM": "dumb", "HOME": str(folder)},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        self._said = b""
        self.enter(f"{ECHO}; {load.format(file=folder / 'script')}; PS1=; printf 're%s' ady")
        self.until(b"ready")

    def enter(self, text: str) -> None:
        """Type this and Return."""
        os.write(self._fd, text.encode() + b"\r")

    def until(self, end: bytes) -> bytes:
        """What the terminal shows up to `end`."""
        deadline = time.monotonic() + 10
        while end not in self._said:
            ready, _, _ = select.select([self._fd], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"no {end!r} in {self._said!r}"
            self._said += os.read(self._fd, 4096)
        before, _end, self._said = self._said.partition(end)
        return before

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait(10)
        os.close(self._fd)


@pytest.fixture(scope="module", params=INTERACTIVE)
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "script").write_text(script(request.param, FORMS))
    (folder / "sheet-of-paper.jsonl").touch()
    made = Terminal(request.param, folder)
    yield made
    made.close()


@pytest.mark.parametrize(("typed", "completed"), CASES, ids=[typed for typed, _ in CASES])
def test_tab_completes(terminal: Terminal, typed: str, completed: list[str]) -> None:
    terminal.enter(f"tray-agent {typed}\t")
    assert terminal.until(b"<end>").endswith("".join(f"<{word}>" for word in completed).encode())


def test_an_equals_sign_is_no_obstacle(terminal: Terminal) -> None:
    terminal.enter("tray-agent history --format=c\t")
    assert terminal.until(b"<end>").endswith(b"<history><--format=csv>")


def test_nothing_is_invented(terminal: Terminal) -> None:
    terminal.enter("tray-agent status sheet-of\t")
    assert terminal.until(b"<end>").endswith(b"<status><sheet-of>")
    terminal.enter("tray-agent history --days sheet-of\t")
    assert terminal.until(b"<end>").endswith(b"<history><--days><sheet-of>")


def offered(shell: str, line: str, folder: Path) -> set[str]:
    """What the shell says it would offer after this line."""
    (folder / "script").write_text(script(shell, FORMS))
    if shell == "bash":
        program = (
            'source ./script; read -ra COMP_WORDS <<<"$0x"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n'
            "COMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%x}\n"
            "complete -p tray-agent >/dev/null && _tray_agent tray-agent"
            ' "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"\n'
            "printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        command = ["bash", "-c", program, line]
    else:
        command = ["fish", "--no-config", "-c", 'source ./script; complete -C "$argv[1]"', line]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {offer.partition("\t")[0] for offer in done.stdout.splitlines()} - {""}


SHELLS = pytest.mark.parametrize("shell", ["bash", "fish"])


@SHELLS
def test_every_verb_is_offered(shell: str, tmp_path: Path) -> None:
    assert offered(shell, "tray-agent ", tmp_path) >= FORMS.keys()


@SHELLS
@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("break ", {"stand_up", "hip_flexor", "glutes"}),
        ("break glutes ", set()),
        ("pause ", {"30m", "1h", "2h", "until", "today", "indefinitely"}),
        ("get ", set(setting_values.TYPES)),
        ("set intensity ", {"gentle", "standard", "intensive"}),
        ("set prompts.glutes ", {"true", "false"}),
        ("set hours.ranges ", set()),
        ("history --format ", {"text", "json", "csv"}),
        ("autostart ", {"on", "off", "status"}),
        ("completion ", {"bash", "zsh", "fish"}),
        ("help help ", set()),
    ],
)
def test_offers_are_those_of_the_program(shell: str, line: str, offers: set[str], tmp_path: Path) -> None:
    assert offered(shell, f"tray-agent {line}", tmp_path) == offers


@SHELLS
def test_options_of_each_verb(shell: str, tmp_path: Path) -> None:
    for verb in ("run", "export", "doctor", "history"):
        form = FORMS[verb]
        assert offered(shell, f"tray-agent {verb} --", tmp_path) == {"--help", *form.flags, *form.values}


def test_fish_offers_files_where_a_file_belongs(tmp_path: Path) -> None:
    (tmp_path / "sheet-of-paper.jsonl").touch()
    assert offered("fish", "tray-agent export sheet", tmp_path) == {"sheet-of-paper.jsonl"}
    assert offered("fish", "tray-agent run --config sheet", tmp_path) == {"sheet-of-paper.jsonl"}
    assert offered("fish", "tray-agent status sheet", tmp_path) == set()


def test_zsh_takes_the_script_from_its_folder_too(tmp_path: Path) -> None:
    (tmp_path / "_tray-agent").write_text(script("zsh", FORMS))
    program = "fpath=($PWD $fpath); autoload -Uz compinit; compinit -D; print $_comps[tray-agent]"
    done = subprocess.run(
        ["zsh", "-f", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "_tray-agent\n"
