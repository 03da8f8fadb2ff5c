"""Everything there is to set, on pages and searched, each change told at once.

The agent answers each change with `{"do": "value", ...}` or `{"do": "fault", ...}`; it also tells what
somebody else changed.  `{"do": "days_off", ...}` is what a calendar file holds, `{"do": "front", "page"}`
asks for attention.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tray_agent.shell.words import _, ngettext
from tray_agent.ui import opening
from tray_agent.ui.lettering import button, lettered
from tray_agent.ui.look import scheme_palette
from tray_agent.ui.opening import Say
from tray_agent.ui.page import MARGIN, Page
from tray_agent.ui.settings.holidays_editor import HolidaysEditor
from tray_agent.ui.settings.setting_brief import DaysFound, Refusal, SettingsBrief, State
from tray_agent.ui.settings.setting_controls import described
from tray_agent.ui.settings.setting_field import Card, Field
from tray_agent.ui.settings.switch import ChoiceBox
from tray_agent.ui.settings.tab_order import follow_reading

HEIGHT = 620
STRIP_BELOW = 680
"""Narrower than this, the pages are a box above instead of a list at the side."""

SAFETY_PAGE, SCHEME = "movement", "appearance.scheme"


class SettingsWindow(Page):
    """Shows the brief's settings and hands over each change."""

    WIDTH = 860

    def __init__(self, brief: SettingsBrief, say: Say) -> None:
        super().__init__(brief.title, say)
        self._brief = brief
        self.fields = {entry.key: Field(entry) for entry in brief.entries}
        self._cards: dict[str, list[Card]] = {group.name: [] for group in brief.groups}
        self._heads: dict[str, QLabel] = {}
        self.search = QLineEdit()
        self.list, self.strip = QListWidget(), ChoiceBox()
        self._nothing = lettered(self, "", 1.05, role="soft")
        self._frame_pages()  # before they are filled: whatever moves is given its looks again
        self._fill_pages()
        self._connect()
        self._go_to(brief.page or brief.groups[0].name)

    def appear(self) -> None:
        """Show the window, ready to go on where the person was."""
        super().appear()
        if self._brief.focus in self.fields:
            self.fields[self._brief.focus].take_focus()
        else:
            self._take_focus()

    def told(self, message: dict[str, Any]) -> None:
        """What became of a change, or what somebody else has changed."""
        match message.get("do"):
            case "value":
                self._show_state(msgspec.convert(message, State))
            case "fault":
                self.fields[message["key"]].refuse(msgspec.convert(message, Refusal))
            case "days_off":
                self._holidays().take_over.show_found(msgspec.convert(message, DaysFound))
            case "front":
                self._come_forward(message["page"])
            case _:
                pass

    def wanted_height(self, width: int) -> int:
        """The same for every page."""
        return HEIGHT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of the room there is."""
        super().resizeEvent(event)
        narrow = event.size().width() < STRIP_BELOW
        chosen_from = self.focusWidget() in {self.list, self.strip}
        for part in (self.list, self._gap):
            part.setVisible(not narrow)
        self.strip.setVisible(narrow)
        for field in self.fields.values():
            field.arrange(narrow=narrow)
        if chosen_from:
            self._take_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and its return, through all there is by now."""
        follow_reading(self)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the search first, then the window."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed last is told before the window goes."""
        for field in self.fields.values():
            field.control.flush()
        super().closeEvent(event)

    def _fill_pages(self) -> None:
        for group in self._brief.groups:
            self._heads[group.name] = lettered(self, group.title, 1.5)
            self.column.addWidget(self._heads[group.name])
            for field in self.fields.values():
                if field.entry.group == group.name:
                    self._add(group.name, field)
            if group.name == SAFETY_PAGE:
                self._add(group.name, self._safety())
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)

    def _add(self, group: str, card: Card) -> None:
        card.words = f"{card.words} {self._heads[group].text().casefold()}"
        self._cards[group].append(card)
        self.column.addWidget(card)

    def _safety(self) -> Card:
        card = Card(
            _("Health and safety"),
            _("What you told the safety check is no setting: it is kept with your history and nowhere else."),
        )
        check = button(_("Safety check …"))
        check.clicked.connect(lambda: self.say({"event": "safety"}))
        card.place(check, beside=False)
        return card

    def _frame_pages(self) -> None:
        """The search above, the list of pages at the side, or as a box where there is no room for it."""
        for group in self._brief.groups:
            self.list.addItem(group.title)
            self.strip.addItem(group.title, group.name)
        self.search.setPlaceholderText(_("Search settings"))
        self.search.setClearButtonEnabled(True)
        for pages in (self.list, self.strip):
            pages.setAccessibleName(_("Pages"))
        self.list.setObjectName("pages")
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 44)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        above, top = QWidget(), QHBoxLayout()
        above.setObjectName("page")
        above.setLayout(top)
        top.setContentsMargins(MARGIN, 18, MARGIN, 6)
        top.addWidget(self.strip)
        top.addWidget(self.search, 1)
        middle, side = QWidget(), QHBoxLayout()
        middle.setObjectName("page")
        middle.setLayout(side)
        side.setSpacing(0)
        body = self.centralWidget()
        assert body is not None
        whole = body.layout()
        assert isinstance(whole, QVBoxLayout)
        self._scroller: QScrollArea = self.findChildren(QScrollArea)[0]
        whole.removeWidget(self._scroller)
        self._gap = QWidget()
        self._gap.setFixedWidth(MARGIN - 12)
        side.addWidget(self._gap)
        side.addWidget(self.list)
        side.addWidget(self._scroller, 1)
        whole.insertWidget(0, above)
        whole.insertWidget(1, middle, 1)
        self.column.setContentsMargins(MARGIN, 10, MARGIN, 10)

    def _connect(self) -> None:
        for field in self.fields.values():
            field.chosen.connect(lambda key, value: self.say({"event": "set", "key": key, "value": value}))
            field.reset.connect(lambda key: self.say({"event": "reset", "key": key}))
        self._holidays().asked.connect(lambda path: self.say({"event": "ics", "path": path}))
        self.search.textChanged.connect(lambda _text: self._show_cards())
        self.list.currentRowChanged.connect(self._turn_to)
        self.list.itemClicked.connect(lambda item: self._turn_to(self.list.row(item)))
        self.strip.activated.connect(self._turn_to)
        for keys in (QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")):
            QShortcut(keys, self).activated.connect(self.search.setFocus)
        file = button(_("Settings file …"), role="quiet")
        file.clicked.connect(lambda: self.say({"event": "file"}))
        self.foot.insertWidget(0, file)
        self.add_close()

    def _holidays(self) -> HolidaysEditor:
        return next(f.control for f in self.fields.values() if isinstance(f.control, HolidaysEditor))

    def _show_state(self, state: State) -> None:
        self.fields[state.key].show_state(state)
        # What the desktop itself looks like, only a new window can find out: the agent opens one.
        if state.key == SCHEME and state.value != "system":
            QApplication.setStyle("fusion")
            QApplication.setPalette(scheme_palette(state.value))

    def _come_forward(self, page: str) -> None:
        if page:
            self._go_to(page)
            self._take_focus()
        self.raise_()
        self.activateWindow()

    def _take_focus(self) -> None:
        (self.strip if self.list.isHidden() else self.list).setFocus()

    def _go_to(self, page: str) -> None:
        names = [group.name for group in self._brief.groups]
        self._turn_to(names.index(page))

    def _turn_to(self, at: int) -> None:
        """Show this page; whoever turns to a page has found what they searched."""
        for pages in (self.list, self.strip, self.search):
            pages.blockSignals(True)
        self.list.setCurrentRow(at)
        self.strip.setCurrentIndex(at)
        self.search.clear()
        for pages in (self.list, self.strip, self.search):
            pages.blockSignals(False)
        self._show_cards()
        self._scroller.verticalScrollBar().setValue(0)

    def _show_cards(self) -> None:
        wanted = self.search.text().casefold().split()
        row, found = max(self.list.currentRow(), 0), 0
        page = self._brief.groups[row].name
        self.list.item(row).setSelected(not wanted)
        for name, cards in self._cards.items():
            shown = [card for card in cards if (card.matches(wanted) if wanted else name == page)]
            found += len(shown)
            self._heads[name].setVisible(bool(shown))
            for card in cards:
                card.setVisible(card in shown)
        self._nothing.setText(_('Nothing matches "{text}".').format(text=self.search.text().strip()))
        self._nothing.setVisible(not found)
        told = (
            self._nothing.text() if not found else ngettext("{n} found", "{n} found", found).format(n=found)
        )
        described(self.search, _("Search settings"), told if wanted else "")


def main() -> int:
    """Show the settings until the window is closed."""
    return opening.run("settings", SettingsBrief, SettingsWindow)
