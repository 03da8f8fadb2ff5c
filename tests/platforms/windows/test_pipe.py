r"""The real pipe, at both ends.  Wine knows one person only, so that others are played by another SID."""

import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.serving import serve
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.windows import identity, pipe
from tray_agent.platforms.windows.agent_names import name
from tray_agent.platforms.windows.pipe import NamedPipe, PipeServer
from tray_agent.platforms.windows.pipe_end import PipeEnd
from tray_agent.shell import ipc, messages
from tray_agent.shell.ipc import AlreadyRunning
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit

SIZE = 60_000
CHANNEL = NamedPipe()


def answers(cmd: str, args: dict[str, Any]) -> dict[str, Any]:
    if cmd == "no":
        raise CommandError(Exit.REFUSED, "not allowed")
    return {"text": "x" * SIZE} if cmd == "big" else {"cmd": cmd, "args": args}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "runtime").mkdir()
    return tmp_path / "runtime" / "agent.sock"


@pytest.fixture
def server(loop: SelectorLoop, path: Path) -> Iterator[PipeServer]:
    made = serve(loop, path, answers, CHANNEL)
    yield behind(made)
    made.close()


def behind(server: ipc.IpcServer | ipc.ChannelServer) -> PipeServer:
    assert isinstance(server, ipc.ChannelServer)
    found: PipeServer = server._hang_up.__self__  # type: ignore[attr-defined]
    return found


def ask(path: Path, cmd: str, args: dict[str, Any] | None = None, timeout_s: float = 5.0) -> dict[str, Any]:
    return ipc.ask(path, cmd, args, timeout_s, CHANNEL)


def connected(path: Path) -> PipeEnd:
    return PipeEnd(pipe._opened(name(path), time.monotonic() + 5))


def in_thread(loop: SelectorLoop, call: Any) -> Any:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(call)
        turn_until(loop, asked.done, "an answer")
        return asked.result()


@pytest.mark.usefixtures("server")
def test_ask_and_answer(loop: SelectorLoop, path: Path) -> None:
    assert in_thread(loop, lambda: ask(path, "pause", {"length_s": 60})) == {
        "cmd": "pause",
        "args": {"length_s": 60},
    }
    assert len(in_thread(loop, lambda: ask(path, "big"))["text"]) == SIZE
    with pytest.raises(CommandError, match="not allowed") as refused:
        in_thread(loop, lambda: ask(path, "no"))
    assert refused.value.code is Exit.REFUSED


@pytest.mark.usefixtures("server")
def test_many_ask_at_once(loop: SelectorLoop, path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(ask, path, "status", {"n": n}) for n in range(200)]
        turn_until(loop, lambda: all(one.done() for one in asked), "all answers", 30)
        assert [one.result()["args"]["n"] for one in asked] == list(range(200))


@pytest.mark.usefixtures("server")
def test_message_in_pieces_and_several_at_once(loop: SelectorLoop, path: Path) -> None:
    client = connected(path)
    line = messages.request("status", {})
    for byte in line[:5]:
        client.write(bytes([byte]), 1)
    client.write(line[5:] + line + line, 1)

    def three_replies() -> bytes:
        got = b""
        while got.count(b"\n") < 3:
            got += client.read(5)
        return got

    assert in_thread(loop, three_replies).count(b'"ok":true') == 3
    client.close()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("garbage", [b"?\n", b"\x80\x03]q\x00.\n", b"GET / HTTP/1.1\r\n", b"\n"])
def test_garbage_is_answered_and_survived(loop: SelectorLoop, path: Path, garbage: bytes) -> None:
    client = connected(path)
    client.write(garbage, 1)
    assert json.loads(in_thread(loop, lambda: client.read(5)))["code"] == 2
    client.close()
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


@pytest.mark.usefixtures("server")
def test_message_without_end_is_refused(loop: SelectorLoop, path: Path) -> None:
    client = connected(path)
    client.write(b"x" * messages.LONGEST, 5)
    assert "too long" in json.loads(in_thread(loop, lambda: client.read(5)))["error"]
    assert client.read(5) == b""
    client.close()


def test_slow_client_is_hung_up(loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipe, "PATIENCE_S", 0.2)
    server = serve(loop, path, answers, CHANNEL)
    client = connected(path)
    began = time.monotonic()
    client.write(b'{"v":1,', 1)
    assert client.read(5) == b""
    assert 0.15 < time.monotonic() - began < 5
    client.close()
    server.close()


def test_client_that_does_not_read_blocks_nobody(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "PATIENCE_S", 1.0)
    server = serve(loop, path, answers, CHANNEL)
    deaf = connected(path)
    deaf.write(messages.request("big", {}) * 20, 1)
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"
    deaf.close()
    server.close()


@pytest.mark.usefixtures("server")
def test_client_that_leaves_early_is_survived(loop: SelectorLoop, path: Path) -> None:
    for sent in (b"", b'{"v":', messages.request("big", {})):
        client = connected(path)
        if sent:
            client.write(sent, 1)
        client.close()
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


def test_crowd_is_turned_away_and_the_rest_served(loop: SelectorLoop, path: Path, server: PipeServer) -> None:
    crowd = [connected(path) for _client in range(64)]
    turn_until(loop, lambda: len(server._talks) == 64, "the crowd to be let in")
    late = connected(path)
    assert late.read(5) == b""
    late.close()
    for client in crowd:
        client.close()
    turn_until(loop, lambda: not server._talks, "the crowd to be gone")
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


@pytest.mark.usefixtures("server")
def test_somebody_else_is_not_answered(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = connected(path)
    with monkeypatch.context() as other:
        other.setattr(identity, "sid_of_caller", lambda _pipe: "S-1-5-21-1")
        client.write(messages.request("status", {}), 1)
        assert client.read(5) == b""
    client.close()


@pytest.mark.usefixtures("server")
def test_an_agent_of_somebody_else_is_not_asked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(identity, "sid_of", lambda _pid: "S-1-5-21-1")
        with pytest.raises(CommandError, match="belongs to somebody else") as refused:
            ask(path, "status")
    assert refused.value.code is Exit.FAULT


def test_a_name_that_is_taken_is_not_shared(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wine 8 shares it all the same, so that here Windows' refusal is played."""
    modes: list[int] = []

    def refuse(_name: str, mode: int, *_more: object) -> int | None:
        modes.append(mode)
        ctypes.set_last_error(5)
        return ctypes.c_void_p(-1).value

    with monkeypatch.context() as taken:
        taken.setattr(pipe._kernel32, "CreateNamedPipeW", refuse)
        with pytest.raises(PermissionError, match="somebody else"):
            serve(loop, path, answers, CHANNEL)
    assert modes[0] & 0x0008_0000
    serve(loop, path, answers, CHANNEL).close()


@pytest.mark.usefixtures("server")
def test_only_one_agent_at_a_time(loop: SelectorLoop, path: Path) -> None:
    with pytest.raises(AlreadyRunning):
        serve(loop, path, answers, CHANNEL)
    assert in_thread(loop, lambda: ask(path, "activate"))["cmd"] == "activate"


def test_alone_keeps_agents_away(loop: SelectorLoop, path: Path) -> None:
    with ipc.alone(path):
        with pytest.raises(AlreadyRunning):
            serve(loop, path, answers, CHANNEL)
        with pytest.raises(CommandError) as refused:
            ask(path, "status")
        assert refused.value.code is Exit.NOT_RUNNING
    serve(loop, path, answers, CHANNEL).close()


def test_killed_agent_leaves_room_for_the_next(loop: SelectorLoop, path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tray_agent.shell import ipc\n"
        "from tray_agent.platforms.windows.pipe import NamedPipe\n"
        "from tray_agent.shell.loop import SelectorLoop\n"
        f"server = ipc.place(SelectorLoop(), Path({str(path)!r}), NamedPipe())\n"
        "server.begin(None)\n"
        "print('listens', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "listens\n"
        with pytest.raises(AlreadyRunning):
            serve(loop, path, answers, CHANNEL)
        killed.kill()
        killed.wait(10)
    with pytest.raises(CommandError) as refused:
        ask(path, "status")
    assert refused.value.code is Exit.NOT_RUNNING
    server = serve(loop, path, answers, CHANNEL)
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"
    server.close()


def test_no_agent(path: Path) -> None:
    with pytest.raises(CommandError, match="is not running") as refused:
        ask(path, "status")
    assert refused.value.code is Exit.NOT_RUNNING


@pytest.mark.usefixtures("server")
def test_agent_that_hangs(path: Path) -> None:
    with pytest.raises(CommandError, match="did not answer in time") as refused:
        ask(path, "status", timeout_s=0.3)
    assert refused.value.code is Exit.TIMED_OUT


def test_agent_that_leaves_while_answering(loop: SelectorLoop, path: Path) -> None:
    server = serve(loop, path, answers, CHANNEL)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, path, "status")
        wait_until(lambda: behind(server)._talks, "the client to come")
        server.close()
        with pytest.raises(CommandError, match="hung up") as refused:
            asked.result(10)
    assert refused.value.code is Exit.FAULT


def test_the_last_answer_reaches_whoever_asked(loop: SelectorLoop, path: Path) -> None:
    """`quit` is answered, and the pipe is closed in the same breath."""
    for _time in range(20):
        answered: list[str] = []

        def leave(cmd: str, _args: dict[str, Any], into: list[str] = answered) -> dict[str, Any]:
            into.append(cmd)
            return {"text": "x" * SIZE}

        server = serve(loop, path, leave, CHANNEL)
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(ask, path, "quit")
            turn_until(loop, lambda into=answered: into, "the question")  # type: ignore[misc]
            server.close()
            assert len(asked.result(10)["text"]) == SIZE
