"""A setting on its page: title, help, control, and under them what is wrong, who decided, the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tray_agent.shell.words import _
from tray_agent.ui.lettering import BOLD, button, lettered, literal
from tray_agent.ui.settings.holidays_editor import HolidaysEditor
from tray_agent.ui.settings.hours_editor import HoursEditor
from tray_agent.ui.settings.setting_brief import Entry, Refusal, State
from tray_agent.ui.settings.setting_controls import Control, Number, OnOff, Pick, Text

BESIDE = 260
"""A control has so much room beside its words at most, else it stands under them."""

LONGEST_LINK = 60


def control_for(entry: Entry) -> Control:
    """The control for this kind of setting."""
    match entry.type:
        case "bool":
            return OnOff()
        case "int":
            return Number(entry)
        case "enum":
            return Pick(entry)
        case "text":
            return Text()
        case "hours":
            return HoursEditor()
        case "holidays":
            return HolidaysEditor()


class Card(QFrame):
    """Words on a card, with room for something beside or below them."""

    def __init__(self, title: str, description: str) -> None:
        super().__init__()
        self.setProperty("role", "setting")
        self.title: QLabel = lettered(self, title, 1.05, BOLD)
        self.help: QLabel = lettered(self, description, role="soft")
        self.words = f"{title} {description}".casefold()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(16, 12, 16, 12)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(0, 1)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addWidget(self.help)
        self.grid.addLayout(text, 0, 0)

    def matches(self, wanted: list[str]) -> bool:
        """Whether each of these words occurs in what the card says."""
        return all(word in self.words for word in wanted)

    def place(self, part: QWidget, *, beside: bool, wide: bool = False) -> None:
        """Put the part where it has room."""
        self.grid.removeWidget(part)
        if beside:
            self.grid.addWidget(part, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self.grid.addWidget(part, 1, 0, 1, 2, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)


class Field(Card):
    """One setting; `chosen(key, value)` and `reset(key)` tell what the person wants."""

    chosen = Signal(str, object)
    reset = Signal(str)

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.title, entry.help)
        self.entry = entry
        self.words = " ".join([self.words, *(option.words.casefold() for option in entry.choices)])
        self.control = control_for(entry)
        self.control.chosen.connect(lambda value: self.chosen.emit(entry.key, value))
        self.title.setBuddy(self.control.target())
        self._fault: QLabel = lettered(self, "", role="fault")
        self._reason: QLabel = lettered(self, "", role="soft")
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._link = self._make_link()
        self._reset = self._make_reset()
        for at, part in enumerate((self._fault, self._reason, self._link, self._reset), 2):
            self.grid.addWidget(part, at, 0, 1, 2, _start(part))
        self.arrange(narrow=False)
        self.refuse(Refusal(entry.key, ""))
        self.show_state(entry)

    def show_state(self, state: State) -> None:
        """Show what is in force, unless the person is typing something else just now."""
        if not self.control.busy() or state.managed:
            self.control.show_value(state.value)
            self.refuse(Refusal(state.key, ""))
        self.control.setEnabled(not state.managed)
        self._reason.setText(state.reason)
        self._reason.setVisible(bool(state.reason))
        self._link.setText(literal(_cut(state.link)))
        self._link.setAccessibleName(state.link)
        self._link.setVisible(bool(state.link))
        had_focus = self._reset.hasFocus()
        self._reset.setVisible(not (state.is_default or state.managed))
        if had_focus:
            self.control.target().setFocus()
        self._tell_ears()

    def refuse(self, refusal: Refusal) -> None:
        """Say why a change was not kept; an empty sentence takes it back."""
        self._fault.setText(refusal.sentence)
        self._fault.setVisible(bool(refusal.sentence))
        self.control.show_faults(refusal.faults)
        self._tell_ears()

    def arrange(self, *, narrow: bool) -> None:
        """Put the control beside its words or below them."""
        control, policy = self.control, QSizePolicy.Policy
        fits = control.sizeHint().width() <= BESIDE and not narrow
        beside = self.entry.type == "bool" or (fits and not control.WIDE)
        # Words wrap; what stands beside them must not be squeezed.
        control.setSizePolicy(policy.Fixed if beside else policy.Preferred, policy.Preferred)
        self.place(control, beside=beside, wide=control.WIDE)

    def take_focus(self) -> None:
        """Let the person go on here."""
        self.control.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_link(self) -> QPushButton:
        """Where to ask the organisation; the desktop's own browser or mail program opens it."""
        made = button("", role="quiet")
        made.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(made.accessibleName())))
        return made

    def _make_reset(self) -> QPushButton:
        words = _("Reset to: {default}").format(default=self.entry.default)
        made = button(words, role="quiet")
        made.setAccessibleName(
            _("{title}: reset to {default}").format(title=self.entry.title, default=self.entry.default)
        )
        made.clicked.connect(lambda: self.reset.emit(self.entry.key))
        return made

    def _tell_ears(self) -> None:
        said = (self._fault.text(), self.entry.help, self._reason.text())
        self.control.describe(self.entry.title, " ".join(words for words in said if words))


def _start(part: QWidget) -> Qt.AlignmentFlag:
    """Labels take the whole width, a button what it needs."""
    return Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0)


def _cut(link: str) -> str:
    """As much of it as a page has room for."""
    return link if len(link) <= LONGEST_LINK else f"{link[: LONGEST_LINK - 1]}…"
