"""A note in a corner of the screen, where nobody else shows notes; it takes no focus and has no default.

In: the brief, later `{"do": "show", ...}` with another note in its place.  Out: `answer` with the number
of the note and a key, which is a button's, `default` for a click on the words or `dismiss`; then it is
out of sight and the agent has the next word.  A `passing` note leaves by itself, unless somebody is at it.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QCursor,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_agent.shell.words import _
from tray_agent.ui import application, opening
from tray_agent.ui.breaks.break_buttons import Act, Buttons, sheet
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.incoming import Brief
from tray_agent.ui.lettering import BOLD, button, lettered, literal
from tray_agent.ui.look import Look, sized
from tray_agent.ui.opening import Say

WIDTHS = (400, 560)
"""In logical pixels: the second for notes that would be higher than the screen."""

CROSS = "\N{MULTIPLICATION SIGN}"
GAP, MARGIN, SPACING, PICTURE = 14, 16, 10, 64
PASSES_AFTER_MS = 20_000
"""Time to read a few lines twice."""

FRAME = "QWidget#banner {{ background: {ground}; border: 1px solid {edge}; }}"


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A button."""

    key: str
    label: str


class BannerBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A note, and the number by which the agent knows it; `picture` is the name of a file."""

    note: int
    title: str
    body: str
    actions: tuple[Action, ...]
    picture: str = ""
    passing: bool = False
    quietly: bool = True


class BannerWindow(QDialog):
    """Shows the brief's note, and those that come after it; a dialogue, as assistive programs see it."""

    def __init__(self, brief: BannerBrief, say: Say) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self._say = say
        self._painted = self._over = False
        self._cues = Cues(self, None, None)
        self._passes = QTimer(self, singleShot=True, interval=PASSES_AFTER_MS)
        self._passes.timeout.connect(self._pass)
        self.setObjectName("banner")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Such a window would be hidden there whenever its program is not the one in front: always.
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self._dye()
        self._column = QVBoxLayout(self)
        # Wrapped words are thought to be higher than they are, and would push the window out of the screen.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(1, 1, 1, 1)  # the frame's
        self._column.setSpacing(0)
        self._take(brief)

    def appear(self) -> None:
        """Show the note above all else; whoever types goes on typing."""
        self._place()
        application.show(self, quietly=True)
        if sys.platform == "darwin":
            from tray_agent.ui import appkit_window

            appkit_window.float_everywhere(int(self.winId()))

    def told(self, message: dict[str, Any]) -> None:
        """Show another note in place of this one."""
        if message.pop("do", None) == "show":
            self._take(msgspec.convert({"v": 1, **message}, BannerBrief))
            self._place()
            self.show()
            self._begin()

    def leave(self) -> None:
        """Close without an answer."""
        if not self._over:
            self._over = True
            self._say({"event": "ended"})
            self.close()
            QApplication.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A desktop's own way to close a window says the same as ours."""
        if not self._over:
            event.ignore()
            self._answer("dismiss")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape waves the note away; all other keys are the buttons'."""
        if event.key() == Qt.Key.Key_Escape:
            self._answer("dismiss")
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words; one beside them only hands over the keys."""
        on_words = self._words.geometry().contains(event.position().toPoint())
        if on_words and self._buttons.awake and event.button() is Qt.MouseButton.LeftButton:
            self._answer("default")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody is at it."""
        self._passes.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Nobody is at it any more."""
        self._wait()

    def changeEvent(self, event: QEvent) -> None:
        """The desktop has changed from light to dark, or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dye()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint tells the agent that the window is there."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._ready)

    def _ready(self) -> None:
        self._say({"event": "ready"})
        self._begin()

    def _begin(self) -> None:
        """It can be seen: say what it is, and wake a second from now."""
        self._buttons.sleep_awhile()
        self._cues.say(" ".join(filter(None, (self._brief.title, self._brief.body))))
        self._wait()

    def _wait(self) -> None:
        if self._brief.passing and not self.underMouse():
            self._passes.start()
        else:
            self._passes.stop()

    def _pass(self) -> None:
        if self.isActiveWindow():
            self._wait()
        else:
            self.leave()

    def _answer(self, key: str) -> None:
        """One answer is enough; the agent has the next word."""
        if self._buttons.awake:
            self._buttons.sleep()
            self.hide()
            self._say({"event": "answer", "note": self._brief.note, "key": key})

    def _take(self, brief: BannerBrief) -> None:
        self._brief = brief
        self.setWindowTitle(brief.title)
        self.setAccessibleName(brief.title)
        self.setAccessibleDescription(brief.body)
        self.setLayoutDirection(application.direction(brief.title))
        while item := self._column.takeAt(0):
            if (before := item.widget()) is not None:
                before.hide()
                before.deleteLater()
        acts = [Act(literal(each.label), partial(self._answer, each.key)) for each in brief.actions]
        self._buttons = Buttons(acts, ())
        self._words = self._head()
        for part in (self._words, *([_framed(self._buttons)] if acts else [])):
            self._column.addWidget(part)
            part.show()  # or it takes no room yet in a window that is there already
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)  # or Enter would press the first, whoever meant to type it elsewhere
        self.setFocus()  # no button has it

    def _head(self) -> QWidget:
        """Picture, words and the way to wave the note away."""
        brief, head, texts = self._brief, QWidget(), QVBoxLayout()
        head.setObjectName("page")
        row = QHBoxLayout(head)
        row.setContentsMargins(MARGIN, MARGIN, SPACING, SPACING + 2 if brief.actions else MARGIN)
        row.setSpacing(SPACING)
        picture = QPixmap(brief.picture)
        if not picture.isNull():
            shown = _small(picture, self.devicePixelRatioF())
            shown.setAccessibleName(brief.title)
            row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        texts.setSpacing(4)
        texts.addWidget(lettered(self, brief.title, 1.15, BOLD))
        if brief.body:
            texts.addWidget(lettered(self, brief.body, 1.0, role="soft"))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        close = button(CROSS, "quiet")
        close.setAccessibleName(_("Close"))
        close.setToolTip(_("Close"))
        close.setFont(sized(self.font(), 1.3))
        close.clicked.connect(lambda: self._answer("dismiss"))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _dye(self) -> None:
        look = Look.of(QGuiApplication.palette())
        whole = sheet(look) + FRAME.format(ground=look.ground.name(), edge=look.edge.name())
        if whole != self.styleSheet():  # setting one is a change in its turn
            self.setStyleSheet(whole)

    def _place(self) -> None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry().adjusted(GAP, GAP, -GAP, -GAP)
        for each in (self, *self.findChildren(QWidget)):
            each.ensurePolished()  # or it is measured in type that it will not have
        self._column.invalidate()
        for wished in (*WIDTHS, room.width()):
            width = min(wished, room.width())
            height = self._column.totalHeightForWidth(width)
            if height <= room.height():
                break
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setGeometry(_corner(room, width, min(height, room.height()), mirrored=mirrored))


def _corner(room: QRect, width: int, height: int, *, mirrored: bool) -> QRect:
    """Where the system's own notes come, seen from where lines begin."""
    place = QRect(0, 0, width, height)
    if sys.platform == "darwin":
        place.moveTopLeft(room.topLeft()) if mirrored else place.moveTopRight(room.topRight())
    else:
        place.moveBottomLeft(room.bottomLeft()) if mirrored else place.moveBottomRight(room.bottomRight())
    return place


def _small(picture: QPixmap, ratio: float) -> QLabel:
    side = round(PICTURE * ratio)
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    scaled = picture.scaled(side, side, kept, smooth)
    scaled.setDevicePixelRatio(ratio)
    shown = QLabel()
    shown.setPixmap(scaled)
    return shown


def _framed(buttons: Buttons) -> QWidget:
    foot = QWidget()
    foot.setObjectName("page")
    around = QHBoxLayout(foot)
    around.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
    around.addWidget(buttons)
    return foot


def main() -> int:
    """Show the note until it is answered or withdrawn."""
    return opening.run("banner", BannerBrief, BannerWindow)
