"""A list of short texts, one a row, with what is wrong with a text under its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.lettering import button, lettered


class Row(QWidget):
    """One text; `remove` is its button."""

    def __init__(self, text: str, name: str, example: str) -> None:
        super().__init__()
        self.field = QLineEdit(text)
        self.field.setPlaceholderText(example)
        self.field.setAccessibleName(name)
        self.remove: QPushButton = button(_("Remove"))
        self._fault: QLabel = lettered(self, "", role="fault")
        self._fault.hide()
        self.field.textEdited.connect(lambda _text: self.show_fault(""))
        self.field.textChanged.connect(self._name_remove)
        self._name_remove(text)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.field, 0, 0)
        grid.addWidget(self.remove, 0, 1)
        grid.addWidget(self._fault, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    @property
    def fault(self) -> str:
        """What is wrong with this row, as it stands on the screen."""
        return self._fault.text()

    def _name_remove(self, text: str) -> None:
        """Tell whoever hears the window which of the rows would go."""
        self.remove.setAccessibleName(_("Remove {text}").format(text=text) if text else _("Remove"))

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong, to eyes and ears; an empty sentence takes it back."""
        if sentence == self.fault:
            return
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        event = QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)


class RowList(QWidget):
    """Rows a person adds, edits and removes; `edited` is emitted at each change, `entered` by Enter."""

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, example: str, add: str) -> None:
        super().__init__()
        self._name, self._example = name, example
        self._rows: list[Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._more = button(add)
        self._more.clicked.connect(self._add_empty)
        self._below = QHBoxLayout()
        self._below.addWidget(self._more)
        self._below.addStretch(1)
        self._column.addLayout(self._below)

    def fill(self, texts: Iterable[str]) -> None:
        """Add a row for each text."""
        for text in texts:
            self._add(text)

    def add_button(self, more: QPushButton) -> None:
        """Put another button beside the one that adds a row."""
        self._below.insertWidget(self._below.count() - 1, more)

    def target(self) -> QWidget:
        """What takes the focus first."""
        return self._rows[0].field if self._rows else self._more

    def show_texts(self, texts: Iterable[str]) -> None:
        """Show these texts in place of what stands there, unless that says the same already."""
        wanted = list(texts)
        if self.texts() != wanted:
            for row in self._rows:
                row.hide()
                row.deleteLater()
            self._rows = []
            self.fill(wanted)
        self.show_faults({})

    def texts(self) -> list[str]:
        """What stands in the rows; empty ones do not count."""
        return [text for row in self._rows if (text := row.field.text().strip())]

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Show the sentence about each text that has one."""
        for row in self._rows:
            row.show_fault(faults.get(row.field.text().strip(), ""))

    def _add_empty(self) -> None:
        self._add("").field.setFocus()

    def _add(self, text: str) -> Row:
        row = Row(text, self._name, self._example)
        row.field.textEdited.connect(lambda _text: self.edited.emit())
        row.field.returnPressed.connect(self.entered)
        row.remove.clicked.connect(lambda: self._remove(row))
        self._column.insertWidget(len(self._rows), row)
        row.show()  # what is not shown yet cannot take the focus
        self._rows.append(row)
        return row

    def _remove(self, row: Row) -> None:
        place = self._rows.index(row)
        del self._rows[place]
        row.hide()
        row.deleteLater()
        neighbours = self._rows[place : place + 1] or self._rows[-1:]
        (neighbours[0].field if neighbours else self._more).setFocus()
        self.edited.emit()
