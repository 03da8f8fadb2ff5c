"""What the break window looks like: the dial beside the words, the track above, the buttons below."""

from __future__ import annotations

from math import ceil

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.brief import Brief
from tray_agent.ui.drawn import Dial, Track
from tray_agent.ui.look import Look, sized
from tray_agent.ui.player import Player
from tray_agent.ui.step_page import StepPage, brief_words

SECONDS_UP_TO = 99
"""Longer steps count down in minutes and seconds."""


class BreakFace(QWidget):
    """Shows a player's state; `stop`, `pause` and `done` are its buttons.

    `still` leaves out what moves between two seconds.
    """

    def __init__(self, brief: Brief, *, still: bool) -> None:
        super().__init__()
        self._still = still
        look = Look.of(self.palette())
        self.setStyleSheet(look.sheet())
        self._dial = Dial(look)
        self._track = Track(look, [step.seconds for step in brief.steps])
        self.page = StepPage(look)
        self._title = self._label(brief.title, 1.1)
        self._count = self._label("", 1.0, soft=True)
        self._next = self._label("", 1.1, soft=True)
        self._keys = self._label(_("Space pauses · Enter ends a step · Esc stops"), 1.0, soft=True)
        self.stop = self._button(_("Stop"))
        self.pause = self._button(_("Pause"))
        self.done = self._button(_("Done"), role="main")
        self._whole = self._arrange()
        for one, after in ((self.page, self.done), (self.done, self.pause), (self.pause, self.stop)):
            self.setTabOrder(one, after)

    def fit(self, *, roomy: bool) -> None:
        """Keep wide margins and the hint about keys, or give them up on a small screen."""
        self._keys.setVisible(roomy)
        margin = 32 if roomy else 16
        self._whole.setContentsMargins(margin, margin, margin, margin)
        self._whole.setSpacing(20 if roomy else 10)

    def show_step(self, player: Player) -> None:
        """Show the step that is on and what comes after it."""
        of, following = len(player.steps), player.following
        self._count.setText(_("Step {number} of {of}").format(number=player.index + 1, of=of))
        coming = _("Next: {step}").format(step=brief_words(following)) if following else _("Last step")
        self._next.setText(coming)
        self._count.setVisible(of > 1)
        self._next.setVisible(of > 1)
        self.page.show_step(player.step)
        self.show_time(player, paused=False)

    def show_time(self, player: Player, *, paused: bool) -> None:
        """Show how far the step and the routine have come."""
        left_s = ceil(player.left_s) if self._still else player.left_s
        beat = player.rep_share if player.step.reps and not self._still else None
        figure, caption = _count_words(player)
        self._track.show_state(player.index, player.share)
        self._dial.show_state(left_s / player.step.seconds, beat, figure, _("paused") if paused else caption)
        self.pause.setText(_("Go on") if paused else _("Pause"))

    def show_end(self, player: Player) -> None:
        """Say goodbye; `done` is left, to close."""
        self._track.show_state(player.index, 0.0)
        self._dial.show_state(1.0, None, "✓", "")
        self.page.show_end()
        for gone in (self._count, self._next, self._keys, self.stop, self.pause):
            gone.hide()
        self.done.setText(_("Close"))

    def _label(self, text: str, size: float, *, soft: bool = False) -> QLabel:
        label = QLabel(text)
        label.setFont(sized(self.font(), size))
        label.setProperty("role", "soft" if soft else "")
        return label

    def _button(self, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setFont(sized(self.font(), 1.1))
        button.setProperty("role", role)
        button.setAutoDefault(True)  # Enter presses the focused button, not whatever the window does
        return button

    def _arrange(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        body = QHBoxLayout()
        body.setSpacing(36)
        body.addWidget(self._dial, 2)
        body.addWidget(self.page, 3)
        whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addWidget(self._track)
        whole.addLayout(body, 1)
        whole.addLayout(self._foot())
        return whole

    def _foot(self) -> QHBoxLayout:
        hints = QVBoxLayout()
        self._next.setWordWrap(True)
        for hint in (self._next, self._keys):
            # Large type may cut the hints, never the buttons.
            hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            hints.addWidget(hint)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addLayout(hints, 1)
        for button in (self.stop, self.pause, self.done):
            foot.addWidget(button)
        return foot


def _count_words(player: Player) -> tuple[str, str]:
    """The dial's large figure and the words under it."""
    if player.step.reps:
        return f"{player.rep}", _("of {reps}").format(reps=player.step.reps)
    left = ceil(player.left_s)
    if left <= SECONDS_UP_TO:
        return f"{left}", _("seconds left")
    return f"{left // 60}:{left % 60:02}", _("left")
