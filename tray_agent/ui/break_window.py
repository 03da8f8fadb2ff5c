"""The break window: guides a person through one routine, step by step, in its own process.

In: the brief as the first line, later `{"do": "close"}`; the end of input means leave.  Out:
`{"event": "ready"}` once it has painted, `{"event": "ended", "routine": .., "steps_done": ..}`
when the routine is over or the person stopped it.  Space pauses, Enter ends a step, Escape ends
the routine without asking.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui import application, opening
from tray_agent.ui.break_face import BreakFace
from tray_agent.ui.brief import Brief
from tray_agent.ui.opening import Say
from tray_agent.ui.player import Player
from tray_agent.ui.step_page import brief_words

ARMED_AFTER_MS = 700
"""Keys and buttons sleep this long after the window appears, Done also after each new step:
typing and double clicks must not press them."""

FRAME_MS, STILL_FRAME_MS = 50, 250
"""How often the dial is drawn, with and without motion."""

STALL_S = 1.0
"""A longer gap between two frames is a stalled machine, not somebody moving."""

GOODBYE_MS = 2500
"""How long the last word stays."""

WIDTH, HEIGHT, ROOMY_HEIGHT = 900, 680, 480
"""The window's size where the screen has room for it, and what counts as little room."""


class BreakWindow(QWidget):
    """Plays the brief's routine and tells the agent through `say` how it went."""

    def __init__(self, brief: Brief, say: Say) -> None:
        super().__init__()
        self._brief, self._say = brief, say
        self._player = Player(brief.steps)
        self._ended = self._painted = self._paused = False
        self._since_shown, self._since_step, self._since_frame = (QElapsedTimer() for _each in range(3))
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._frame)
        still = brief.appearance.still or application.motion_unwanted()
        self._clock.setInterval(STILL_FRAME_MS if still else FRAME_MS)
        self._face = BreakFace(brief, still=still)
        self._face.show_step(self._player)
        self._connect()
        self._lay_out()

    def appear(self) -> None:
        """Show the window, without taking the focus where the brief says so."""
        application.show(self, quietly=self._brief.quietly)

    def told(self, message: dict[str, Any]) -> None:
        """A routine that has begun stays as it is."""

    def leave(self) -> None:
        """Close, however short the window has been there."""
        self.close()

    def pause(self) -> None:
        """Stop the clock, or let it run on."""
        if self._ended or not self._armed():
            return
        self._paused = not self._paused
        if self._paused:
            self._clock.stop()
        else:
            self._run()
        self._face.show_time(self._player, paused=self._paused)
        self._announce(_("Paused") if self._paused else _("Running"))

    def finish_step(self) -> None:
        """The person is done with this step; after the last one the routine is over."""
        if self._ended:
            self.close()
        elif self._armed() and self._since_step.elapsed() >= ARMED_AFTER_MS:
            self._player.finish_step()
            self._after_step()

    def stop(self) -> None:
        """Leave, with the whole steps so far."""
        if self._ended or self._armed():
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever closed the window, the agent hears how far the person came."""
        self._end()
        event.accept()
        QApplication.quit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no button took."""
        action = {
            Qt.Key.Key_Escape.value: self.stop,
            Qt.Key.Key_Space.value: self.pause,
            Qt.Key.Key_Return.value: self.finish_step,
            Qt.Key.Key_Enter.value: self.finish_step,
        }.get(event.key())
        if action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key held down on a button presses it once; keys that move the focus may repeat."""
        if not isinstance(event, QKeyEvent) or not event.isAutoRepeat():
            return False
        return event.key() not in {Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value}

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint starts the clock and tells the agent that the window is there."""
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        self._say({"event": "ready"})
        self._since_shown.start()
        self._since_step.start()
        self._run()
        self._announce_step()

    def _run(self) -> None:
        self._since_frame.start()
        self._clock.start()

    def _frame(self) -> None:
        real_s = min(STALL_S, self._since_frame.restart() / 1000)
        if self._player.advance(real_s * self._brief.speed):
            self._after_step()
        else:
            self._face.show_time(self._player, paused=False)

    def _after_step(self) -> None:
        if self._player.over:
            self._end()
            self._face.show_end(self._player)
            self._announce(_("That is it."))
            QTimer.singleShot(GOODBYE_MS, self.close)
        else:
            if self._paused:
                self._paused = False
                self._run()
            self._since_step.restart()
            self._face.show_step(self._player)
            self._announce_step()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._clock.stop()
            routine, steps_done = self._brief.routine, self._player.steps_done
            self._say({"event": "ended", "routine": routine, "steps_done": steps_done})

    def _armed(self) -> bool:
        return self._since_shown.isValid() and self._since_shown.elapsed() >= ARMED_AFTER_MS

    def _connect(self) -> None:
        face = self._face
        for button, action in (
            (face.stop, self.stop),
            (face.pause, self.pause),
            (face.done, self.finish_step),
        ):
            button.clicked.connect(action)
            button.installEventFilter(self)

    def _lay_out(self) -> None:
        self.setWindowTitle(self._brief.title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._face)
        self._face.page.setFocus()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.resize(min(WIDTH, round(room.width() * 0.94)), min(HEIGHT, round(room.height() * 0.9)))
        self.move(room.center() - self.rect().center())
        self._face.fit(roomy=self.height() >= ROOMY_HEIGHT)

    def _announce_step(self) -> None:
        step = self._player.step
        self._announce(" ".join([f"{brief_words(step)}.", *step.text]))

    def _announce(self, words: str) -> None:
        event = QAccessibleAnnouncementEvent(self, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def main() -> int:
    """Show the window, and live until it is closed."""
    return opening.run("break", Brief, BreakWindow)
