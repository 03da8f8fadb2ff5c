"""What a routine looks like while it is played: figure, words and ring, the track above, buttons below."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.breaks import phase_words
from tray_agent.ui.breaks.break_buttons import Buttons
from tray_agent.ui.breaks.drawn import Dial, Picture, SideMark, Track
from tray_agent.ui.breaks.figure_view import FigureView
from tray_agent.ui.breaks.proportions import Proportions
from tray_agent.ui.breaks.sequence import Phase, Sequence
from tray_agent.ui.breaks.step_page import StepPage
from tray_agent.ui.lettering import BOLD, lettered
from tray_agent.ui.look import Look, sized

QUIETLY_S = 10
"""The ring's name, which a screen reader may read at any time, is brought up to date so often."""


class BreakFace(QWidget):
    """Shows where a sequence stands.  `still` leaves out what moves between two seconds."""

    def __init__(self, title: str, look: Look, buttons: Buttons, *, still: bool) -> None:
        super().__init__()
        self._still, self._title = still, title
        self._proportions: Proportions | None = None
        self._labels: list[tuple[QLabel, float, QFont.Weight]] = []
        self.buttons = buttons
        self.figure = FigureView(look, still=still)
        self.dial, self.track, self.page = Dial(look), Track(look), StepPage()
        self._mark = SideMark(look)
        self._head, self._where = self._label(1.0, "soft"), self._label(1.0, "soft")
        self._name = self._label(1.9, bold=True)
        self._headline = self._label(1.7, "number", bold=True)
        self._caption, self._side = self._label(1.0, "soft"), self._label(1.3, bold=True)
        self._next, self._keys = self._label(1.05, "soft"), self._label(0.95, "soft")
        self._whole = self._arrange()

    def show_phase(self, sequence: Sequence) -> None:
        """Show the phase that has begun."""
        step = sequence.step
        self._name.setText(step.title)
        self._show_side(sequence)
        self._where.setText(phase_words.where(sequence))
        self._next.setText(phase_words.coming(sequence))
        self.track.show_steps([each.seconds for each in sequence.steps], sequence.whole)
        self.track.setAccessibleName(phase_words.where(sequence) or step.title)
        self.page.show_step(step)
        self.figure.show_step(step)
        self._show_head()
        self.dial.setAccessibleName("")
        self.show_time(sequence)

    def show_time(self, sequence: Sequence) -> None:
        """Show how far phase and routine have come."""
        number, caption = phase_words.count(sequence)
        paused = _("Paused") if sequence.paused else ""
        self._headline.setText(paused or phase_words.headline(sequence))
        compact = self._proportions is not None and self._proportions.compact
        self._caption.setText(caption)
        left, beat = self._ring(sequence)
        self.dial.show_state(left, beat, number, "" if compact else caption)
        self.track.show_state(sequence.index, 0.0 if sequence.preparing else 1.0 - left)
        self.figure.show_moment(sequence)
        self._name_dial(sequence, " ".join(each for each in (number, caption, paused) if each))

    def legend(self, text: str) -> None:
        """Say which keys there are, where there is room for it."""
        self._keys.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Type and margins go with the size of the window."""
        self.fit(event.size())

    def fit(self, size: QSize) -> None:
        """Take the proportions that go with this size."""
        proportions = Proportions.of(size)
        if proportions != self._proportions:
            self._proportions = proportions
            self._take(proportions)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self.track.dye(look)
        for picture in self.findChildren(Picture):
            picture.dye(look)

    def _take(self, p: Proportions) -> None:
        for label, factor, weight in self._labels:
            modest = min(factor, p.largest)
            label.setFont(sized(self.font(), modest * p.type, weight))
        self.page.write(p.type)
        self.dial.setFixedSize(p.dial, p.dial)
        self._mark.setFixedSize(round(34 * p.type), round(26 * p.type))
        self._caption.setVisible(p.compact)
        self._keys.setVisible(not p.compact)
        self._next.setVisible(not p.compact)
        self._body.setSpacing(p.gap)
        self._words.setSpacing(p.gap // 2)
        self._whole.setContentsMargins(p.margin, p.margin, p.margin, p.margin)
        self._whole.setSpacing(p.gap * 2 // 3)
        self.setProperty("compact", p.compact)
        self.buttons.write(1.05 * p.type)
        self._show_head()

    def _show_head(self) -> None:
        """Where there is no room for a line of its own, what comes next stands in the title's place."""
        compact = self._proportions is not None and self._proportions.compact
        self._head.setText(self._next.text() or self._title if compact else self._title)

    def _show_side(self, sequence: Sequence) -> None:
        step = sequence.step
        words = [phase_words.side_words(step.side)] if step.side else []
        if step.side:
            self._mark.side = step.side
            self._mark.setAccessibleName(words[0])
            self._mark.update()
        sets = phase_words.set_words(step)
        self._side.setText(" · ".join([*words, *([sets] if sets else [])]))
        self._mark.setVisible(step.side is not None)
        self._side.setVisible(bool(self._side.text()))

    def _ring(self, sequence: Sequence) -> tuple[float, float | None]:
        """How much of the ring is left, and how far the rep has come."""
        seconds, left_s = sequence.seconds, sequence.left_s
        if seconds is None or left_s is None:
            return 1.0, None
        if sequence.phase is Phase.REPS and not self._still:
            return left_s / seconds, sequence.rep_share
        return (ceil(left_s) / seconds if self._still else left_s / seconds), None

    def _name_dial(self, sequence: Sequence, words: str) -> None:
        left = ceil(sequence.left_s or 0)
        named = self.dial.accessibleName()
        if words != named and (sequence.paused or not named or left % QUIETLY_S == 0):
            self.dial.setAccessibleName(words)

    def _label(self, size: float, role: str = "", *, bold: bool = False) -> QLabel:
        weight = BOLD if bold else BOLD.Normal
        label = lettered(self, "", size, weight, role)
        self._labels.append((label, size, weight))
        return label

    def _arrange(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        self._where.setWordWrap(False)
        head.addWidget(self._where)
        self._body = QHBoxLayout()
        self._body.addWidget(self.figure, 9)
        self._words = QVBoxLayout()
        self._words.addWidget(self._name)
        self._words.addLayout(self._now())
        self._words.addWidget(self.page, 1)
        self._body.addLayout(self._words, 10)
        whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addWidget(self.track)
        whole.addLayout(self._body, 1)
        for hint in (self._next, self._keys):
            # Large type may cut the hints, never the buttons.
            hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            whole.addWidget(hint)
        whole.addWidget(self.buttons)
        return whole

    def _now(self) -> QHBoxLayout:
        """The ring, and beside it what is asked for at this moment."""
        side = QHBoxLayout()
        side.setSpacing(10)
        side.addWidget(self._mark)
        side.addWidget(self._side, 1)
        self._headline.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addLayout(side)
        words.addWidget(self._caption)
        words.addStretch(1)
        now = QHBoxLayout()
        now.setSpacing(18)
        now.addWidget(self.dial)
        now.addLayout(words, 1)
        return now
