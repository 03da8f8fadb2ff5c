"""The prompt as a page: what it is about, and three answers of which none is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tray_agent.core.model import Do
from tray_agent.shell.words import _, ngettext
from tray_agent.ui.breaks.break_buttons import Act
from tray_agent.ui.breaks.brief import Ask, Step
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.notice import Notice
from tray_agent.ui.look import Look


class Invitation(Notice):
    """Asks `ask` with the figure of `step` beside it; `answer` hears what the person chose."""

    def __init__(
        self, look: Look, ask: Ask, step: Step | None, cues: Cues, answer: Callable[[Do], object]
    ) -> None:
        self._cues, self._answer = cues, answer
        acts = [Act(_("&Start"), lambda: self._choose(Do.START))]
        if ask.snooze_min is not None:
            acts.append(Act(_later(ask.snooze_min), lambda: self._choose(Do.SNOOZE)))
        acts.append(Act(_("S&kip"), lambda: self._choose(Do.SKIP)))
        super().__init__(look, ask.sentence, [ask.movement] if ask.movement else [], acts, step=step)

    def tell_of_escape(self) -> None:
        """Say that there is an answer without a button."""
        self.hint(_("Esc means not now."))

    def begin(self) -> None:
        """It can be seen: say what it is, and wake a second from now."""
        self.buttons.sleep_awhile()
        self._cues.say(self.words, urgent=True)

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key means something here; Escape is the answer that needs no button."""
        if event.key() != Qt.Key.Key_Escape.value:
            return super().key(event)
        if self.buttons.awake:
            self._choose(Do.DISMISS)
        return True

    def _choose(self, do: Do) -> None:
        """One answer is enough; the agent has the next word."""
        self.buttons.sleep()
        self._answer(do)


def _later(minutes: int) -> str:
    return ngettext("&In {n} minute", "&In {n} minutes", minutes).format(n=minutes)
