"""A page with a few words, perhaps a picture, and something to choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tray_agent.ui.breaks.break_buttons import Act, Buttons
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.drawn import Dial, Picture
from tray_agent.ui.breaks.figure_view import FigureView
from tray_agent.ui.breaks.proportions import Proportions
from tray_agent.ui.lettering import BOLD, lettered
from tray_agent.ui.look import Look, sized

HEADING, LINE, HINT = 2.1, 1.3, 0.95
TICK = "✓"


class Notice(QWidget):
    """Says `heading` and `lines`, and offers `acts`.

    With a `step` its figure stands beside them, still; without, everything is in the middle, under
    a tick when something was finished.
    """

    def __init__(
        self,
        look: Look,
        heading: str,
        lines: Sequence[str],
        acts: Sequence[Act],
        *,
        step: Step | None = None,
        ticked: bool = False,
    ) -> None:
        super().__init__()
        self.words = " ".join([heading, *lines])
        self._proportions: Proportions | None = None
        self._labels: list[tuple[QLabel, float]] = []
        self._tick = Dial(look) if ticked else None
        self._figure = FigureView(look, still=True) if step is not None else None
        self.buttons = Buttons(acts, ())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(" ".join(lines))
        self._words = QVBoxLayout()
        self._add(heading, HEADING)
        for line in lines:
            self._add(line, LINE)
        self._whole = self._arrange()
        if self._figure is not None and step is not None:
            self._figure.show_step(step)
        if self._tick is not None:
            self._tick.show_state(1.0, None, TICK)

    def hint(self, text: str) -> None:
        """Add a line in small type."""
        self._add(text, HINT)

    def sleep_awhile(self) -> None:
        """Do not hear buttons and keys for a second."""
        self.buttons.sleep_awhile()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key means something here."""
        return self.buttons.key(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Type and margins go with the size of the window."""
        self.fit(event.size())

    def fit(self, size: QSize) -> None:
        """Take the proportions that go with this size."""
        p = Proportions.of(size)
        if p != self._proportions:
            self._proportions = p
            self._take(p)

    def dye(self, look: Look) -> None:
        """Draw in other colours."""
        for picture in self.findChildren(Picture):
            picture.dye(look)

    def _take(self, p: Proportions) -> None:
        for label, factor in self._labels:
            label.setFont(
                sized(
                    self.font(), min(factor, p.largest) * p.type, BOLD if factor == HEADING else BOLD.Normal
                )
            )
        if self._tick is not None:
            self._tick.setFixedSize(p.dial, p.dial)
        self.setProperty("compact", p.compact)
        self.buttons.write(1.05 * p.type)
        self._words.setSpacing(p.gap // 2)
        self._whole.setSpacing(p.gap)
        self._whole.setContentsMargins(p.margin, p.margin, p.margin, p.margin)

    def _add(self, text: str, size: float) -> None:
        label = lettered(self, text, size, role="" if size == HEADING else "soft")
        if self._figure is None:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._labels.append((label, size))
        self._words.addWidget(label)

    def _arrange(self) -> QBoxLayout:
        whole = QHBoxLayout(self)
        if self._figure is not None:
            whole.addWidget(self._figure, 9)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._scrolling(), 1)
        beside.addLayout(self._foot())
        whole.addLayout(beside, 10)
        return whole

    def _foot(self) -> QHBoxLayout:
        """The buttons, in the middle where everything is."""
        around = 0 if self._figure is not None else 1
        self.buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        foot = QHBoxLayout()
        foot.addStretch(around)
        foot.addWidget(self.buttons, 1 - around)
        foot.addStretch(around)
        return foot

    def _scrolling(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        if self._tick is not None:
            column.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._words)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area
