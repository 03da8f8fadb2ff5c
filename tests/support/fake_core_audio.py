"""Core Audio's objects, called as COM calls them: through tables of functions, with counted references.

The places in the tables are those of mmdeviceapi.h and audiopolicy.h of the Windows SDK; whatever the
agent has no business to call is a trap that is remembered in `trapped`.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Sequence
from ctypes import POINTER, c_int, c_ulong, c_void_p
from dataclasses import dataclass, field
from typing import Any

assert sys.platform == "win32"

OK, NO, FAILED, NO_INTERFACE = 0, 1, -0x7FFFBFFB, -0x7FFFBFFE
Pointers = POINTER(c_void_p)


class ComObject:
    """An object with `size` methods, of which `methods` says those that work, each by its place.

    A method is what it takes after the object, and a function of that.
    """

    def __init__(self, size: int, methods: dict[int, tuple[tuple[Any, ...], Callable[..., int]]]) -> None:
        self.references = 1
        self.trapped: list[int] = []
        known: dict[int, tuple[tuple[Any, ...], Callable[..., int]]] = {
            0: ((c_void_p, Pointers), self._query),
            1: ((), self.add),
            2: ((), self._release),
        }
        known |= methods
        self._functions = [self._function(place, known.get(place)) for place in range(size)]
        self._table = (c_void_p * size)(*(ctypes.cast(function, c_void_p) for function in self._functions))
        self._self = c_void_p(ctypes.addressof(self._table))
        self.interfaces: set[bytes] = set()

    @property
    def pointer(self) -> c_void_p:
        """What a caller holds."""
        return c_void_p(ctypes.addressof(self._self))

    def give(self, where: Any) -> int:
        """Hand out a reference."""
        self.add()
        where[0] = self.pointer
        return OK

    def add(self) -> int:
        """One more holds it."""
        self.references += 1
        return self.references

    def _release(self) -> int:
        self.references -= 1
        return self.references

    def _query(self, which: int, where: Any) -> int:
        asked = ctypes.string_at(which, 16)
        return self.give(where) if asked in self.interfaces else NO_INTERFACE

    def _function(self, place: int, method: tuple[tuple[Any, ...], Callable[..., int]] | None) -> Any:
        takes, does = method or ((), lambda: self._trap(place))
        kind = ctypes.WINFUNCTYPE(ctypes.c_long, c_void_p, *takes)
        return kind(lambda _self, *arguments: does(*arguments))

    def _trap(self, place: int) -> int:
        self.trapped.append(place)
        return FAILED


def _put(value: int) -> Callable[[Any], int]:
    def put(where: Any) -> int:
        where[0] = value
        return OK

    return put


@dataclass
class Session:
    """What one program does with a device: `state` is 0 inactive, 1 active, 2 expired."""

    state: int
    system_sounds: bool = False


@dataclass
class Device:
    """A microphone or a speaker; `fails` is what its sessions answer with instead."""

    sessions: Sequence[Session] = ()
    fails: int | None = None


@dataclass
class CoreAudio:
    """The enumerator of devices, by which way sound goes: 0 is played, 1 recorded."""

    devices: dict[int, Sequence[Device]]
    interfaces: dict[str, bytes]
    """Of `session_manager` and `session_control`, as bytes."""
    asked: list[tuple[int, int]] = field(default_factory=list)
    objects: list[ComObject] = field(default_factory=list)

    def enumerator(self) -> ComObject:
        """IMMDeviceEnumerator."""
        return self._made(8, {3: ((c_int, c_ulong, Pointers), self._enumerate)})

    def trapped(self) -> list[int]:
        """What was called that is nobody's business."""
        return [place for made in self.objects for place in made.trapped]

    def held(self) -> int:
        """How many references were not let go of."""
        return sum(made.references - 1 for made in self.objects)

    def _enumerate(self, flow: int, states: int, where: Any) -> int:
        self.asked.append((flow, states))
        items = [self._device(device) for device in self.devices[flow]]
        # IMMDeviceCollection
        return self._made(5, {3: _count(items), 4: _item(items)}).give(where)

    def _device(self, device: Device) -> ComObject:
        def activate(which: int, context: int, parameters: int, where: Any) -> int:
            if ctypes.string_at(which, 16) != self.interfaces["session_manager"]:
                return NO_INTERFACE
            return self._manager(device).give(where)

        return self._made(7, {3: ((c_void_p, c_ulong, c_void_p, Pointers), activate)})  # IMMDevice

    def _manager(self, device: Device) -> ComObject:
        def enumerate_sessions(where: Any) -> int:
            if device.fails is not None:
                return device.fails
            items = [self._session(session) for session in device.sessions]
            # IAudioSessionEnumerator
            return self._made(5, {3: _count(items), 4: _item(items)}).give(where)

        return self._made(10, {5: ((Pointers,), enumerate_sessions)})  # IAudioSessionManager2

    def _session(self, session: Session) -> ComObject:
        made = self._made(  # IAudioSessionControl2
            17,
            {
                3: ((POINTER(c_int),), _put(session.state)),
                15: ((), lambda: OK if session.system_sounds else NO),
            },
        )
        made.interfaces.add(self.interfaces["session_control"])
        return made

    def _made(self, size: int, methods: dict[int, tuple[tuple[Any, ...], Callable[..., int]]]) -> ComObject:
        self.objects.append(ComObject(size, methods))
        return self.objects[-1]


def _count(items: Sequence[ComObject]) -> tuple[tuple[Any, ...], Callable[..., int]]:
    return (POINTER(c_int),), _put(len(items))


def _item(items: Sequence[ComObject]) -> tuple[tuple[Any, ...], Callable[..., int]]:
    return (c_int, Pointers), lambda n, where: items[n].give(where)
