"""The figure that shows how: it goes along with the person, or changes from still to still.

While the person gets ready it shows the movement from the beginning, again and again.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from tray_agent.figure.motion import Motion
from tray_agent.ui.brief import Step
from tray_agent.ui.drawn import Picture
from tray_agent.ui.figure_paint import Colours
from tray_agent.ui.film import Film
from tray_agent.ui.look import Look
from tray_agent.ui.sequence import Phase, Sequence

RADIUS = 16
MARGIN = 0.05
"""Around the figure, as a share of the card's shorter side."""

FRAMES_A_SECOND = 30
SHOWN_FOR_S = 2.0
"""So long the position is shown before the movement is shown again."""

DUTY, DUTY_AT_FIRST = 0.12, 0.25
"""At most so much of a core goes into drawing, and into frames that are drawn for the first and last
time: where a frame takes long, there are fewer."""


class FigureView(Picture):
    """Draws a step's figure on a card; a step without one leaves its room to the words."""

    def __init__(self, look: Look, *, still: bool) -> None:
        super().__init__(look)
        self._still = still
        self._step: Step | None = None
        self._film: Film | None = None
        self._moment = 0.0
        self._rest_ms = 0.0
        self._since_drawn = QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self._film = None
        super().dye(look)

    def show_step(self, step: Step) -> None:
        """Draw this step's figure, in the position to be reached."""
        before, self._step = self._step, step
        self.setAccessibleName(step.title)
        self.setAccessibleDescription(" ".join(step.text))
        self.setVisible(step.figure is not None)
        if before is None or (before.figure, before.side) != (step.figure, step.side):
            self._film = None
            self._moment = 0.0 if step.figure is None else stills(step.figure.motion)[-1]
            self.update()

    def show_moment(self, sequence: Sequence) -> None:
        """Move on to where the sequence stands; nothing is drawn again while nothing moves."""
        if self._step is None or self._step.figure is None:
            return
        motion = self._step.figure.motion
        t = still_moment(motion, sequence) if self._still else moment(motion, sequence)
        if t != self._moment and not self._tired():
            self._moment = t
            self.update()

    def sizeHint(self) -> QSize:
        """As large as looks good beside the text."""
        return QSize(420, 420)

    def minimumSizeHint(self) -> QSize:
        """As small as can still be made out."""
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the figure."""
        self._since_drawn.start()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.card)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        margin = round(max(RADIUS / 2, MARGIN * min(self.width(), self.height())))
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        film = self._film_for(room.size() * self.devicePixelRatio())
        if film is None:
            return
        duty = DUTY if film.keeps(self._moment) else DUTY_AT_FIRST
        painter.drawImage(room, film.frame(self._moment))
        self._rest_ms = self._since_drawn.nsecsElapsed() / 1e6 / duty

    def _tired(self) -> bool:
        """Whether the last frame took so long that the next one has to wait."""
        return self._since_drawn.isValid() and self._since_drawn.elapsed() < self._rest_ms

    def _film_for(self, size: QSize) -> Film | None:
        step = self._step
        if step is None or step.figure is None:
            return None
        if self._film is None or self._film.size != size:
            self._film = Film(step.figure, step.side, size, Colours.of(self.look), self.look.card)
        return self._film


def moment(motion: Motion, sequence: Sequence) -> float:
    """Where on the motion's own time the figure is at this moment of the sequence, in whole frames.

    A rep is one turn of the motion, whatever its length.
    """
    elapsed_s, turn_s = sequence.elapsed_s, motion.seconds
    if sequence.phase is Phase.REST or not turn_s:
        return 0.0
    if sequence.phase is Phase.OVER:
        return turn_s
    if sequence.step.reps and (motion.loop or not sequence.preparing):
        turn_s = sequence.step.pace_s
        share = elapsed_s / turn_s % 1.0
    elif motion.loop:
        share = elapsed_s / turn_s % 1.0
    elif sequence.preparing:
        share = min(1.0, elapsed_s % (turn_s + SHOWN_FOR_S) / turn_s)
    else:
        share = min(1.0, elapsed_s / turn_s)
    frames = max(1, round(turn_s * FRAMES_A_SECOND))
    return round(share * frames) / frames * motion.seconds


def still_moment(motion: Motion, sequence: Sequence) -> float:
    """The position that tells most at this moment: the first to get ready, each in its turn for reps."""
    times = stills(motion)
    if sequence.phase is Phase.REPS:
        return times[int(sequence.rep_share * len(times))]
    return times[0] if sequence.preparing else times[-1]


def stills(motion: Motion) -> list[float]:
    """When the motion is at the positions that tell the exercise without moving; never empty."""
    return [frame.t for frame in motion.keyframes if frame.key] or [motion.seconds]
