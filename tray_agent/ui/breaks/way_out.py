"""How a person leaves what covers their screens: a button, Escape held, Escape three times."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui import application
from tray_agent.ui.breaks.dyed import Dyed
from tray_agent.ui.lettering import button, lettered
from tray_agent.ui.look import Look

ARMED_AFTER_MS = 1000
"""Nothing leaves so soon after the screens were covered: somebody was typing."""

HOLD_MS = 2000
TIMES, WITHIN_MS = 3, 2000

REPEATS_AFTER_MS, CHATTER_MS, RELEASED_AFTER_MS = 150, 5, 40
"""Some X servers repeat a held key as a release and a press of the same moment.  The release of a
key held so long counts when no such press has followed it for a while."""

FRAME_MS = 33
_TOP, _FULL = 90 * 16, 360 * 16


class EscapeKey(QObject):
    """Watches Escape once `arm` was called; calls `filled(share)` while it is held, `leave` when it is meant.

    A hold that began before it was armed counts from the moment it was.
    """

    def __init__(self, filled: Callable[[float], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._filled, self._leave = filled, leave
        self._clock = QElapsedTimer()
        self._clock.start()
        self._armed_at: int | None = None
        self._held_since: int | None = None
        self._presses: list[int] = []
        self._pressed_at = self._released_at = 0
        self._release = _timer(self, RELEASED_AFTER_MS, self.forget)
        self._release.setSingleShot(True)
        self._frame = _timer(self, FRAME_MS, self._look_at_hold)
        application.running().focusWindowChanged.connect(self.forget)

    @property
    def armed(self) -> bool:
        """Whether the person has had the time to see what is there."""
        return self._armed_at is not None and self._clock.elapsed() >= self._armed_at

    def arm(self) -> None:
        """Begin to count after the time it takes to see that the screens are covered."""
        self._armed_at = self._clock.elapsed() + ARMED_AFTER_MS

    def pressed(self, event: QKeyEvent) -> None:
        """Escape goes down."""
        if event.isAutoRepeat():
            return
        release_pending = self._release.isActive()
        self._release.stop()
        if release_pending and self._repeats(event.timestamp()):
            return
        self._pressed_at = event.timestamp()
        self._held_since = self._clock.elapsed()
        self._frame.start()
        if self.armed:
            self._count(self._held_since)

    def released(self, event: QKeyEvent) -> None:
        """Escape comes up, it seems."""
        if not event.isAutoRepeat():
            self._released_at = event.timestamp()
            self._release.start()

    def forget(self, *_changed: object) -> None:
        """Nothing is held: the key is up, or another window gets the keys and will see it come up."""
        self._release.stop()
        self._frame.stop()
        self._held_since = None
        self._filled(0.0)

    def _repeats(self, at: int) -> bool:
        held_ms = self._released_at - self._pressed_at
        return held_ms >= REPEATS_AFTER_MS and at - self._released_at <= CHATTER_MS

    def _count(self, now: int) -> None:
        self._presses = [*(at for at in self._presses if now - at < WITHIN_MS), now]
        if len(self._presses) >= TIMES:
            self._go()

    def _look_at_hold(self) -> None:
        if self._held_since is None or self._armed_at is None:
            return
        held_ms = self._clock.elapsed() - max(self._held_since, self._armed_at)
        self._filled(min(1.0, max(0.0, held_ms / HOLD_MS)))
        if held_ms >= HOLD_MS:
            self._go()

    def _go(self) -> None:
        self._presses.clear()
        self.forget()
        self._leave()


class HoldRing(QWidget):
    """A ring that fills while Escape is held."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedSize(QSize(30, 30))
        self.setAccessibleName(_("Held so far"))

    def fill(self, share: float) -> None:
        """Show `share` of the hold, 0 to 1."""
        if share != self.share:
            self.share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, and what is filled of it."""
        look = Look.of(self.palette())
        frame = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.edge, 2.5))
        painter.drawEllipse(frame)
        painter.setPen(QPen(look.accent, 5.0))
        painter.drawArc(frame, _TOP, round(-self.share * _FULL))


class WayOut(Dyed):
    """One row that names the ways out and is one of them."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.ring = HoldRing()
        self.not_now = button(_("Not now"))
        self.not_now.clicked.connect(leave)
        hint = lettered(self, _("Hold Esc, or press it three times."), role="soft")
        hint.setAlignment(hint.alignment() | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 12, 28, 18)
        row.setSpacing(12)
        row.addWidget(self.ring)
        row.addWidget(hint, 1)
        row.addWidget(self.not_now)


def _timer(owner: QObject, every_ms: int, act: Callable[[], object]) -> QTimer:
    timer = QTimer(owner)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(every_ms)
    timer.timeout.connect(act)
    return timer
