"""The buttons of a break window, with their keys: awake a second after they appear, none the default.

A button's letter is the one that its label underlines, so each language chooses its own.  It works
with Alt as everywhere, and alone too, since there is nothing to type here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.breaks.flow import Flow
from tray_agent.ui.look import Look, sized

ARMED_AFTER_MS = 1000
"""Buttons and keys sleep this long after they appear: typing and double clicks must not press them."""

TWICE_MS = 700
"""Nobody presses the same thing twice so quickly and means it twice."""

SHEET = """
QPushButton[role="aside"] {{ background: transparent; border-color: {line}; }}
QPushButton[role="aside"]:hover {{ border-color: {edge}; }}
QPushButton[role="aside"]:focus {{ border-color: {accent}; }}
QPushButton[role="main"]:disabled {{ background: {line}; color: {soft}; border-color: {line}; }}
QWidget[compact="true"] QPushButton {{ padding: 4px 10px; min-width: 0; }}
QWidget[compact="true"] QPushButton:focus {{ padding: 3px 9px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {edge}; border-radius: 3px; margin: 0 2px; min-height: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def sheet(look: Look) -> str:
    """The style sheet of a break window."""
    own = SHEET.format(**{name: getattr(look, name).name() for name in ("edge", "accent", "line", "soft")})
    return look.sheet() + own


@dataclass(frozen=True, slots=True)
class Act:
    """Something to choose: a label with its letter marked by `&`, a key beside the letter, what it does."""

    label: str
    do: Callable[[], object]
    key: Qt.Key | None = None
    key_name: str = ""
    role: str = ""


class ActButton(QPushButton):
    """One act; its label may change while it means the same key."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act
        self.setProperty("role", act.role)
        self.setAutoDefault(True)  # Enter presses the focused button, not whatever the window does
        self.say(act.label)

    def say(self, label: str) -> None:
        """Show this label."""
        if label == self.text():
            return
        self.setText(label)
        name = plain(label)
        self.setAccessibleName(name)
        keys = " · ".join(each for each in (self.act.key_name, letter(label).upper()) if each)
        self.setToolTip(_("{what}: {keys}").format(what=name, keys=keys) if keys else name)


class Buttons(QWidget):
    """Rows of acts, `near` at the beginning of the line and `far` at its end."""

    def __init__(self, near: Sequence[Act], far: Sequence[Act]) -> None:
        super().__init__()
        groups = [[ActButton(act) for act in group] for group in (near, far)]
        self.all = [*groups[0], *groups[1]]
        self._pressed = QElapsedTimer()
        self._last: ActButton | None = None
        for button in self.all:
            button.clicked.connect(lambda _checked=False, button=button: self._press(button))
            button.installEventFilter(self)
        flow = Flow(*groups)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(10)
        self.setLayout(flow)
        self._asleep = True
        self._alarm = QTimer(self, singleShot=True, interval=ARMED_AFTER_MS)
        self._alarm.timeout.connect(self._wake)
        self._enable(False)

    @property
    def awake(self) -> bool:
        """Whether they can be pressed."""
        return not self._asleep

    def sleep(self) -> None:
        """Hear nothing more."""
        self._alarm.stop()
        self._asleep = True
        self._enable(False)

    def sleep_awhile(self) -> None:
        """Sleep, and be awake a second from now."""
        self.sleep()
        self._alarm.start()

    def write(self, factor: float) -> None:
        """Write the labels `factor` times as large as the page's font, in the page's present style."""
        for button in self.all:
            button.setFont(sized(self.font(), factor))
            button.style().unpolish(button)
            button.style().polish(button)

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key belongs to a button here; if so it was pressed, unless it is asleep."""
        button = self._of(event)
        if button is None:
            return False
        if not event.isAutoRepeat() and button.isEnabled():
            self._press(button)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key held down on a button presses it once; keys that move the focus may repeat."""
        if not isinstance(event, QKeyEvent) or not event.isAutoRepeat():
            return False
        return event.key() not in {Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value}

    def _of(self, event: QKeyEvent) -> ActButton | None:
        shown = [button for button in self.all if not button.isHidden()]
        alone = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        typed = event.text().lower() if alone else ""
        for button in shown:
            if alone and button.act.key is not None and _same_key(event.key(), button.act.key):
                return button
            if typed and typed == letter(button.text()):
                return button
        return None

    def _press(self, button: ActButton) -> None:
        again = self._last is button and self._pressed.isValid() and self._pressed.elapsed() < TWICE_MS
        if self._asleep or again:
            return
        self._last = button
        self._pressed.start()
        button.act.do()

    def _wake(self) -> None:
        self._asleep = False
        self._enable(True)

    def _enable(self, awake: bool) -> None:
        for button in self.all:
            button.setEnabled(awake)


def letter(label: str) -> str:
    """The letter that the label underlines, in lower case; empty when there is none."""
    return QKeySequence.mnemonic(label).toString().rpartition("+")[2].lower()


def plain(label: str) -> str:
    """The label as it is read, without the mark of its letter."""
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _same_key(one: int, other: Qt.Key) -> bool:
    enter = {Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value}
    return one == other.value or (one in enter and other.value in enter)
