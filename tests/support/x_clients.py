"""The connections a process has to an X server, and ways to spoil them from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

from Xlib.display import Display
from Xlib.error import CatchError
from Xlib.ext import record, res
from Xlib.protocol.request import KillClient

MOST_RESOURCES = 32
"""Whatever the agent makes in the server is among the first resources of its connection."""


def clients(display: str, pid: int) -> list[int]:
    """The number at which the resources of each connection of this process begin."""
    with closing(Display(display)) as x:
        everybody = [{"client": 0, "mask": res.LocalClientPIDMask}]
        answer = x.res_query_client_ids(everybody)
        return [one.spec.client for one in answer.ids if one.value and one.value[0] == pid]


def cut_off(display: str, pid: int) -> list[int]:
    """End every connection of the process that has made anything, as `xkill` would; returns them."""
    before = clients(display, pid)
    _about_each(display, before, KillClient)
    return sorted({*before} - {*clients(display, pid)})


def free_contexts(display: str, pid: int) -> None:
    """Free every RECORD context of the process; whatever else it has stays."""
    _about_each(display, clients(display, pid), _free_context)


def _about_each(display: str, bases: Iterable[int], request: Callable[..., object]) -> None:
    with closing(Display(display)) as x:
        # Most of the numbers are nothing, and the server says so each time.  python-xlib's RANDR claims
        # the codes of such plain errors for itself, and then fails to read them.
        x.display.error_classes = {}
        ignored = CatchError()
        for number in (base + n for base in bases for n in range(MOST_RESOURCES)):
            request(display=x.display, onerror=ignored, resource=number)
        x.sync()


def _free_context(display: Any, onerror: Any, resource: int) -> None:
    opcode = display.get_extension_major(record.extname)
    record.FreeContext(display=display, onerror=onerror, opcode=opcode, context=resource)
