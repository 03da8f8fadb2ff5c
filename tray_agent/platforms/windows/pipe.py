r"""The line between the command line and the running agent, as a named pipe of the person's own.

Its name holds the person's SID and the number of the session, so that people who share a machine, or
one who sits at it twice, have an agent each.  Nobody else may open it, and nobody from another machine.
Both ends ask Windows who the other is: the name could have been taken by somebody who came first.
Threads wait for the pipe, one for newcomers and one for each of them; what was asked is answered on
the loop.  Sources: Microsoft Learn, "CreateNamedPipeW", "Named Pipe Security and Access Rights".
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from tray_agent.platforms.windows import identity
from tray_agent.platforms.windows.agent_names import mark, name
from tray_agent.platforms.windows.pipe_end import HUNG_UP, PipeEnd, Signal, wait
from tray_agent.platforms.windows.presence import Presence, seen
from tray_agent.shell.words import _

assert sys.platform == "win32"

if TYPE_CHECKING:
    from tray_agent.ports import Loop

PATIENCE_S = 5.0
"""How long either end may take over one message."""

LONGEST = 64 * 1024
"""Bytes of a message; more is handed on cut off, and then the line is closed."""


_MOST_CLIENTS = 64
_PAUSE_S = 1.0
_LEAVE_S = 1.0

_PIPE_BUSY = 231
_SEM_TIMEOUT = 121
_ACCESS_DENIED = 5
_INVALID_HANDLE = ctypes.c_void_p(-1).value

_DUPLEX = 0x3
_OVERLAPPED = 0x4000_0000
_FIRST_INSTANCE = 0x0008_0000
_REJECT_REMOTE_CLIENTS = 0x8
_ANY_NUMBER = 255
_READ_AND_WRITE = 0xC000_0000
_OPEN_EXISTING = 3
# Whoever serves the pipe may learn who we are, but not act in our name.
_IDENTIFY_ONLY = 0x0010_0000 | 0x0001_0000

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CreateNamedPipeW.argtypes = (
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.DWORD,
    ctypes.POINTER(identity.SecurityAttributes),
)
_kernel32.CreateNamedPipeW.restype = wintypes.HANDLE
_kernel32.CreateFileW.argtypes = (
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.LPVOID,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.HANDLE,
)
_kernel32.CreateFileW.restype = wintypes.HANDLE
_kernel32.WaitNamedPipeW.argtypes = (wintypes.LPCWSTR, wintypes.DWORD)
_kernel32.WaitNamedPipeW.restype = wintypes.BOOL
_kernel32.GetNamedPipeServerProcessId.argtypes = (wintypes.HANDLE, ctypes.POINTER(wintypes.ULONG))
_kernel32.GetNamedPipeServerProcessId.restype = wintypes.BOOL

Answer = Callable[[bytes], bytes]


class NamedPipe:
    """Keeps `ports.Channel`."""

    def serve(self, loop: Loop, path: Path, answer: Answer) -> Callable[[], None]:
        """Answer on the loop whoever asks the agent of this path; raises `OSError`."""
        return PipeServer(loop, name(path), answer, mark(path)).close

    def exchange(self, path: Path, line: bytes, timeout_s: float) -> bytes:
        """Send the line to the agent of this path and return its reply, cut off where it hung up.

        Raises `FileNotFoundError` when no agent listens, `TimeoutError`, or another `OSError`, which
        is a `ConnectionError` where the agent runs in another session of this person.
        """
        ends = time.monotonic() + timeout_s
        end = PipeEnd(_opened_here(path, ends))
        try:
            if identity.sid_of(_server_of(end)) != identity.own_sid():
                raise PermissionError(_("it belongs to somebody else"))
            end.write(line, ends - time.monotonic())
            return _read_line(end, ends)
        except OSError as error:
            if error.winerror in HUNG_UP:
                return b""
            raise
        finally:
            end.close()


class PipeServer:
    """Listens under a name that nobody had before; raises `OSError` when somebody has."""

    def __init__(self, loop: Loop, name: str, answer: Answer, mark: str) -> None:
        self._loop, self._name, self._answer = loop, name, answer
        self._talks: set[_Talk] = set()
        self._stop = Signal()
        try:
            end = self._instance(first=True)
        except OSError:
            self._stop.close()
            raise
        self._presence = Presence(mark)
        self._thread = Thread(target=self._welcome, args=(end,), name="pipe", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; an answer on its way is still handed over.  Safe to call twice."""
        self._presence.close()
        self._stop.give()
        self._thread.join(_LEAVE_S)
        for talk in tuple(self._talks):
            talk.leave()

    def _welcome(self, end: PipeEnd) -> None:
        """On a thread of its own: let one after the other in, always with one instance listening."""
        while self._next_has_come(end):
            try:
                fresh = self._instance() if len(self._talks) < _MOST_CLIENTS else None
            except OSError:
                fresh = None
            if fresh is None:
                end.disconnect()  # too many, or the system is short of something: turned away
                continue
            talk = _Talk(self._loop, end, self._answer, self._talks.discard)
            self._talks.add(talk)
            talk.start()
            end = fresh
        end.close()

    def _next_has_come(self, end: PipeEnd) -> bool:
        while True:
            try:
                return end.connected()
            except OSError:
                end.disconnect()
                if wait(_PAUSE_S, self._stop.handle) is not None:
                    return False

    def _instance(self, *, first: bool = False) -> PipeEnd:
        return PipeEnd(instance(self._name, first=first), self._stop)


class _Talk(Thread):
    """One connection: requests are answered in turn, each within `PATIENCE_S` or not at all."""

    def __init__(self, loop: Loop, end: PipeEnd, answer: Answer, gone: Callable[[_Talk], object]) -> None:
        super().__init__(name="pipe client", daemon=True)
        self._loop, self._end, self._answer, self._gone = loop, end, answer, gone
        self._replies: SimpleQueue[bytes | None] = SimpleQueue()

    def leave(self) -> None:
        """End soon; the stop signal was given before."""
        self._replies.put(None)
        self.join(_LEAVE_S)

    def run(self) -> None:
        """Talk until either side hangs up or takes too long."""
        try:
            self._talk()
        except OSError:
            pass  # it left, or took too long
        finally:
            self._end.close()
            self._gone(self)

    def _talk(self) -> None:
        incoming = self._received(b"")
        # Only now does Windows say who asks.
        if not incoming or identity.sid_of_caller(self._end.handle) != identity.own_sid():
            return
        while incoming:
            line, complete, incoming = incoming.partition(b"\n")
            reply = self._answered(line)
            if reply is None:
                return
            self._end.write(reply, PATIENCE_S)
            if not complete or len(line) >= LONGEST:
                return
            incoming = self._received(incoming)

    def _received(self, incoming: bytes) -> bytes:
        """What has come up to at least a whole line, or too much for one; nothing when it hung up."""
        ends = time.monotonic() + PATIENCE_S
        while b"\n" not in incoming and len(incoming) < LONGEST:
            received = self._end.read(ends - time.monotonic())
            if not received:
                return b""
            incoming += received
        return incoming

    def _answered(self, line: bytes) -> bytes | None:
        if not self._loop.call_soon(lambda: self._replies.put(self._answer(line))):
            return None
        try:
            return self._replies.get(timeout=PATIENCE_S)
        except Empty:
            return None


def instance(name: str, *, first: bool) -> int:
    """One more that can be opened under this name; raises `OSError`, also where `first` is not the first."""
    mode = _DUPLEX | _OVERLAPPED | (_FIRST_INSTANCE if first else 0)
    with identity.ours_alone() as security:
        handle: int = _kernel32.CreateNamedPipeW(
            name, mode, _REJECT_REMOTE_CLIENTS, _ANY_NUMBER, LONGEST, LONGEST, 0, ctypes.byref(security)
        )
        if handle == _INVALID_HANDLE:
            raise _trouble(ctypes.get_last_error())
    return handle


def _opened_here(path: Path, ends: float) -> int:
    try:
        return _opened(name(path), ends)
    except FileNotFoundError:
        if not seen(mark(path)):
            raise
    try:
        return _opened(name(path), ends)  # it may just have begun
    except FileNotFoundError:
        raise ConnectionError(_("it runs in another session of yours")) from None


def _opened(name: str, ends: float) -> int:
    while True:
        handle: int = _kernel32.CreateFileW(
            name, _READ_AND_WRITE, 0, None, _OPEN_EXISTING, _OVERLAPPED | _IDENTIFY_ONLY, None
        )
        if handle != _INVALID_HANDLE:
            return handle
        error = ctypes.get_last_error()
        left = ends - time.monotonic()
        if error != _PIPE_BUSY:
            raise _trouble(error)
        if left <= 0:
            raise TimeoutError
        # All instances are taken for the moment.
        if not _kernel32.WaitNamedPipeW(name, max(1, round(left * 1000))):
            error = ctypes.get_last_error()
            if error != _SEM_TIMEOUT:
                raise _trouble(error)


def _server_of(end: PipeEnd) -> int:
    pid = wintypes.ULONG()
    if not _kernel32.GetNamedPipeServerProcessId(end.handle, ctypes.byref(pid)):
        raise ctypes.WinError(ctypes.get_last_error())
    return pid.value


def _read_line(end: PipeEnd, ends: float) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) <= LONGEST:
        received = end.read(ends - time.monotonic())
        if not received:
            break
        line += received
    return line


def _trouble(error: int) -> OSError:
    if error == _ACCESS_DENIED:
        return PermissionError(_("it belongs to somebody else"))
    return ctypes.WinError(error)
