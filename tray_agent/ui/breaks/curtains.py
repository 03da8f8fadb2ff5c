"""Insistence `firm`: the window covers its monitor, a plain curtain each of the others.

It is all one process: if that dies, every screen is free.  Nothing is grabbed, so whoever switches
to another window is let go.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen, QWindow
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui import application
from tray_agent.ui.breaks.dyed import Dyed
from tray_agent.ui.breaks.way_out import EscapeKey, WayOut
from tray_agent.ui.lettering import BOLD, lettered

SHOWS_WHERE_WITHIN_MS = 300
"""Under Wayland a window learns so long after its first frame which screen it is on, if it is another
than Qt took it for."""

KEY_EVENTS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}


class Curtains(QObject):
    """Makes `window`, which lays its parts out in a column, cover all there is, from `drop` to `lift`.

    `leave` is called when the person wants none of it, not before a second has passed.
    """

    def __init__(self, window: QWidget, leave: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._leave = window, leave
        self._escape = EscapeKey(self._fill, self._go)
        self._way_out = WayOut(self._not_now)
        self._others: dict[QScreen, _Curtain] = {}
        self._watched: list[QScreen] = []
        self._down = False
        # Not at once: when a screen goes, Qt moves its windows only after it has said so.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._arrange)

    @property
    def down(self) -> bool:
        """Whether the screens are covered."""
        return self._down

    def drop(self) -> None:
        """Cover every screen and take the focus, which it needs to hear Escape."""
        _column(self._window).addWidget(self._way_out)
        self._way_out.show()
        self._down = True
        application.running().screenAdded.connect(self._changed)
        application.running().screenRemoved.connect(self._changed)
        self._window.installEventFilter(self)
        if application.in_wayland() and len(application.running().screens()) > 1:
            self._find_the_person()
        else:
            self._arrange()
        self._escape.arm()

    def lift(self) -> None:
        """Uncover the screens; the window stays, in its own size."""
        if not self._down:
            return
        self._down = False
        application.running().screenAdded.disconnect(self._changed)
        application.running().screenRemoved.disconnect(self._changed)
        self._watch([])
        self._window.removeEventFilter(self)
        self._soon.stop()
        if (handle := self._window.windowHandle()) is not None:
            handle.removeEventFilter(self)
        self._close_others(keep=[])
        self._escape.forget()
        self._way_out.hide()
        self._way_out.setParent(None)
        if self._window.isVisible():
            self._window.showNormal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape is ours on every covered screen; other keys go where they belong."""
        if event.type() in KEY_EVENTS and isinstance(event, QKeyEvent):
            return self._took(event) or self._handed_on(watched, event)
        if event.type() is QEvent.Type.Expose and not self._watched:
            self._soon.start(SHOWS_WHERE_WITHIN_MS)
        if event.type() is QEvent.Type.Close and watched is self._window:
            self._close_others(keep=[])
        return False

    def _took(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._escape.pressed(event)
        elif event.type() is QEvent.Type.KeyRelease:
            self._escape.released(event)
        return event.type() is not QEvent.Type.ShortcutOverride

    def _handed_on(self, watched: QObject, event: QKeyEvent) -> bool:
        """Under Wayland the newest window may get the keys: a curtain that nobody means to type into."""
        handle = self._window.windowHandle()
        if not application.in_wayland() or watched in (self._window, handle):
            return False
        QCoreApplication.sendEvent(handle, event)
        return True

    def _find_the_person(self) -> None:
        """Show the window as any other first: only the compositor knows which screen is looked at."""
        self._window.show()
        handle = self._window.windowHandle()
        handle.installEventFilter(self)
        handle.screenChanged.connect(self._moved)
        application.running().focusWindowChanged.connect(self._focused)

    def _focused(self, holder: QWindow | None) -> None:
        """A curtain that has the focus because it is the newest window gives it up, where Wayland lets it."""
        for curtain in self._others.values():
            if curtain.new and holder is not None and curtain.windowHandle() == holder:
                curtain.new = False
                self._window.activateWindow()

    def _moved(self, *_where: object) -> None:
        if self._down:
            self._soon.start(0)

    def _arrange(self) -> None:
        """The window on its screen, a curtain on each other one; clones of a screen show the same."""
        own, screens = self._window.screen(), application.running().screens()
        self._watch(screens)
        others = [each for each in screens if not each.geometry().intersects(own.geometry())]
        self._close_others(keep=others)
        for screen in others:
            if screen not in self._others:
                self._others[screen] = _Curtain(self._not_now, self._go)
            self._cover(self._others[screen], screen)
        self._cover(self._window, own)
        self._window.raise_()
        self._window.activateWindow()

    def _cover(self, one: QWidget, screen: QScreen) -> None:
        if not one.isVisible():
            one.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        one.setScreen(screen)
        one.setGeometry(screen.geometry())  # for where no window manager listens to the next line
        one.setWindowState(Qt.WindowState.WindowFullScreen)
        one.show()  # showFullScreen would take the focus, on a curtain as well
        one.windowHandle().installEventFilter(self)

    def _watch(self, screens: list[QScreen]) -> None:
        there = application.running().screens()
        for screen in self._watched:
            if screen in there:
                screen.geometryChanged.disconnect(self._changed)
        for screen in screens:
            screen.geometryChanged.connect(self._changed)
        self._watched = screens

    def _changed(self, *_what: object) -> None:
        self._soon.start(0)

    def _close_others(self, keep: list[QScreen]) -> None:
        for screen in [each for each in self._others if each not in keep]:
            self._others.pop(screen).dismiss()

    def _fill(self, share: float) -> None:
        for row in (self._way_out, *(each.way_out for each in self._others.values())):
            row.ring.fill(share)

    def _not_now(self) -> None:
        if self._escape.armed:
            self._go()

    def _go(self) -> None:
        self._close_others(keep=[])
        self._leave()


class _Curtain(QMainWindow):
    """What the other screens show: where the break is, and the way out."""

    def __init__(self, not_now: Callable[[], object], closed: Callable[[], object]) -> None:
        super().__init__()
        self.new = True
        self._closed: Callable[[], object] | None = closed
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(_("Your break is on the other screen."))
        self.way_out = WayOut(not_now)
        self.setCentralWidget(_words(self.way_out))

    def dismiss(self) -> None:
        """Go, and do not come back."""
        self._closed = None
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes a curtain means the break."""
        event.accept()
        if self._closed is not None:
            self._closed()


def _words(way_out: WayOut) -> Dyed:
    page = Dyed()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    heading = lettered(page, _("Your break is on the other screen."), 2.2, BOLD)
    line = lettered(page, _("What you were doing waits here, just as you left it."), 1.3, role="soft")
    for label in (heading, line):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setContentsMargins(28, 6, 28, 6)
        column.addWidget(label)
    column.addStretch(1)
    column.addWidget(way_out)
    return page


def _column(window: QWidget) -> QBoxLayout:
    body = window.centralWidget() if isinstance(window, QMainWindow) else window
    column = body.layout() if body is not None else None
    assert isinstance(column, QBoxLayout)
    return column
