"""One routine as it is played: the clock, what the person may do at any moment, and what then happens.

"Too hard" and "this hurts" stop the clock and are the agent's to answer, with other steps.  An agent
that stays silent is not waited for: the routine goes on without that step.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.breaks import phase_words
from tray_agent.ui.breaks.break_buttons import Act, Buttons
from tray_agent.ui.breaks.break_face import BreakFace
from tray_agent.ui.breaks.brief import Brief, Play, Swap
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.notice import Notice
from tray_agent.ui.breaks.play_buttons import PlayButtons
from tray_agent.ui.breaks.sequence import Phase, Sequence
from tray_agent.ui.look import Look
from tray_agent.ui.opening import Say

FRAME_MS, STILL_FRAME_MS = 33, 250
"""How often the picture changes, with and without motion."""

STALL_S = 1.0
"""A longer gap between two frames is a stalled machine, not somebody moving."""

ANSWERS_WITHIN_MS = 2000
"""The agent has so long to say what comes instead."""

GOODBYE_MS = 3000
"""How long the last word stays, where there are time limits."""


class Trouble(Enum):
    """What a person said about a step; the value is what the agent is told."""

    TOO_HARD = "too_hard"
    HURTS = "hurts"


class Playing(QWidget):
    """Plays `play`; `ended` hears once which steps are whole, `close` is called to leave.

    `still`: nothing moves by itself.  `mirrored`: people read from the right here.
    """

    def __init__(
        self,
        brief: Brief,
        play: Play,
        *,
        look: Look,
        cues: Cues,
        say: Say,
        ended: Callable[[list[int]], object],
        close: Callable[[], object],
        still: bool,
        mirrored: bool,
    ) -> None:
        super().__init__()
        self._brief, self._play, self._look = brief, play, look
        self._cues, self._say, self._ended, self._close = cues, say, ended, close
        self._sequence = Sequence(play.steps, brief.time_limit)
        self._trouble: Trouble | None = None
        self._is_over = False
        self._since_frame = QElapsedTimer()
        self._clock = QTimer(self, interval=STILL_FRAME_MS if still else FRAME_MS)
        self._clock.timeout.connect(self._frame)
        self._patience = QTimer(self, singleShot=True, interval=ANSWERS_WITHIN_MS)
        self._patience.timeout.connect(self._no_answer)
        self._buttons = PlayButtons(self, mirrored=mirrored)
        self._face = BreakFace(play.title, look, self._buttons, still=still)
        self._face.legend(self._buttons.legend())
        self._face.show_phase(self._sequence)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._face)
        self.setFocusProxy(self._face.page)

    def begin(self) -> None:
        """Start the clock; the buttons wake a second from now."""
        self._face.buttons.sleep_awhile()
        self._phase()
        self._run()

    def swap(self, swap: Swap) -> None:
        """Go on with other steps, as the agent says."""
        self._patience.stop()
        if self._is_over:
            return
        self._sequence.swap(swap.steps, swap.at)
        self._go_on_after_trouble(_("Instead: {step}."))

    def stop(self) -> None:
        """The person leaves, with the whole steps so far."""
        self.end()
        self._close()

    def pause(self) -> None:
        """Stop the clock, or let it run on."""
        self._sequence.paused = not self._sequence.paused
        self._cues.hush()
        self._cues.say(_("Paused") if self._sequence.paused else _("Going on"))
        if self._sequence.paused:
            self._clock.stop()
        else:
            self._run()
        self._show()

    def back(self) -> None:
        """Return to the step before."""
        self._sequence.back()
        self._phase()

    def skip(self) -> None:
        """Go to the next step; this one is not done."""
        self._sequence.skip()
        self._phase()

    def go_on(self) -> None:
        """Begin the exercise; or it is done."""
        self._sequence.go_on()
        self._phase()
        if not self._sequence.over:
            self._run()

    def hurts(self) -> None:
        """Something hurts: stop, and never mind this exercise."""
        self._tell(Trouble.HURTS)

    def too_hard(self) -> None:
        """Something easier is wanted."""
        self._tell(Trouble.TOO_HARD)

    def end(self) -> None:
        """Say which steps are whole, if it has not been said."""
        if not self._is_over:
            self._is_over = True
            self._clock.stop()
            self._patience.stop()
            self._ended(sorted(self._sequence.whole))

    def fit(self, size: QSize) -> None:
        """Take the proportions that go with this size."""
        self._face.fit(size)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self._look = look
        for page in self.findChildren(BreakFace) + self.findChildren(Notice):
            page.dye(look)

    def sleep_awhile(self) -> None:
        """Do not hear buttons and keys for a second."""
        self._shown_buttons().sleep_awhile()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key means something at this moment."""
        return self._shown_buttons().key(event)

    def _tell(self, trouble: Trouble) -> None:
        """The clock stops at once; the agent says what comes instead."""
        self._trouble = trouble
        self._clock.stop()
        self._cues.hush()
        if trouble is Trouble.HURTS:
            heading, line = _("Thank you for telling."), _("We leave this one out.")
        else:
            heading, line = _("Let us take it easier."), _("One moment.")
        self._notice(heading, (line,), (self._stop_act(),))
        self._say({"event": trouble.value, "routine": self._play.routine, "step": self._sequence.index})
        self._patience.start()

    def _no_answer(self) -> None:
        if self._trouble is Trouble.HURTS:
            self._sequence.leave_out(self._sequence.step.exercise)
        else:
            self._sequence.skip()
        self._go_on_after_trouble(_("Next: {step}."))

    def _go_on_after_trouble(self, offer: str) -> None:
        if self._sequence.over:
            self._over()
        elif self._trouble is Trouble.HURTS:
            self._offer(offer.format(step=phase_words.step_words(self._sequence.step)))
        else:
            self._resume()

    def _offer(self, line: str) -> None:
        """Nothing goes on by itself after something hurt."""
        self._notice(
            _("Thank you for telling."),
            (_("We leave this one out."), line),
            (Act(_("&Go on"), self._resume), self._stop_act(), self._help_act()),
            step=self._sequence.step,
        )

    def _resume(self) -> None:
        """Back to the routine, where it now stands."""
        self._trouble = None
        self._show_page(self._face)
        self._face.buttons.sleep_awhile()
        self._phase()
        self._run()

    def _frame(self) -> None:
        real_s = min(STALL_S, self._since_frame.restart() / 1000)
        if self._sequence.advance(real_s * self._brief.speed):
            self._phase()
        else:
            self._cues.time(self._sequence)
            self._show()

    def _run(self) -> None:
        self._since_frame.start()
        self._clock.start()

    def _phase(self) -> None:
        """Another phase has begun."""
        if self._sequence.over:
            self._over()
            return
        self._face.show_phase(self._sequence)
        self._cues.phase(self._sequence)
        self._show()

    def _show(self) -> None:
        sequence = self._sequence
        self._buttons.show_state(preparing=sequence.preparing, paused=sequence.paused)
        self._face.show_time(self._sequence)

    def _over(self) -> None:
        self.end()
        self._cues.ring(Phase.OVER)
        close = Act(_("&Close"), self._close, Qt.Key.Key_Escape, _("Esc"))
        if self._trouble is Trouble.HURTS:
            line = _("We leave this one out. That is all for now.")
            self._notice(_("Thank you for telling."), (line,), (close, self._help_act()))
            return
        self._notice(_("That is it."), (_("Carry on whenever you like."),), (close,), ticked=True)
        if self._brief.time_limit is not None:
            QTimer.singleShot(round(GOODBYE_MS * self._brief.time_limit), self, self._close)

    def _stop_act(self) -> Act:
        return Act(_("&Stop here"), self.stop, Qt.Key.Key_Escape, _("Esc"))

    def _help_act(self) -> Act:
        return Act(
            _("When to get &help"), lambda: self._say({"event": "help", "routine": self._play.routine})
        )

    def _notice(self, heading: str, lines: tuple[str, ...], acts: tuple[Act, ...], **more: Any) -> None:
        notice = Notice(self._look, heading, lines, acts, **more)
        notice.fit(self.size())
        self._pages.addWidget(notice)
        self._show_page(notice)
        notice.buttons.sleep_awhile()
        self._cues.say(notice.words, urgent=True)

    def _show_page(self, page: QWidget) -> None:
        before = self._pages.currentWidget()
        self._pages.setCurrentWidget(page)
        (self._face.page if page is self._face else page).setFocus()
        if isinstance(before, Notice) and before is not page:
            self._pages.removeWidget(before)
            before.deleteLater()

    def _shown_buttons(self) -> Buttons:
        page = self._pages.currentWidget()
        return page.buttons if isinstance(page, Notice) else self._face.buttons
