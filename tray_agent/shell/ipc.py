"""The line between the command line and the running agent: a Unix socket of the person's own.

The agent holds a lock for as long as it lives, so there is one at a time and a socket left behind by
a killed one is known to be dead.  Both ends ask the kernel who the other is and talk to nobody else.
A system without such sockets brings a channel of its own; the lock is a file there too.

One file because lock, server and client are one agreement, and each is half a thought without the others.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tray_agent.shell import messages
from tray_agent.shell.messages import CommandError, Exit, Handle
from tray_agent.shell.words import _

if TYPE_CHECKING:
    from tray_agent.ports import Channel, Loop, Timer

PATIENCE_S = 5.0
"""How long a client may take over one message."""

_LOCK = "agent.lock"
_MOST_CLIENTS = 64
_RETRY_S = 0.02
_PAUSE_S = 1.0
_CREDENTIALS = struct.Struct("3i")

# Unix only, and untyped so that the file can be checked on Windows, which has a channel of its own.
_os: Any = os
_socket: Any = socket


# An agent that leaves refuses whoever comes then, and hangs up on those that it has not yet answered.
_GONE = (ConnectionRefusedError, ConnectionResetError, BrokenPipeError)


class AlreadyRunning(Exception):
    """Another agent of this person holds the lock."""


class IpcServer:
    """Answers requests that come in at `path`, on the loop; those that come before `begin` wait.

    Raises `AlreadyRunning` when another agent lives, `OSError` when no socket can be made.
    """

    _handle: Handle

    def __init__(self, loop: Loop, path: Path) -> None:
        self._loop = loop
        self._path = path
        self._clients: set[_Client] = set()
        self._lock = _locked(path.with_name(_LOCK))
        try:
            self._socket = _listening(path)
        except OSError:
            os.close(self._lock)
            raise

    def begin(self, handle: Handle) -> None:
        """Answer by `handle`, which must return at once.

        Whatever ends the agent it posts for later, so that the reply still goes out.
        """
        self._handle = handle
        self._loop.watch(self._socket.fileno(), self._accept)

    def close(self) -> None:
        """Stop answering and let another agent start."""
        for client in tuple(self._clients):
            client.close()
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        # A folder that became read-only keeps a socket that nobody answers: the next agent replaces it.
        with suppress(OSError):
            self._path.unlink()
        os.close(self._lock)

    def _accept(self) -> None:
        try:
            connection, _address = self._socket.accept()
        except (BlockingIOError, ConnectionError):
            return  # it left again before we looked
        except OSError:
            self._rest()
            return
        if len(self._clients) >= _MOST_CLIENTS or not _same_user(connection):
            connection.close()
            return
        self._clients.add(_Client(self._loop, connection, self._handle, self._clients.discard))

    def _rest(self) -> None:
        # Out of descriptors: the socket stays readable and would keep the loop spinning.
        fd = self._socket.fileno()
        self._loop.unwatch(fd)
        self._loop.call_later(_PAUSE_S, lambda: self._loop.watch(fd, self._accept))


class _Client:
    """One connection: requests are answered in turn, each within `PATIENCE_S` or not at all."""

    def __init__(
        self,
        loop: Loop,
        connection: socket.socket,
        handle: Handle,
        gone: Callable[[_Client], object],
    ) -> None:
        connection.setblocking(False)
        self._loop = loop
        self._socket = connection
        self._handle = handle
        self._gone = gone
        self._incoming = b""
        self._outgoing = b""
        self._again: Timer | None = None
        self._deadline: Timer = loop.call_later(PATIENCE_S, self.close)
        loop.watch(connection.fileno(), self._receive)

    def close(self) -> None:
        """Hang up; harmless when that has happened."""
        if self._socket.fileno() < 0:
            return
        self._deadline.cancel()
        if self._again is not None:
            self._again.cancel()
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        self._gone(self)

    def _receive(self) -> None:
        try:
            received = self._socket.recv(messages.LONGEST)
        except BlockingIOError:
            return
        except ConnectionError:
            received = b""
        if not received:
            self.close()
            return
        self._incoming += received
        self._answer()

    def _answer(self) -> None:
        """Answer the lines that are complete, one after the other."""
        while self._socket.fileno() >= 0 and not self._outgoing:
            line, end, rest = self._incoming.partition(b"\n")
            if len(line) >= messages.LONGEST:
                self._outgoing = _reply(self._handle, line)
                self._send()
                self.close()
            elif end:
                self._incoming = rest
                self._outgoing = _reply(self._handle, line)
                self._send()
            else:
                return

    def _send(self) -> None:
        try:
            sent = self._socket.send(self._outgoing) if self._socket.fileno() >= 0 else 0
        except BlockingIOError:
            sent = 0
        except ConnectionError:
            self.close()
            return
        self._outgoing = self._outgoing[sent:]
        if self._outgoing:
            self._wait_for_reader()
        else:
            self._deadline.cancel()
            self._deadline = self._loop.call_later(PATIENCE_S, self.close)

    def _wait_for_reader(self) -> None:
        # Rare: the other side does not read its replies.  Until it does, nothing more is read from it.
        if self._socket.fileno() >= 0:
            self._loop.unwatch(self._socket.fileno())
            self._again = self._loop.call_later(_RETRY_S, self._resume)

    def _resume(self) -> None:
        self._send()
        if not self._outgoing and self._socket.fileno() >= 0:
            self._loop.watch(self._socket.fileno(), self._receive)
            self._answer()


class ChannelServer:
    """The same, by a channel that is no Unix socket and opens with `begin`, which may raise `OSError`."""

    def __init__(self, loop: Loop, path: Path, channel: Channel) -> None:
        self._loop = loop
        self._path = path
        self._channel = channel
        self._hang_up: Callable[[], object] = lambda: None
        self._lock = _locked(path.with_name(_LOCK))

    def begin(self, handle: Handle) -> None:
        """Answer by `handle`, which must return at once."""
        self._hang_up = self._channel.serve(self._loop, self._path, partial(_reply, handle))

    def close(self) -> None:
        """Stop answering and let another agent start."""
        self._hang_up()
        os.close(self._lock)


def place(loop: Loop, path: Path, channel: Channel | None) -> IpcServer | ChannelServer:
    """The place of the one agent, reached by this channel, None being a Unix socket.

    Raises as `IpcServer` does.
    """
    return IpcServer(loop, path) if channel is None else ChannelServer(loop, path, channel)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Inside `with`, nobody becomes the agent that listens at `path`.

    Raises `AlreadyRunning` when somebody is, and `OSError` when that cannot be found out.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _locked(path.with_name(_LOCK))
    try:
        yield
    finally:
        os.close(lock)


def ask(
    path: Path,
    cmd: str,
    args: dict[str, Any] | None = None,
    timeout_s: float = 5.0,
    channel: Channel | None = None,
) -> dict[str, Any]:
    """Ask the agent that listens at `path`; returns its result.

    Raises `CommandError`: the agent's own refusal, `NOT_RUNNING`, `TIMED_OUT`, or `FAULT`.
    """
    line = messages.request(cmd, args or {})
    try:
        reply = (channel.exchange if channel else _exchange)(path, line, timeout_s)
    except TimeoutError:
        raise CommandError(Exit.TIMED_OUT, _("Tray Agent did not answer in time")) from None
    except (FileNotFoundError, NotADirectoryError, *_GONE):
        raise CommandError(Exit.NOT_RUNNING, _("Tray Agent is not running")) from None
    except OSError as error:
        why = _("Tray Agent cannot be reached: {why}").format(why=error.strerror or error)
        raise CommandError(Exit.FAULT, why) from None
    if not reply.endswith(b"\n"):
        raise CommandError(Exit.FAULT, _("Tray Agent hung up without an answer"))
    return messages.result(reply)


def _reply(handle: Handle, line: bytes) -> bytes:
    """What a line is answered with; one that long may not have ended yet."""
    if len(line) >= messages.LONGEST:
        return messages.refusal(Exit.USAGE, _("the message is too long"))
    return messages.answer(line, handle)


def _exchange(path: Path, line: bytes, timeout_s: float) -> bytes:
    deadline = time.monotonic() + timeout_s
    with _socket.socket(_socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        _connect(connection, path, deadline)
        connection.settimeout(max(0.001, deadline - time.monotonic()))
        connection.sendall(line)
        return _read_line(connection, deadline)


def _connect(connection: socket.socket, path: Path, deadline: float) -> None:
    while True:
        try:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            connection.connect(str(path))
            break
        except BlockingIOError:
            # The queue of the listening socket is full: the kernel does not wait for us here.
            if time.monotonic() > deadline:
                raise TimeoutError from None
            time.sleep(_RETRY_S)
    if not _same_user(connection):
        raise PermissionError(_("it belongs to somebody else"))


def _read_line(connection: socket.socket, deadline: float) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) <= messages.LONGEST:
        connection.settimeout(max(0.001, deadline - time.monotonic()))
        received = connection.recv(messages.LONGEST)
        if not received:
            break
        line += received
    return line


def _locked(path: Path) -> int:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(lock)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyRunning from None
    return lock


def _lock(file: int) -> None:
    """Lock the file for as long as it is open; raises `BlockingIOError` when somebody else has."""
    try:
        fcntl = import_module("fcntl")
    except ModuleNotFoundError:
        msvcrt = import_module("msvcrt")
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BlockingIOError from None  # a file that could be opened is refused for nothing else
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _listening(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening: socket.socket = _socket.socket(_socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.setblocking(False)
        listening.bind(str(path))
        path.chmod(0o600)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _same_user(connection: socket.socket) -> bool:
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True  # the folder's mode keeps others out
    _pid, uid, _gid = _CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size))
    return bool(uid == _os.geteuid())
