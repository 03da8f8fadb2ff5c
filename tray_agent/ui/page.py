"""A window with a page to read and, below it, its buttons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tray_agent.shell.words import _
from tray_agent.ui import application
from tray_agent.ui.lettering import BOLD, button, lettered
from tray_agent.ui.look import Look
from tray_agent.ui.opening import Say

MARGIN, SPACING = 28, 10
SHARE_W, SHARE_H = 0.94, 0.9
"""At most so much of the screen, so that the window manager's frame still fits."""


class Page(QMainWindow):
    """Subclasses fill `column`, which scrolls, and add their buttons to `foot`; Escape closes."""

    WIDTH = 560
    """In logical pixels, where the screen has them."""

    def __init__(self, title: str, say: Say) -> None:
        super().__init__()
        self._say = say
        self._painted = self._over = False
        self.setWindowTitle(title)
        self.setStyleSheet(Look.of(self.palette()).sheet())
        self.content, self._below = _plain(), _plain()
        self.column = _column(self.content, SPACING)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self._lay_out()

    def heading(self, text: str) -> QLabel:
        """Add the page's title, or a section's when there is one already."""
        first = not self.column.count()
        if not first:
            self.column.addSpacing(SPACING)
        label = lettered(self, text, 1.7 if first else 1.15, BOLD)
        self.column.addWidget(label)
        return label

    def line(self, text: str, role: str = "soft") -> QLabel:
        """Add a paragraph."""
        label = lettered(self, text, 1.05, role=role)
        self.column.addWidget(label)
        return label

    def add_close(self, text: str = "") -> QPushButton:
        """Add the button that closes the window."""
        close = button(text or _("Close"))
        close.clicked.connect(self.leave)
        self.foot.addWidget(close)
        return close

    def appear(self) -> None:
        """Show the window in the middle of the screen with the pointer, as large as its words need."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        width = min(self.WIDTH, round(room.width() * SHARE_W))
        self.resize(width, min(self.wanted_height(width), round(room.height() * SHARE_H)))
        self.move(room.center() - self.rect().center())
        application.show(self, quietly=False)

    def wanted_height(self, width: int) -> int:
        """How high the window must be, `width` wide, to show everything at once."""
        self.ensurePolished()
        return self.column.totalHeightForWidth(width) + self._below.sizeHint().height()

    def told(self, message: dict[str, Any]) -> None:
        """A page that nothing can change has nothing to learn."""

    def say(self, message: dict[str, Any]) -> None:
        """Tell the agent."""
        self._say(message)

    def leave(self) -> None:
        """Close the window."""
        self.close()

    def last_word(self) -> dict[str, Any]:
        """What the agent hears beside the fact that the window is closed."""
        return {}

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever closed the window, the agent hears of it, once."""
        if not self._over:
            self._over = True
            self._say({"event": "ended", **self.last_word()})
        event.accept()
        QApplication.quit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; other keys that nobody took are lost."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint tells the agent that the window is there."""
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, lambda: self._say({"event": "ready"}))

    def changeEvent(self, event: QEvent) -> None:
        """The desktop has changed from light to dark, or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            sheet = Look.of(QGuiApplication.palette()).sheet()
            if sheet != self.styleSheet():  # setting one is a change in its turn
                self.setStyleSheet(sheet)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.content)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(MARGIN, 12, MARGIN, 18)
        below.addLayout(self.foot)
        body = QWidget()
        self.setCentralWidget(body)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._below)


def _plain() -> QWidget:
    plain = QWidget()
    plain.setObjectName("page")
    return plain


def _column(page: QWidget, spacing: int) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, SPACING)
    column.setSpacing(spacing)
    return column
