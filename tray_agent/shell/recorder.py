"""Keeps the engine's record of the day: each command that is history becomes a row at wall time."""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core import commands as do
from tray_agent.shell.history import BoutRow, DoseRow, PromptRow, Row, StandRow, break_row
from tray_agent.shell.store import SqliteStore


class Recorder:
    """Writes to the store; `wall_at` gives the wall time of a moment of the axis."""

    def __init__(self, store: SqliteStore, wall_at: Callable[[float], float]) -> None:
        self._store = store
        self._wall_at = wall_at

    def record(self, command: do.Command) -> None:
        """Keep what is history, pass over the rest."""
        at = self._wall_at
        match command:
            case do.BreakTaken(taken):
                self._store.add(break_row(taken, at))
            case do.BoutEnded():
                self._store.add(self._bout(command))
            case do.Stood():
                self._store.add(self._stand(command))
            case do.PromptEnded(prompt, outcome, ended):
                shown = at(prompt.shown_at)
                self._store.add(PromptRow(prompt.kind, prompt.insistence, shown, outcome, at(ended)))
            case do.DoseDone(kind, dose, when):
                sides = (dose.left_s, dose.right_s, dose.sets, dose.reps, dose.standing_s)
                self._store.add(DoseRow(kind, *sides, at(when)))
            case do.LimitsChanged(limits, when):
                self._store.set_limits(limits, at(when))
            case do.DayCorrected(since, bouts, breaks, stood):
                rows: list[Row] = [*map(self._bout, bouts), *map(self._stand, stood)]
                rows += [break_row(taken, at) for taken in breaks]
                self._store.correct(at(since), rows)
            case _:
                pass

    def _bout(self, bout: do.BoutEnded) -> BoutRow:
        return BoutRow(self._wall_at(bout.start), self._wall_at(bout.end), bout.cause)

    def _stand(self, stood: do.Stood) -> StandRow:
        return StandRow(self._wall_at(stood.start), self._wall_at(stood.end))
