"""What to do now, in words: the title, the side, the steps to follow, the cautions, the source."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tray_agent.core.model import Side
from tray_agent.shell.words import _, ngettext
from tray_agent.ui.brief import Step
from tray_agent.ui.drawn import SideMark
from tray_agent.ui.lettering import lettered
from tray_agent.ui.look import Look

IN_SECONDS_UP_TO = 90


class StepPage(QScrollArea):
    """Shows one step; scrolls with the arrow keys when the window is small or the type large."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What to do now"))

    def show_step(self, step: Step) -> None:
        """Replace the page by this step's."""
        column = self._new_page()
        column.addWidget(self._label(step.title, 1.9, QFont.Weight.DemiBold))
        if step.side is not None:
            column.addLayout(self._side(step.side))
        column.addSpacing(8)
        column.addLayout(self._list(step.text))
        if step.cautions:
            column.addSpacing(10)
            column.addWidget(self._label(_("Take care"), 1.1, QFont.Weight.DemiBold))
            for caution in step.cautions:
                column.addWidget(self._label(caution, 1.1))
        column.addStretch(1)
        if step.source:
            column.addWidget(self._label(_("Source: {source}").format(source=step.source), 0.85, role="soft"))

    def show_end(self) -> None:
        """Replace the page by a word of goodbye."""
        column = self._new_page()
        column.addStretch(1)
        column.addWidget(self._label(_("That is it."), 1.9, QFont.Weight.DemiBold))
        column.addWidget(self._label(_("Carry on whenever you like."), 1.25))
        column.addStretch(1)

    def _new_page(self) -> QVBoxLayout:
        page = QWidget()
        page.setObjectName("page")
        self.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        return column

    def _side(self, side: Side) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(SideMark(self.look, side))
        row.addWidget(self._label(side_words(side), 1.35, QFont.Weight.DemiBold, role="number"), 1)
        return row

    def _list(self, text: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for row, sentence in enumerate(text):
            number = self._label(f"{row + 1}", 1.3, QFont.Weight.DemiBold, role="number")
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(sentence, 1.3), row, 1)
        return grid

    def _label(
        self, text: str, size: float, weight: QFont.Weight = QFont.Weight.Normal, role: str = ""
    ) -> QLabel:
        return lettered(self, text, size, weight, role)


def side_words(side: Side) -> str:
    """The side as people say it."""
    return _("Left side") if side is Side.LEFT else _("Right side")


def brief_words(step: Step) -> str:
    """The step in one phrase: what, which side, how much."""
    if step.reps:
        much = ngettext("{n} time", "{n} times", step.reps).format(n=step.reps)
    else:
        much = duration_words(step.seconds)
    side = [] if step.side is None else [side_words(step.side).lower()]
    return ", ".join([step.title, *side, much])


def duration_words(seconds: float) -> str:
    """A duration as people say it: seconds up to a minute and a half, then whole minutes."""
    if seconds <= IN_SECONDS_UP_TO:
        n = round(seconds)
        return ngettext("{n} second", "{n} seconds", n).format(n=n)
    n = round(seconds / 60)
    return ngettext("{n} minute", "{n} minutes", n).format(n=n)
