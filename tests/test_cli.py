import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent import __version__, cli
from tray_agent.shell import ipc
from tray_agent.shell.forms import FORMS
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit

RESULTS: dict[str, dict[str, Any]] = {
    "status": answers.status(),
    "why": answers.why(),
    "doctor": answers.doctor(),
    "pause": {"paused_until": "2026-03-02T14:30:00+01:00"},
}


class FakeAgent:
    """Answers the command line in a home of its own; `asked` remembers what came in."""

    def __init__(self, home: Path) -> None:
        (home / "runtime").mkdir()
        self.loop = SelectorLoop()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.server = ipc.IpcServer(self.loop, home / "runtime" / "agent.sock", self._answer)

    def _answer(self, cmd: str, args: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((cmd, args))
        if cmd == "snooze":
            raise CommandError(Exit.USAGE, "no prompt is showing")
        return RESULTS.get(cmd, {})

    def close(self) -> None:
        self.server.close()
        self.loop.close()


def start(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tray_agent", *words],
        env={**os.environ, "TRAY_AGENT_HOME": str(home), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


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
def call(tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run a command line with no agent: its exit code, output and complaints."""

    def run(*words: str) -> tuple[int, str, str]:
        process = start(tmp_path, *words)
        out, err = process.communicate(timeout=20)
        return process.returncode, out, err

    return run


@pytest.fixture
def asking(tmp_path: Path, agent: FakeAgent) -> Callable[..., tuple[int, str, str]]:
    """The same with an agent that answers."""

    def run(*words: str) -> tuple[int, str, str]:
        process = start(tmp_path, *words)
        turn_until(agent.loop, lambda: process.poll() is not None, "the command to end", 20)
        out, err = process.communicate()
        return process.returncode, out, err

    return run


Call = Callable[..., tuple[int, str, str]]


def test_status_for_people_and_for_programs(asking: Call) -> None:
    code, out, err = asking("status")
    assert (code, err) == (0, "")
    assert out.startswith("Sitting about 40 min. Stand up in about 5 min.\n")
    code, out, err = asking("status", "--json")
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
def test_verbs_reach_the_agent(
    asking: Call, agent: FakeAgent, typed: str, cmd: str, args: dict[str, Any]
) -> None:
    code, out, err = asking(*typed.split())
    assert (code, err) == (0, "")
    assert out
    assert agent.asked == [(cmd, args)]


def test_pause_says_until_when(asking: Call, agent: FakeAgent) -> None:
    assert asking("pause", "30m") == (0, "Paused until 14:30.\n", "")
    assert agent.asked == [("pause", {"length_s": 1800})]
    assert json.loads(asking("pause", "today", "--json")[1]) == RESULTS["pause"]


def test_every_verb_does_something() -> None:
    assert cli.ACTS.keys() == FORMS.keys()


def test_agent_s_refusal_is_one_sentence_with_its_code(asking: Call) -> None:
    assert asking("snooze") == (2, "", "no prompt is showing\n")


@pytest.mark.parametrize(
    "verb", ["status", "why", "break", "snooze", "skip", "resume", "standing", "sitting", "away", "quit"]
)
def test_no_agent(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    assert cli.main([verb]) == 3
    assert capsys.readouterr() == ("", "Tray Agent is not running\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "say what to do"),
        ("fly", "there is no verb fly"),
        ("status --jsn", "there is no option --jsn; use: tray-agent status [--json]"),
        ("status now", '"now" is too much'),
        ("break nap", "there is no break nap"),
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
        ("replay x --format xml", "--format is text or jsonl"),
        ("replay x --every -1", "--every needs a number above 0"),
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


def test_get_and_set_without_an_agent(call: Call, tmp_path: Path) -> None:
    assert call("get", "intensity") == (0, "standard\n", "")
    assert call("set", "intensity", "gentle") == (0, 'intensity = "gentle"\n', "")
    assert call("get", "intensity") == (0, "gentle\n", "")
    assert call("set", "hours.ranges", '["sat 22:00-06:00"]')[0] == 0
    assert call("get", "hours.ranges") == (0, '["sat 22:00-06:00"]\n', "")
    assert call("get", "quiet.call") == (0, "true\n", "")
    assert (tmp_path / "config" / "settings.toml").read_text() == (
        'intensity = "gentle"\n\n[hours]\nranges = ["sat 22:00-06:00"]\n'
    )


def test_get_tells_what_is_wrong_with_the_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('intensity = "hard"\n')
    code, out, err = call("get", "intensity")
    assert (code, out) == (0, "standard\n")
    assert 'line 1: intensity = "hard" is wrong' in err


def test_unusable_folder_is_one_sentence(call: Call, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    code, out, err = call("set", "intensity", "gentle")
    assert (code, out) == (1, "")
    assert err == f"the folder {tmp_path}/config cannot be used: File exists\n"


def test_help_and_version(call: Call) -> None:
    code, out, err = call("--help")
    assert (code, err) == (0, "")
    for verb in FORMS:
        assert f"  {verb}" in out
    assert call("pause", "--help")[1].startswith("tray-agent pause 30m|1h|until HH:MM|today|indefinitely\n")
    assert call("--version") == (0, f"tray-agent {__version__}\n", "")


def test_reader_that_has_seen_enough() -> None:
    shell = f"{sys.executable} -m tray_agent help | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


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
    def late(*_question: object) -> None:
        raise CommandError(Exit.TIMED_OUT, "Tray Agent did not answer in time")

    monkeypatch.setattr(ipc, "ask", late)
    assert cli.main(["status"]) == 5
    assert capsys.readouterr().err == "Tray Agent did not answer in time\n"


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


def test_status_is_quick(asking: Call) -> None:
    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert asking("status")[0] == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    # Processor seconds, and the best of a few: the machine may be busy, the program may not.
    assert min(once() for _time in range(5)) < 0.2


def test_run_and_doctor_are_handed_to_the_composition_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tray_agent import wiring

    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    settings = tmp_path / "mine.toml"
    settings.write_text("")
    ran: list[tuple[object, ...]] = []
    monkeypatch.setattr(wiring, "run", recording(ran, 0))
    assert cli.main(["run", "--no-tray", "--speed", "60", "--config", str(settings)]) == 0
    assert cli.main(["run"]) == 0
    assert ran == [(wiring.Options(no_tray=True, speed=60.0, config=settings),), (wiring.Options(),)]
    monkeypatch.setattr(wiring, "examine", lambda: answers.doctor(running=False))
    assert cli.main(["doctor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == answers.doctor(running=False)


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
