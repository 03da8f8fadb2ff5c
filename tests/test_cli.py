import errno
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.fake_agent import RESULTS, Call, FakeAgent, start
from tests.support.schemas import problems
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent import __version__, cli
from tray_agent.ports import Startup
from tray_agent.shell import inventory, ipc
from tray_agent.shell.command_line import completion
from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.messages import CommandError, Exit


def recording(calls: list[tuple[object, ...]], result: object) -> Callable[..., object]:
    """A function that remembers how it was called."""

    def call(*args: object) -> object:
        calls.append(args)
        return result

    return call


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[FakeAgent]:
    made = FakeAgent(tmp_path)
    yield made
    made.close()


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., Call]:
    """Run a command line with no agent."""

    def run(*words: str) -> Call:
        process = start(tmp_path, *words)
        out, err = process.communicate(timeout=20)
        return process.returncode, out, err

    return run


def test_status_for_people_and_for_programs(agent: FakeAgent) -> None:
    code, out, err = agent.call("status")
    assert (code, err) == (0, "")
    assert out.startswith("Sitting about 40 min. Next break in about 5 min.\n")
    code, out, err = agent.call("status", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == answers.status()


@pytest.mark.parametrize(
    ("typed", "cmd", "args"),
    [
        ("why", "why", {}),
        ("doctor", "doctor", {}),
        ("break", "break", {"kind": None}),
        ("break glutes", "break", {"kind": "glutes"}),
        ("skip", "skip", {}),
        ("resume", "resume", {}),
        ("standing", "standing", {}),
        ("sitting", "sitting", {}),
        ("away", "away", {}),
        ("quit", "quit", {}),
    ],
)
def test_verbs_reach_the_agent(agent: FakeAgent, typed: str, cmd: str, args: dict[str, Any]) -> None:
    code, out, err = agent.call(*typed.split())
    assert (code, err) == (0, "")
    assert out
    assert agent.asked == [(cmd, args)]


def test_pause_says_until_when(agent: FakeAgent) -> None:
    assert agent.call("pause", "30m") == (0, "Paused until 14:30.\n", "")
    assert agent.asked == [("pause", {"length_s": 1800})]
    assert json.loads(agent.call("pause", "today", "--json")[1]) == RESULTS["pause"]


@pytest.mark.parametrize("code", [Exit.FAULT, Exit.USAGE, Exit.REFUSED])
def test_agent_s_refusal_is_one_sentence_with_its_code(agent: FakeAgent, code: Exit) -> None:
    agent.refuses["snooze"] = code
    assert agent.call("snooze") == (code, "", "no snooze now\n")


def test_was_tells_the_times_that_were_meant(agent: FakeAgent) -> None:
    assert agent.call("was", "up") == (0, "Noted: you were up from 12:30 to 13:00.\n", "")
    assert json.loads(agent.call("was", "meeting", "9:00-9:45", "--json")[1]) == RESULTS["was"]
    assert agent.asked == [
        ("was", {"as": "up"}),
        ("was", {"as": "meeting", "from": "09:00", "to": "09:45"}),
    ]


@pytest.mark.parametrize(
    "verb",
    ["status", "why", "break", "snooze", "skip", "resume", "standing", "sitting", "away", "was up", "quit"],
)
def test_no_agent(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    assert cli.main(verb.split()) == 3
    assert capsys.readouterr() == ("", "Tray Agent is not running\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "say what to do"),
        ("fly", "there is no verb fly"),
        ("status --jsn", "there is no option --jsn; use: tray-agent status [--json]"),
        ("status now", '"now" is too much'),
        ("break nap", '"nap" is none of stand_up, hip_flexor, glutes; use: tray-agent break'),
        ("pause", "something is missing"),
        ("pause 0m", '"0m" is no length of time'),
        ("pause m", '"m" is no length of time'),
        ("pause 1.5h", '"1.5h" is no length of time'),
        ("pause 30m 1h", '"30m 1h" is no length of time'),
        ("pause until", '"until" is no length of time'),
        ("pause until 24:00", '"24:00" is not a time of day'),
        ("run --speed fast", "--speed needs a number above 0, not fast"),
        ("run --speed 0", "--speed needs a number above 0, not 0"),
        ("run --speed nan", "--speed needs a number above 0, not nan"),
        ("run --speed inf", "--speed needs a number above 0, not inf"),
        ("run --speed 99999", "--speed is at most 10000"),
        ("run --config /no/such.toml", "there is no settings file /no/such.toml"),
        ("replay", "something is missing"),
        ("replay x --format xml", '"xml" is none of text, jsonl'),
        ("replay x --every -1", "--every needs a number above 0"),
        ("was", "something is missing"),
        ("was asleep", '"asleep" is none of up, seated, standing, meeting'),
        ("was up noon", '"noon" is no time such as 12:30-13:00'),
        ("history --format xml", '"xml" is none of text, json, csv'),
        ("history --days many", "--days is a whole number from 1 to 365, not many"),
        ("autostart", "something is missing"),
        ("autostart maybe", '"maybe" is none of on, off, status'),
        ("export", "something is missing"),
        ("completion csh", '"csh" is none of bash, zsh, fish'),
        ("help fly", "there is no verb fly"),
        ("get", "something is missing"),
        ("get languge", "did you mean language?"),
        ("set language", "something is missing"),
        ("set intensity hard", 'intensity = "hard" is wrong; it must be one of'),
    ],
)
def test_bad_input_is_one_sentence(
    typed: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    assert cli.main(typed.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_help_and_version(call: Callable[..., Call]) -> None:
    code, out, err = call("--help")
    assert (code, err) == (0, "")
    for verb in FORMS:
        assert f"  {verb}" in out
    told = (
        "tray-agent pause 30m|1h|until HH:MM|today|indefinitely\n\nno prompts for a while\n"
        "Any length will do, such as 90m or 1h30m. What falls due meanwhile is asked afterwards.\n"
        "Example: tray-agent pause until 14:30\n"
    )
    assert call("pause", "--help") == call("help", "pause") == (0, told, "")
    assert call("--version") == (0, f"tray-agent {__version__}\n", "")


def test_completion_is_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert cli.main(["completion", shell]) == 0
        assert capsys.readouterr().out == completion.script(shell, FORMS)


class FakeAutostart:
    """Starts with the session once told to, and will not be told otherwise."""

    def __init__(self) -> None:
        self.startup = Startup(on=False, mechanism=None, reason="not asked for yet")
        self.works = True

    def status(self) -> Startup:
        return self.startup

    def set(self, *, on: bool) -> Startup:
        if not on:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), "entry.desktop")
        if self.works:
            self.startup = Startup(on=True, mechanism="xdg")
        return self.startup


def test_autostart(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from tray_agent import platforms

    chosen = FakeAutostart()
    monkeypatch.setattr(platforms.select(), "autostart", lambda: chosen)
    assert cli.main(["autostart", "status"]) == 0
    assert capsys.readouterr().out == "Tray Agent does not start when you log in: not asked for yet.\n"
    chosen.works = False
    assert cli.main(["autostart", "on"]) == 1
    refusal = "Tray Agent does not start when you log in: not asked for yet.\n"
    assert capsys.readouterr() == ("", refusal)
    chosen.works = True
    assert cli.main(["autostart", "on"]) == 0
    assert capsys.readouterr().out == "Tray Agent starts when you log in, by your desktop.\n"
    assert cli.main(["autostart", "status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"on": True, "mechanism": "xdg", "reason": None}
    assert problems("autostart", told) == []
    assert cli.main(["autostart", "off", "--json"]) == 1
    assert capsys.readouterr() == ("", "nothing was changed: entry.desktop: Read-only file system\n")


def test_reader_that_has_seen_enough() -> None:
    command = [sys.executable, "-m", "tray_agent", "help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_interrupt_is_quiet(tmp_path: Path) -> None:
    # Whoever runs these tests in the background has interrupts ignored, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    (tmp_path / "runtime").mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as hanging:
        hanging.bind(str(tmp_path / "runtime" / "agent.sock"))
        hanging.listen()
        process = start(tmp_path, "status")
        connection, _address = hanging.accept()
        wait_until(lambda: connection.recv(100), "the question")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        connection.close()
    signal.signal(signal.SIGINT, before)
    assert (process.returncode, out, err) == (130, "", "")


def test_agent_that_hangs_times_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def late(*_question: object, **_more: object) -> None:
        raise CommandError(Exit.TIMED_OUT, "Tray Agent did not answer in time")

    monkeypatch.setattr(ipc, "ask", late)
    assert cli.main(["status"]) == 5
    assert capsys.readouterr().err == "Tray Agent did not answer in time\n"


def test_help_loads_what_it_says_and_no_more() -> None:
    program = (
        "import sys; from tray_agent.cli import main\n"
        "assert main(['help']) == 0\n"
        "heavy = {'json', 'socket', 'textwrap', 'dataclasses', 'datetime', 'tray_agent.core'}\n"
        "sys.exit(' '.join(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_status_loads_next_to_nothing(tmp_path: Path, agent: FakeAgent) -> None:
    program = (
        "import sys; from tray_agent.cli import main\n"
        "assert main(['status', '--json']) == 0\n"
        "heavy = {'argparse', 'msgspec', 'tomllib', 'tomlkit', 'sqlite3', 'logging', 'apscheduler', 'PIL',"
        " 'platformdirs', 'asyncio', 'tray_agent.core', 'tray_agent.wiring'}\n"
        "sys.exit(' '.join(heavy & sys.modules.keys()))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "TRAY_AGENT_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    turn_until(agent.loop, lambda: process.poll() is not None, "status", 20)
    assert process.communicate()[1].strip() == ""


def test_run_and_doctor_are_handed_to_the_composition_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tray_agent import examining, wiring
    from tray_agent.arrival import Options
    from tray_agent.platforms.own_command import AT_LOGIN

    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    settings = tmp_path / "mine.toml"
    settings.write_text("")
    ran: list[tuple[object, ...]] = []
    monkeypatch.setattr(wiring, "run", recording(ran, 0))
    assert cli.main(["run", "--no-tray", "--speed", "60", "--config", str(settings)]) == 0
    assert cli.main(["run"]) == 0
    assert cli.main([*AT_LOGIN]) == 0
    assert ran == [
        (Options(no_tray=True, speed=60.0, config=settings),),
        (Options(),),
        (Options(unasked=True),),
    ]
    monkeypatch.setattr(examining, "examine", lambda: answers.doctor(running=False))
    assert cli.main(["doctor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == inventory.of(answers.doctor(running=False))


def test_replay_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from tray_agent.shell import replay

    ran: list[tuple[object, ...]] = []
    monkeypatch.setattr(replay, "main", recording(ran, 2))
    assert cli.main(["replay", "day.jsonl", "--every", "5", "--format", "jsonl"]) == 2
    assert ran == [(Path("day.jsonl"), None, 5.0, "jsonl", sys.stdout)]


def test_broken_adapter_fails_the_selftest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from tray_agent import platforms

    package = tmp_path / "adapters"
    package.mkdir()
    (package / "fine_adapter.py").write_text("")
    monkeypatch.setattr(platforms, "__path__", [str(package)])
    monkeypatch.setattr(platforms, "__name__", "adapters")
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert cli.main(["doctor", "--selftest"]) == 0
    (package / "broken_adapter.py").write_text("import no_such_library")
    assert cli.main(["doctor", "--selftest"]) == 1
    assert capsys.readouterr().err == "adapters.broken_adapter: No module named 'no_such_library'\n"
    (package / "broken_adapter.py").unlink()
    sentence = "this platform is not supported: ('failed to acquire X connection: ...')"
    (package / "blind_adapter.py").write_text(f"raise ImportError({sentence!r})")
    assert cli.main(["doctor", "--selftest"]) == 0
