"""The figure that shows how: it goes along with the person, or changes from still to still.

While the person gets ready it shows the movement from the beginning, again and again.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from tray_agent.core.model import Side
from tray_agent.figure.drawing import draw
from tray_agent.figure.figure import Figure
from tray_agent.figure.motion import Motion
from tray_agent.figure.shapes import Drawing
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.drawn import Picture
from tray_agent.ui.breaks.figure_paint import Colours, paint
from tray_agent.ui.breaks.sequence import Phase, Sequence
from tray_agent.ui.look import Look

RADIUS = 16
MARGIN = 0.05
"""Around the figure, as a share of the card's shorter side."""

SHOWN_FOR_S = 2.0
"""So long the position is shown before the movement is shown again."""


class FigureView(Picture):
    """Draws a step's figure on a card; a step without one leaves its room to the words."""

    def __init__(self, look: Look, *, still: bool) -> None:
        super().__init__(look)
        self._still = still
        self._colours = Colours.of(look)
        self._actor: _Actor | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        self._colours = Colours.of(look)
        super().dye(look)

    def show_step(self, step: Step) -> None:
        """Draw this step's figure, in the position to be reached."""
        self.setAccessibleName(step.title)
        self.setAccessibleDescription(" ".join(step.text))
        self.setVisible(step.figure is not None)
        if step.figure is None:
            self._actor = None
        elif self._actor is None or not self._actor.plays(step.figure, step.side):
            self._actor = _Actor(step.figure, step.side)
            self.update()

    def show_moment(self, sequence: Sequence) -> None:
        """Move on to where the sequence stands; nothing is drawn again while nothing moves."""
        if self._actor is None:
            return
        at = still_moment if self._still else moment
        if self._actor.moves_to(at(self._actor.motion, sequence)):
            self.update()

    def sizeHint(self) -> QSize:
        """As large as looks good beside the text."""
        return QSize(420, 420)

    def minimumSizeHint(self) -> QSize:
        """As small as can still be made out."""
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.card)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        if self._actor is not None:
            margin = max(RADIUS / 2, MARGIN * min(self.width(), self.height()))
            room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            paint(self._actor.drawing(), painter, room, self._colours)


class _Actor:
    """A figure working on `side`, and the pose it is in: at first the one that is to be reached."""

    def __init__(self, figure: Figure, side: Side | None) -> None:
        self._figure, self._side = figure, side
        self._scene, self.motion = figure.scene, figure.motion
        self._pose = self.motion.stills[-1]

    def plays(self, figure: Figure, side: Side | None) -> bool:
        """Whether this is the one."""
        return (self._figure, self._side) == (figure, side)

    def moves_to(self, t: float) -> bool:
        """Take the pose at `t` seconds of the motion's own time; whether it is another one."""
        before, self._pose = self._pose, self.motion.pose_at(t)
        return self._pose != before

    def drawing(self) -> Drawing:
        """The picture of it."""
        return draw(self._pose, self._scene, side=self._side)


def moment(motion: Motion, sequence: Sequence) -> float:
    """Where on the motion's own time the figure is at this moment of the sequence.

    A rep is one turn of the motion, whatever its length.
    """
    elapsed_s, turn_s = sequence.elapsed_s, motion.seconds
    if sequence.phase is Phase.REST or not turn_s:
        return 0.0
    if sequence.phase is Phase.OVER:
        return turn_s
    if sequence.step.reps and (motion.loop or not sequence.preparing):
        return elapsed_s / sequence.step.pace_s % 1.0 * turn_s
    if motion.loop:
        return elapsed_s % turn_s
    if sequence.preparing:
        elapsed_s %= turn_s + SHOWN_FOR_S
    return min(elapsed_s, turn_s)


def still_moment(motion: Motion, sequence: Sequence) -> float:
    """The position that tells most at this moment: the first to get ready, each in its turn for reps."""
    times = stills(motion)
    if sequence.phase is Phase.REPS:
        return times[int(sequence.rep_share * len(times))]
    return times[0] if sequence.preparing else times[-1]


def stills(motion: Motion) -> list[float]:
    """When the motion is at the positions that tell the exercise without moving; never empty."""
    return [frame.t for frame in motion.keyframes if frame.key] or [motion.seconds]
