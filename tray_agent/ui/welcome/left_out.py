"""The exercises that are left out because something hurt, each to be offered again if the person likes."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.lettering import button, lettered


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exercise by its id, and what people call it."""

    id: str
    title: str


class Row(QWidget):
    """One exercise; `offered` once the person wants it back."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise
        self.offered = False
        self._title: QLabel = lettered(self, exercise.title, 1.05)
        self._title.setAlignment(self._title.alignment() | Qt.AlignmentFlag.AlignVCenter)
        self.turn: QPushButton = button("")
        self.turn.clicked.connect(lambda: self._offer(offered=not self.offered))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._title, 1)
        line.addWidget(self.turn)
        self._offer(offered=False)

    def _offer(self, *, offered: bool) -> None:
        self.offered = offered
        words = _("{exercise}: will be offered again") if offered else "{exercise}"
        self._title.setText(words.format(exercise=self.exercise.title))
        self.turn.setText(_("Leave it out") if offered else _("Offer it again"))
        named = _("Leave out: {exercise}") if offered else _("Offer again: {exercise}")
        self.turn.setAccessibleName(named.format(exercise=self.exercise.title))


class LeftOut(QWidget):
    """Shows the exercises, or that there are none."""

    def __init__(self, exercises: tuple[Exercise, ...]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._none = lettered(
            self,
            _("None. Press “This hurts” during an exercise and it will not come again."),
            1.05,
            role="soft",
        )
        self._column.addWidget(self._none)
        self.show_exercises(exercises)

    def show_exercises(self, exercises: tuple[Exercise, ...]) -> None:
        """Show these; what was decided about those that stay is kept."""
        known = {row.exercise.id for row in self.rows}
        wanted = {exercise.id for exercise in exercises}
        for row in [row for row in self.rows if row.exercise.id not in wanted]:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
        for exercise in exercises:
            if exercise.id not in known:
                row = Row(exercise)
                self.rows.append(row)
                self._column.addWidget(row)
        self._none.setVisible(not self.rows)

    def again(self) -> list[str]:
        """The ids of the exercises to be offered again."""
        return [row.exercise.id for row in self.rows if row.offered]
