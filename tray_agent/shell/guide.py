"""Guides a person through one routine: in a window where one can be shown, else by a note and the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.core.model import Routine, Step
from tray_agent.ports import Loop, Note, Notifier, Timer, Windows
from tray_agent.shell.catalogue import Catalogue
from tray_agent.shell.presenter import kind_name

WINDOW = "break"


class Guide:
    """Plays one routine at a time; `ended(routine, steps_done)` is called when it is over."""

    def __init__(
        self,
        loop: Loop,
        catalogue: Catalogue,
        windows: Windows,
        notifier: Notifier,
        *,
        speed: float,
        ended: Callable[[int, int], object],
    ) -> None:
        self._loop = loop
        self._catalogue = catalogue
        self._windows = windows
        self._notifier = notifier
        self._speed = speed
        self._ended = ended
        self._playing: Routine | None = None
        self._timer: Timer | None = None

    def play(self, routine: Routine) -> None:
        """Begin the routine, in place of the one before."""
        self.stop()
        self._playing = routine
        self._windows.open(WINDOW, self._brief(routine), lambda said: self._heard(routine, said))

    def stop(self) -> None:
        """Close the window without waiting for its word."""
        if self._playing is not None:
            self._playing = None
            self._cancel()
            self._windows.close(WINDOW)

    def _heard(self, routine: Routine, said: dict[str, Any]) -> None:
        if self._playing is not routine:
            return
        match said.get("event"):
            case "ended":
                self._end(routine, int(said.get("steps_done", 0)))
            case "gone":
                self._go_on_without_window(routine)
            case _:
                pass

    def _go_on_without_window(self, routine: Routine) -> None:
        """The clock guides: every step counts as done when its time has run."""
        lines = [self._catalogue.text(step.exercise).steps[0] for step in routine.steps]
        body = " ".join(dict.fromkeys(lines))
        self._notifier.show(Note(0, kind_name(routine.kind), body, ()))
        wait_s = routine.seconds / self._speed
        self._timer = self._loop.call_later(wait_s, lambda: self._end(routine, len(routine.steps)))

    def _end(self, routine: Routine, steps_done: int) -> None:
        self._playing = None
        self._cancel()
        self._ended(routine.id, steps_done)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _brief(self, routine: Routine) -> dict[str, Any]:
        return {
            "v": 1,
            "routine": routine.id,
            "title": kind_name(routine.kind),
            "kind": routine.kind,
            "speed": self._speed,
            "steps": [self._step(step) for step in routine.steps],
        }

    def _step(self, step: Step) -> dict[str, Any]:
        text = self._catalogue.text(step.exercise)
        return {
            "title": text.title,
            "side": step.side,
            "seconds": step.seconds,
            "reps": step.reps,
            "rep_s": step.seconds / step.reps if step.reps else None,
            "text": list(text.steps),
            "cautions": list(text.cautions),
            "source": text.source,
        }
