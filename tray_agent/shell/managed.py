"""What the organisation decides: its policies, checked, and in the order in which they win.

A policy bears the name of its setting.  One that is wrong, unknown or not for an organisation to decide
is shown to the administrator and not obeyed; all the others hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell import setting_values

Read = Callable[[], Iterable[Policy | PolicyTrouble]]

ORGANISATION, LINK = "organisation.name", "organisation.link"


class Row(Struct, frozen=True):
    """One policy as an administrator sees it: `level` is `mandatory` or `recommended`, `scope` `machine`
    or `user`.  `error` is why it is not obeyed, in a sentence; `name` is empty for a whole source that
    cannot be read.  `in_force` says whether it decides the setting, as far as policies go.
    """

    name: str
    value: Any
    level: str
    scope: str
    source: str
    error: str | None = None
    in_force: bool = False


class Managed:
    """The policies in force; `read()` is how the system tells them."""

    def __init__(self, read: Read = tuple) -> None:
        self._read = read
        self.rows: tuple[Row, ...] = ()
        self.mandatory: Mapping[str, Row] = {}
        self.recommended: Mapping[str, Row] = {}

    def reload(self) -> bool:
        """Read them again; whether anything has changed."""
        before = self.rows
        found = [_row(each) for each in self._read()]
        self.mandatory = _winners(found, "mandatory")
        self.recommended = _winners(found, "recommended")
        winners = {id(row) for row in (*self.mandatory.values(), *self.recommended.values())}
        self.rows = tuple(_marked(row) if id(row) in winners else row for row in found)
        return self.rows != before

    def values(self, level: Mapping[str, Row]) -> dict[str, Any]:
        """The typed values of one level by their keys."""
        return {key: row.value for key, row in level.items()}

    def name(self) -> str:
        """What the organisation calls itself; empty where it has not said."""
        return self._of_organisation(ORGANISATION)

    def link(self) -> str:
        """Where to ask it; empty where it has not said."""
        return self._of_organisation(LINK)

    def _of_organisation(self, key: str) -> str:
        row = self.mandatory.get(key)
        return row.value if row is not None else ""


def _row(given: Policy | PolicyTrouble) -> Row:
    if isinstance(given, PolicyTrouble):
        return Row("", None, "", "", given.source, given.sentence)
    level = "mandatory" if given.mandatory else "recommended"
    scope = "machine" if given.machine else "user"
    try:
        value = setting_values.managed(given.name, given.value)
        setting_values.check_level(given.name, mandatory=given.mandatory)
    except ValueError as error:
        return Row(given.name, given.value, level, scope, given.source, f"{error}")
    return Row(given.name, value, level, scope, given.source)


def _winners(rows: list[Row], level: str) -> dict[str, Row]:
    """For each name the row that wins: that of the machine over the user's, a later one over an earlier."""
    won: dict[str, Row] = {}
    for scope in ("user", "machine"):
        for row in rows:
            if row.error is None and (row.level, row.scope) == (level, scope):
                won[row.name] = row
    return won


def _marked(row: Row) -> Row:
    return Row(row.name, row.value, row.level, row.scope, row.source, None, in_force=True)
