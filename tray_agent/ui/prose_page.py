"""A page that is mostly text."""

from __future__ import annotations

from tray_agent.ui.opening import Say
from tray_agent.ui.page import Page
from tray_agent.ui.prose import Prose, Section


class ProsePage(Page):
    """A title and sections under it, in a window high enough for all of them where the screen is."""

    def __init__(self, title: str, sections: tuple[Section, ...], say: Say) -> None:
        super().__init__(title, say)
        self.heading(title)
        self.prose = Prose()
        self.prose.setAccessibleName(title)
        self.prose.write(sections)
        self.column.addWidget(self.prose, 1)
        self.prose.setFocus()

    def wanted_height(self, width: int) -> int:
        """Room for the whole text."""
        margins = self.column.contentsMargins()
        text = self.prose.height_for(width - margins.left() - margins.right())
        return super().wanted_height(width) - self.prose.sizeHint().height() + text
