"""Policies written down as JSON: one object of settings by their keys, as in `{"intensity": "gentle"}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell.words import _


def policies(
    text: bytes, source: str, *, mandatory: bool, machine: bool = True
) -> Iterator[Policy | PolicyTrouble]:
    """What the file says; one sentence where it cannot be understood, and none of it holds then."""
    try:
        pairs = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        yield PolicyTrouble(source, _("the file is not UTF-8 text"))
        return
    except ValueError as error:
        yield PolicyTrouble(source, _("the file is not JSON: {why}").format(why=error))
        return
    if not isinstance(pairs, _Pairs):
        yield PolicyTrouble(source, _("the file must be one object of settings by their keys"))
        return
    names = [name for name, _value in pairs]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield PolicyTrouble(
            source, _("{key} stands there more than once; the last one counts").format(key=name)
        )
    for name, value in pairs:
        yield Policy(name, _plain(value), mandatory, machine, source)


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file, so that a name that stands twice is seen."""


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, _Pairs) else value
