"""A chart and the table that says the same, one at a time, with a line about what is pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.lettering import button, lettered
from tray_agent.ui.look import Look
from tray_agent.ui.today.chart_table import ChartTable


class Chart(QLabel):
    """A widget that paints itself and is a picture to assistive programs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPixmap(QPixmap(1, 1))  # never drawn: a label with a picture has the role of one

    @property
    def look(self) -> Look:
        """The window's: the style sheet gives labels a palette of their own."""
        return Look.of(self.window().palette())

    def announce(self, words: str) -> None:
        """Have it read aloud that the keyboard is here now."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


class Charted(QWidget):
    """Shows `chart` with what goes `below` it, or its table."""

    def __init__(self, chart: QWidget, below: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._picture = (chart, *below)
        self._hint = ""
        self.table = ChartTable(chart.accessibleName())
        self.told = lettered(self, "", role="soft")
        self.told.setMinimumHeight(self.told.fontMetrics().height() + 4)
        self.toggle = button("")
        self.toggle.clicked.connect(lambda: self.show_table(self.table.isHidden()))
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (*self._picture, self.table):
            column.addWidget(part)
        column.addLayout(foot)
        self.show_table(False)

    def show_table(self, wanted: bool) -> None:
        """Show the table in the picture's place, or the picture again."""
        self.table.setVisible(wanted)
        for part in self._picture:
            part.setVisible(not wanted)
        words = _("As a picture") if wanted else _("As a table")
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)

    def suggest(self, hint: str) -> None:
        """What to say as long as nothing is pointed at."""
        if self.told.text() == self._hint:
            self.told.setText(hint)
        self._hint = hint

    def tell(self, sentence: str) -> None:
        """Say what is pointed at; an empty sentence brings the hint back."""
        self.told.setText(sentence or self._hint)
