"""The control of each kind of setting: it shows a value and tells when the person chose another.

What is clicked is told at once, what is typed when the person pauses or leaves the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.lettering import button
from tray_agent.ui.settings.setting_brief import Entry, Fault
from tray_agent.ui.settings.switch import ChoiceBox, Switch

PAUSE_MS = 600
"""Nobody wants to be corrected in the middle of a word."""

LONG_STEP, MANY = 10, 100
"""Where there are many numbers, a step is longer."""


class Control(QWidget):
    """Base of them all; `chosen` is emitted with each new value."""

    chosen = Signal(object)

    WIDE = False
    """Whether it needs the whole width of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)

    def show_value(self, value: Any) -> None:
        """Show this value, which is in force."""
        raise NotImplementedError

    def value(self) -> Any:
        """What the person sees."""
        raise NotImplementedError

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say what is wrong with single rows; a control without rows has none."""

    def describe(self, title: str, description: str) -> None:
        """Say what it is and what it does to whoever hears the window."""
        described(self.target(), title, description)

    def target(self) -> QWidget:
        """What takes the focus."""
        return self

    def busy(self) -> bool:
        """Whether there is something typed that was not told yet."""
        return self._pause.isActive()

    def flush(self) -> None:
        """Tell at once what was typed."""
        if self.busy():
            self._pause.stop()
            self._tell()

    def typed(self) -> None:
        """Something was typed: it is told when the person pauses."""
        self._pause.start()

    def tell_now(self) -> None:
        """Something was clicked: it is told at once, with all that was typed before."""
        self._pause.stop()
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.value())


class OnOff(Control):
    """On or off."""

    def __init__(self) -> None:
        super().__init__()
        self._switch = Switch()
        self._switch.toggled.connect(self.tell_now)  # assistive programs toggle it without a click
        self.line.addWidget(self._switch)

    def show_value(self, value: Any) -> None:
        """Show this value."""
        with QSignalBlocker(self._switch):
            self._switch.setChecked(bool(value))

    def value(self) -> bool:
        """Whether it is on."""
        return self._switch.isChecked()

    def target(self) -> QWidget:
        """The switch."""
        return self._switch


class Pick(Control):
    """One of several values."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._box = ChoiceBox()
        for option in entry.choices:
            self._box.addItem(option.words, option.value)
        self._box.activated.connect(self.tell_now)
        self.line.addWidget(self._box)

    def show_value(self, value: Any) -> None:
        """Show this value; one that is not among the choices is shown as it is."""
        if self._box.findData(value) < 0:
            self._box.addItem(str(value), value)
        self._box.setCurrentIndex(self._box.findData(value))

    def value(self) -> Any:
        """The value that is chosen."""
        return self._box.currentData()

    def target(self) -> QWidget:
        """The box."""
        return self._box


class Number(Control):
    """A number to type or to step through."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._box = _Stepper(entry.min, entry.max)
        self._box.valueChanged.connect(self.typed)
        self._box.editingFinished.connect(self.flush)
        less, more = button("\N{MINUS SIGN}", role="step"), button("+", role="step")
        less.setAccessibleName(_("{title}: less").format(title=entry.title))
        more.setAccessibleName(_("{title}: more").format(title=entry.title))
        less.clicked.connect(self._box.stepDown)
        more.clicked.connect(self._box.stepUp)
        self._unit = QLabel(entry.unit)
        self._unit.setProperty("role", "soft")
        for part in (less, self._box, more, self._unit):
            self.line.addWidget(part)

    def show_value(self, value: Any) -> None:
        """Show this value."""
        self._box.blockSignals(True)
        self._box.setValue(int(value))
        self._box.blockSignals(False)

    def value(self) -> int:
        """The number as it stands."""
        return self._box.value()

    def target(self) -> QWidget:
        """The number."""
        return self._box


class _Stepper(QSpinBox):
    """Steps stay within the bounds, while what is typed may be anything: the agent says what is wrong."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self._low, self._high = low, high
        self.setRange(0, 10 * high)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSingleStep(LONG_STEP if high - low > MANY else 1)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Which ways lead anywhere."""
        flag = QAbstractSpinBox.StepEnabledFlag
        down = flag.StepDownEnabled if self.value() > self._low else flag.StepNone
        return down | (flag.StepUpEnabled if self.value() < self._high else flag.StepNone)

    def stepBy(self, steps: int) -> None:
        """Go so many steps, to the bounds at most."""
        wanted = self.value() + steps * self.singleStep()
        self.setValue(max(self._low, min(self._high, wanted)))
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()


class Text(Control):
    """A line of text, told when the person leaves it or presses Enter."""

    def __init__(self) -> None:
        super().__init__()
        self._field = QLineEdit()
        self._told = ""
        self._field.editingFinished.connect(self.flush)
        self.line.addWidget(self._field)

    def show_value(self, value: Any) -> None:
        """Show this value."""
        self._told = str(value)
        self._field.setText(self._told)

    def value(self) -> str:
        """The text as it stands."""
        return self._field.text().strip()

    def target(self) -> QWidget:
        """The field."""
        return self._field

    def busy(self) -> bool:
        """Whether it differs from what was told."""
        return self.value() != self._told

    def flush(self) -> None:
        """Tell what differs from what was told."""
        if self.busy():
            self._told = self.value()
            self._tell()


def described(widget: QWidget, title: str, description: str) -> None:
    """Tell whoever hears the window what this is, and what there is to say about it by now."""
    widget.setAccessibleName(title)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)
        event = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
