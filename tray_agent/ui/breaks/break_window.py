"""The break window: asks for a break and guides a person through one routine, in its own process.

In: the brief as the first line, later `play`, `swap`, `front`, `release` (the screens) and `close`; the
end of input means leave.  Out: `ready` once it has painted; `answer` to a prompt; `too_hard` and
`hurts` with the step they are about; `help` for the card that says when to get some; `ended` with the
indices of the whole steps, last.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QVBoxLayout, QWidget

from tray_agent.core.model import Do
from tray_agent.ui import application, opening
from tray_agent.ui.breaks import proportions
from tray_agent.ui.breaks.break_buttons import sheet
from tray_agent.ui.breaks.brief import Ask, Brief, Play, Swap
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.invitation import Invitation
from tray_agent.ui.breaks.playing import Playing
from tray_agent.ui.look import Look
from tray_agent.ui.opening import Say


class BreakWindow(QMainWindow):
    """Shows the invitation or plays the routine, and tells the agent through `say` how it went."""

    def __init__(self, brief: Brief, say: Say) -> None:
        super().__init__()
        self._brief, self._say = brief, say
        self._routine = brief.routine
        self._painted = self._ended = self._answered = False
        self._look = Look.of(self.palette())
        self._still = brief.appearance.still or application.motion_unwanted()
        self._cues = Cues.wished(self, brief)
        self._curtains = self._make_curtains() if brief.firm else None
        self.setStyleSheet(sheet(self._look))
        self.setWindowTitle(brief.title)
        self.setGeometry(proportions.place())
        self.setMinimumSize(proportions.SMALLEST)
        body = QWidget()
        self.setCentralWidget(body)
        frame = self.layout()
        assert frame is not None
        frame.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column = QVBoxLayout(body)
        # What its parts want now, in large type, must not keep it from becoming small.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._page: Invitation | Playing
        self._show(self._invitation(brief.ask) if brief.ask else self._playing(_of(brief)))

    def appear(self) -> None:
        """Show the window, without taking the focus where the brief says so."""
        if self._curtains is not None:
            self._curtains.drop()
        else:
            application.show(self, quietly=self._brief.quietly)

    def told(self, message: dict[str, Any]) -> None:
        """What the agent says later on."""
        match message.get("do"):
            case "play":
                self._play(msgspec.convert(message, Play))
            case "swap" if isinstance(self._page, Playing):
                self._page.swap(msgspec.convert(message, Swap))
            case "front":
                self._come_to_the_front()
            case "release":
                self._release()
            case _:
                pass

    def leave(self) -> None:
        """Close at the agent's word: an invitation that is withdrawn was not answered."""
        self._answered = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever closed the window, the agent hears how far the person came."""
        self._answer(Do.DISMISS)
        if isinstance(self._page, Playing):
            self._page.end()
        else:
            self._end([])
        self._cues.hush()
        event.accept()
        QApplication.quit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no button took."""
        if not self._page.key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop has changed from light to dark, or back."""
        super().changeEvent(event)
        look = Look.of(QGuiApplication.palette())
        if event.type() == QEvent.Type.PaletteChange and look != self._look:
            self._look = look
            self.setStyleSheet(sheet(look))
            self._page.dye(look)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint starts the clock and tells the agent that the window is there."""
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        self._say({"event": "ready"})
        self._page.begin()

    def _play(self, play: Play) -> None:
        self._routine, self._answered = play.routine, True
        self.setWindowTitle(play.title)
        self._show(self._playing(play))
        if self._painted:
            self._page.begin()

    def _show(self, page: Invitation | Playing) -> None:
        before: QWidget | None = getattr(self, "_page", None)
        self._page = page
        page.fit(self.size())
        self._column.insertWidget(0, page, 1)
        page.setFocus()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _invitation(self, ask: Ask) -> Invitation:
        step = next(iter(self._brief.steps), None)
        page = Invitation(self._look, ask, step, self._cues, self._chosen)
        if self._curtains is None:  # they have a way out of their own
            page.tell_of_escape()
        return page

    def _playing(self, play: Play) -> Playing:
        return Playing(
            self._brief,
            play,
            look=self._look,
            cues=self._cues,
            say=self._say,
            ended=self._end,
            close=self.close,
            still=self._still,
            mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft,
        )

    def _chosen(self, do: Do) -> None:
        self._answer(do)
        if do is not Do.START:
            self.close()

    def _answer(self, do: Do) -> None:
        ask = self._brief.ask
        if ask is not None and not self._answered:
            self._answered = True
            self._say({"event": "answer", "prompt": ask.prompt, "do": do.value})

    def _end(self, done: list[int]) -> None:
        if not self._ended:
            self._ended = True
            self._say({"event": "ended", "routine": self._routine, "done": done})
            self._release()

    def _release(self) -> None:
        """Give the screens back."""
        if self._curtains is not None:
            self._curtains.lift()

    def _come_to_the_front(self) -> None:
        """The person called for it, perhaps typing: keys sleep a second more."""
        self._page.sleep_awhile()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _make_curtains(self) -> Any:
        from tray_agent.ui.breaks.curtains import Curtains  # only where a person asked to be pressed

        return Curtains(self, self.close)


def _of(brief: Brief) -> Play:
    assert brief.routine is not None, "a brief that asks nothing has a routine"
    return Play(routine=brief.routine, title=brief.title, steps=brief.steps, kind=brief.kind)


def main() -> int:
    """Show the window, and live until it is closed."""
    return opening.run("break", Brief, BreakWindow)
