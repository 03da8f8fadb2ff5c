"""What to do, in words: what is needed, the steps to follow, cautions, tips, the source."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tray_agent.shell.words import _, in_a_row
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.lettering import BOLD, lettered

SCROLL_KEYS = {key.value for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)}


class StepPage(QScrollArea):
    """Shows one step; scrolls with the arrow keys when the window is small or the type large."""

    def __init__(self) -> None:
        super().__init__()
        self._step: Step | None = None
        self._factor = 1.0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("What to do now"))

    def write(self, factor: float) -> None:
        """Write everything `factor` times as large as the page's font."""
        if factor != self._factor:
            self._factor = factor
            self._fill()

    def show_step(self, step: Step) -> None:
        """Replace the page by this step's; another set or side of the same leaves it where it is."""
        before, self._step = self._step, step
        if before is None or before.exercise != step.exercise or before.text != step.text:
            self.setAccessibleDescription(" ".join(step.text))
            self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that scroll; the others mean the routine."""
        if event.key() in SCROLL_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _fill(self) -> None:
        step = self._step
        if step is None:
            return
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(round(6 * self._factor))
        if step.equipment:
            helps = _("What helps: {things}").format(things=in_a_row(step.equipment))
            column.addWidget(self._label(helps, 1.05, role="soft"))
            column.addSpacing(round(4 * self._factor))
        column.addLayout(self._list(step.text))
        self._section(column, _("Take care"), step.cautions)
        self._section(column, _("Tips"), step.cues)
        column.addStretch(1)
        if step.source:
            column.addSpacing(10)
            column.addWidget(self._label(_("Source: {source}").format(source=step.source), 0.85, role="soft"))
        self.setWidget(page)

    def _list(self, text: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(round(7 * self._factor))
        grid.setColumnStretch(1, 1)
        for row, sentence in enumerate(text):
            number = self._label(f"{row + 1}", 1.25, bold=True, role="number")
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(sentence, 1.25), row, 1)
        return grid

    def _section(self, column: QVBoxLayout, heading: str, sentences: tuple[str, ...]) -> None:
        if not sentences:
            return
        column.addSpacing(round(10 * self._factor))
        column.addWidget(self._label(heading, 1.0, bold=True, role="soft"))
        for sentence in sentences:
            column.addWidget(self._label(sentence, 1.15))

    def _label(self, text: str, size: float, *, bold: bool = False, role: str = "") -> QLabel:
        weight = BOLD if bold else BOLD.Normal
        return lettered(self, text, size * self._factor, weight, role)
