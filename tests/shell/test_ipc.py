import json
import os
import resource
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.serving import serve
from tests.support.turning import turn_for, turn_until
from tray_agent.shell import ipc, messages
from tray_agent.shell.ipc import AlreadyRunning, IpcServer, ask
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit

SIZE = 60_000


def answers(cmd: str, args: dict[str, Any]) -> dict[str, Any]:
    if cmd == "no":
        raise CommandError(Exit.REFUSED, "not allowed")
    return {"text": "x" * SIZE} if cmd == "big" else {"cmd": cmd, "args": args}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "agent.sock"


@pytest.fixture
def server(loop: SelectorLoop, path: Path) -> Iterator[IpcServer]:
    made = IpcServer(loop, path)
    made.begin(answers)
    yield made
    made.close()


def connected(path: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.connect(str(path))
    client.setblocking(False)
    return client


def reader(client: socket.socket, into: bytearray) -> Callable[[], bool]:
    """A condition: a whole line, or the end, has come."""

    def read() -> bool:
        try:
            received = client.recv(1 << 20)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True
        into.extend(received)
        return not received or into.endswith(b"\n")

    return read


def in_thread(loop: SelectorLoop, call: Callable[[], Any]) -> Any:
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
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.usefixtures("server")
def test_refusal_comes_with_its_code(loop: SelectorLoop, path: Path) -> None:
    with pytest.raises(CommandError, match="not allowed") as refused:
        in_thread(loop, lambda: ask(path, "no"))
    assert refused.value.code is Exit.REFUSED


@pytest.mark.usefixtures("server")
def test_many_ask_at_once(loop: SelectorLoop, path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(ask, path, "status", {"n": n}) for n in range(200)]
        turn_until(loop, lambda: all(one.done() for one in asked), "all answers")
        assert [one.result()["args"]["n"] for one in asked] == list(range(200))


@pytest.mark.usefixtures("server")
def test_message_in_pieces_and_several_at_once(loop: SelectorLoop, path: Path) -> None:
    client, got = connected(path), bytearray()
    line = messages.request("status", {})
    for byte in line[:5]:
        client.send(bytes([byte]))
        loop.step(0.1)
    client.send(line[5:] + line + line)
    turn_until(loop, lambda: reader(client, got)() and got.count(b"\n") == 3, "three replies")
    client.close()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("garbage", [b"?\n", b"\x80\x03]q\x00.\n", b"GET / HTTP/1.1\r\n", b"\n"])
def test_garbage_is_answered_and_survived(loop: SelectorLoop, path: Path, garbage: bytes) -> None:
    client, got = connected(path), bytearray()
    client.send(garbage)
    turn_until(loop, reader(client, got), "a reply")
    assert json.loads(got)["code"] == 2
    client.close()
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


@pytest.mark.usefixtures("server")
def test_message_without_end_is_refused(loop: SelectorLoop, path: Path) -> None:
    client, got = connected(path), bytearray()
    client.sendall(b"x" * messages.LONGEST)
    turn_until(loop, reader(client, got), "a reply")
    assert "too long" in json.loads(got)["error"]
    turn_until(loop, reader(client, got), "the end of the line")
    client.close()


def test_whoever_asks_before_the_agent_is_ready_waits(loop: SelectorLoop, path: Path) -> None:
    server = ipc.place(loop, path, None)
    client, got = connected(path), bytearray()
    client.send(messages.request("status", {}))
    turn_for(loop, 0.1)
    assert not reader(client, got)()
    server.begin(answers)
    turn_until(loop, reader(client, got), "the reply")
    assert json.loads(got)["result"]["cmd"] == "status"
    client.close()
    server.close()


def test_slow_client_is_hung_up(loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipc, "PATIENCE_S", 0.2)
    server = serve(loop, path, answers)
    client, got = connected(path), bytearray()
    client.send(b'{"v":1,')
    began = time.monotonic()
    turn_until(loop, reader(client, got), "the end")
    assert got == b""
    assert 0.15 < time.monotonic() - began < 5
    client.close()
    server.close()


def test_client_that_does_not_read_blocks_nobody(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipc, "PATIENCE_S", 1.0)
    server = serve(loop, path, answers)
    deaf = connected(path)
    for _request in range(20):
        deaf.send(messages.request("big", {}))
    turn_for(loop, 0.2)
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"
    got = bytearray()
    turn_until(loop, lambda: reader(deaf, got)() and got.count(b"\n") == 20, "every reply, once it reads")
    deaf.close()
    server.close()


@pytest.mark.usefixtures("server")
def test_client_that_leaves_early_is_survived(loop: SelectorLoop, path: Path) -> None:
    for sent in (b"", b'{"v":', messages.request("big", {})):
        client = connected(path)
        client.send(sent)
        client.close()
    turn_for(loop, 0.1)
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


def test_crowd_is_turned_away_and_the_rest_served(loop: SelectorLoop, path: Path, server: IpcServer) -> None:
    crowd = []
    for _client in range(80):
        crowd.append(connected(path))
        loop.step(0.1)
    assert len(server._clients) == 64
    for client in crowd:
        client.close()
    turn_until(loop, lambda: not server._clients, "the crowd to be gone")
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"


def test_somebody_else_is_not_answered(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(loop, path, answers)
    client, got = connected(path), bytearray()
    client.send(messages.request("status", {}))
    with monkeypatch.context() as other:
        other.setattr(os, "geteuid", lambda: os.getuid() + 1)
        turn_until(loop, reader(client, got), "the end")
        assert got == b""
        with pytest.raises(CommandError, match="belongs to somebody else"):
            in_thread(loop, lambda: ask(path, "status"))
    client.close()
    server.close()


@pytest.mark.usefixtures("server")
def test_only_one_agent_at_a_time(loop: SelectorLoop, path: Path) -> None:
    with pytest.raises(AlreadyRunning):
        serve(loop, path, answers)
    assert in_thread(loop, lambda: ask(path, "activate"))["cmd"] == "activate"


def test_killed_agent_leaves_room_for_the_next(loop: SelectorLoop, path: Path) -> None:
    program = (
        "import os, signal; from pathlib import Path\n"
        "from tray_agent.shell.ipc import IpcServer; from tray_agent.shell.loop import SelectorLoop\n"
        f"server = IpcServer(SelectorLoop(), Path({str(path)!r}))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert path.exists()
    with pytest.raises(CommandError) as refused:
        ask(path, "status")
    assert refused.value.code is Exit.NOT_RUNNING
    server = serve(loop, path, answers)
    assert in_thread(loop, lambda: ask(path, "status"))["cmd"] == "status"
    server.close()
    assert not path.exists()


def test_no_agent(path: Path) -> None:
    with pytest.raises(CommandError, match="is not running") as refused:
        ask(path, "status")
    assert refused.value.code is Exit.NOT_RUNNING


def test_agent_that_hangs(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen()
        with pytest.raises(CommandError, match="did not answer in time") as refused:
            ask(path, "status", timeout_s=0.2)
    assert refused.value.code is Exit.TIMED_OUT


def test_agent_whose_queue_is_full(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(0)
        waiting = connected(path)
        with pytest.raises(CommandError) as refused:
            ask(path, "status", timeout_s=0.2)
        waiting.close()
    assert refused.value.code is Exit.TIMED_OUT


def hung_up_on(path: Path, hears: Callable[[socket.socket], object]) -> CommandError:
    """What comes of asking an agent that hears so much of the question and then hangs up."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening, ThreadPoolExecutor(1) as pool:
        listening.bind(str(path))
        listening.listen()
        asked = pool.submit(ask, path, "status")
        connection, _address = listening.accept()
        hears(connection)
        connection.close()
        with pytest.raises(CommandError) as refused:
            asked.result()
    return refused.value


def test_agent_that_leaves_before_it_has_read_the_question_is_not_running(path: Path) -> None:
    refused = hung_up_on(path, lambda connection: connection.recv(1, socket.MSG_PEEK))
    assert refused.code is Exit.NOT_RUNNING


def test_agent_that_dies_while_answering(path: Path) -> None:
    refused = hung_up_on(path, lambda connection: connection.recv(1000))
    assert refused.code is Exit.FAULT
    assert "hung up" in str(refused)


def test_running_out_of_descriptors_is_waited_out(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipc, "_PAUSE_S", 0.2)
    server = serve(loop, path, answers)
    client, got = connected(path), bytearray()
    client.send(messages.request("status", {}))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    loop.step(0.1)
    loop.step(0.1)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert got == b""
    turn_until(loop, reader(client, got), "a late reply")
    assert json.loads(got)["ok"] is True
    client.close()
    server.close()


def test_alone_keeps_agents_away(loop: SelectorLoop, path: Path) -> None:
    with ipc.alone(path), pytest.raises(AlreadyRunning):
        serve(loop, path, answers)
    made = serve(loop, path, answers)
    with pytest.raises(AlreadyRunning), ipc.alone(path):
        pass
    made.close()
    with ipc.alone(path.parent / "not-there-yet" / "agent.sock"):
        pass
