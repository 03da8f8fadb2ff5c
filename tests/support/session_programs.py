"""Programs of other people's sessions: real ones, on a bus of the test's own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from jeepney import Message, MessageType, message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.support.waiting import wait_until


def ask(address: str, message: Message) -> tuple[Any, ...] | None:
    """Send one message on the bus at `address`; the answer's body, None for an error."""
    with closing(open_dbus_connection(address)) as connection:
        answer = connection.send_and_get_reply(message, timeout=10)
    return None if answer.header.message_type is MessageType.error else tuple(answer.body)


@contextmanager
def program(command: Sequence[str], env: Mapping[str, str], name: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program on the bus of its `env` while the `with` lasts, from when it owns `name` on."""
    address = env["DBUS_SESSION_BUS_ADDRESS"]
    process = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def owns() -> bool:
        assert process.poll() is None, f"{command[0]} ended at once"
        return ask(address, message_bus.GetConnectionUnixProcessID(name)) == (process.pid,)

    try:
        wait_until(owns, f"{command[0]} to own {name}", 30)
        yield process
    finally:
        process.kill()
        process.wait(10)


def run(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a program to its good end."""
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=20)
