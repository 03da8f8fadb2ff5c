"""A settings portal with one value, as xdg-desktop-portal serves it, in a process of its own.

`python -m tests.support.settings_portal ADDRESS NAMESPACE KEY SIGNATURE VALUE`, the value as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

from tests.support.desktop import ROOT

PORTAL = "org.freedesktop.portal.Desktop"


@contextmanager
def settings_portal(address: str, name: tuple[str, str], value: tuple[str, Any]) -> Iterator[None]:
    """Answer the question for `name` (namespace, key) with `value` (its signature first)."""
    command = [sys.executable, "-m", "tests.support.settings_portal", address, *name, value[0]]
    process = subprocess.Popen([*command, json.dumps(value[1])], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline(), "the portal to be there"
        yield
    finally:
        process.kill()
        process.communicate()


def main(address: str, namespace: str, key: str, signature: str, value: str) -> None:
    """Answer until killed."""
    with open_dbus_connection(address) as connection:
        connection.send_and_get_reply(message_bus.RequestName(PORTAL), timeout=10)
        print("up", flush=True)
        while True:
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            if (call.header.fields[HeaderFields.member], call.body) == ("Read", (namespace, key)):
                answer = new_method_return(call, "v", (("v", (signature, json.loads(value))),))
            else:
                answer = new_error(call, "org.freedesktop.portal.Error.NotFound")
            connection.send(answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
