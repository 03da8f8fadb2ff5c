"""The first thing people see: what this is, what it never does, and three choices that can be changed later.

Says `{"event": "chosen", "values": {key: value}, "safety": true or false}` on Start, with the settings
each choice stands for; `safety` when the safety check is to follow.  Skipping says nothing but `ended`.
A later `{"sentence": ...}` tells why the choices could not be kept; the window stays.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from tray_agent.shell.words import _
from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.lettering import BOLD, button, lettered
from tray_agent.ui.opening import Say
from tray_agent.ui.welcome.cards import Cards, ChoiceCard
from tray_agent.ui.welcome.leaves import Leaves
from tray_agent.ui.welcome.promises import Promises
from tray_agent.ui.welcome.stepper import Stepper
from tray_agent.ui.welcome.welcome_picture import Scene, WelcomePicture

NARROW, WIDE = 200, 270
"""What a card needs, with few words or with many."""

ROOM_FOR_PICTURES = 420


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: the settings it stands for, and whether it is the one in force.

    `safety`: whoever chooses it wants to do the safety check next; `breaks`: how many a day it aims at.
    """

    title: str
    lines: tuple[str, ...]
    values: dict[str, Any]
    chosen: bool = False
    safety: bool = False
    breaks: int = 0


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked; `fixed` says why it cannot be answered, where it cannot."""

    title: str
    line: str
    options: tuple[Option, ...]
    fixed: str = ""


class WelcomeBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What it does and never does, the questions, and where to find it afterwards.

    `stands`: whether the person can be shown somebody getting up; `tray`: whether there is an icon.
    """

    does: tuple[str, ...]
    never: tuple[str, ...]
    intensity: Question
    hours: Question
    floor: Question
    where: tuple[str, ...]
    stands: bool = True
    tray: bool = True

    @property
    def title(self) -> str:
        """The window speaks for itself."""
        return _("Welcome to Tray Agent")


class Asked:
    """A question with its cards."""

    def __init__(self, question: Question, least_width: int) -> None:
        self.question = question
        self.cards = [ChoiceCard(option.title, option.lines) for option in question.options]
        self.group = Cards(self.cards, least_width)
        self.group.setAccessibleName(question.title)
        for option, card in zip(question.options, self.cards, strict=True):
            card.setChecked(option.chosen)
            card.setEnabled(not question.fixed)

    def answer(self) -> Option | None:
        """What was chosen, if there was a choice."""
        if self.question.fixed:
            return None
        pairs = zip(self.question.options, self.cards, strict=True)
        return next((option for option, card in pairs if card.isChecked()), None)


class WelcomeWindow(Leaves):
    """Leads through the pages; nothing is kept before Start."""

    WIDTH = 760

    def __init__(self, brief: WelcomeBrief, say: Say) -> None:
        super().__init__(brief.title, say)
        self._pictures: list[WelcomePicture] = []
        self._intensity = Asked(brief.intensity, NARROW)
        self._hours = Asked(brief.hours, WIDE)
        self._floor = Asked(brief.floor, NARROW)
        self._lay_out_what(brief)
        self._lay_out_intensity(brief.intensity)
        self._ask(self.add_leaf(brief.hours.title), self._hours, self._floor)
        self._lay_out_where(brief)
        self._lay_out_foot()
        self.turn_to(0)
        self.next.setFocus()

    def told(self, message: dict[str, Any]) -> None:
        """The choices could not be kept."""
        self._trouble.setText(message["sentence"])
        self._trouble.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for words alone."""
        super().resizeEvent(event)
        for picture in self._pictures:
            picture.setVisible(self.height() >= ROOM_FOR_PICTURES)

    def turn_to(self, number: int) -> None:
        """Show this page, and what can be done on it."""
        super().turn_to(number)
        last = number == self._stepper.steps - 1
        self._stepper.show_step(number)
        self.back.setVisible(number > 0)
        self.next.setText(_("Start") if last else _("Next"))
        self._trouble.hide()

    def go_on(self) -> None:
        """The next page, or the end."""
        if self.leaf < self._stepper.steps - 1:
            self.turn_to(self.leaf + 1)
            return
        answers = [asked.answer() for asked in (self._intensity, self._hours, self._floor)]
        given = [answer for answer in answers if answer is not None]
        values = {key: value for answer in given for key, value in answer.values.items()}
        self.say({"event": "chosen", "values": values, "safety": any(answer.safety for answer in given)})

    def _lay_out_what(self, brief: WelcomeBrief) -> None:
        leaf = self.add_leaf(brief.title)
        if brief.stands:
            self._add_picture(leaf, WelcomePicture(Scene.GET_UP))
        _heading(leaf, self, brief.title, 1.7)
        leaf.addWidget(Promises(_("What it does"), brief.does, _("What it never does"), brief.never))
        leaf.addStretch(1)

    def _lay_out_intensity(self, question: Question) -> None:
        leaf = self.add_leaf(question.title)
        picture = WelcomePicture(Scene.DAY, [option.breaks for option in question.options])
        for number, card in enumerate(self._intensity.cards):
            card.clicked.connect(lambda _on, number=number: picture.choose(number))
            if card.isChecked():
                picture.choose(number)
        self._add_picture(leaf, picture)
        self._ask(leaf, self._intensity)

    def _add_picture(self, leaf: QVBoxLayout, picture: WelcomePicture) -> None:
        self._pictures.append(picture)
        leaf.addWidget(picture)

    def _ask(self, leaf: QVBoxLayout, *questions: Asked) -> None:
        for asked in questions:
            first = asked is questions[0]
            if not first:
                leaf.addSpacing(12)
            _heading(leaf, self, asked.question.title, 1.7 if first else 1.15)
            leaf.addWidget(lettered(self, asked.question.line, 1.05, role="soft"))
            if asked.question.fixed:
                leaf.addWidget(lettered(self, asked.question.fixed, 1.0, role="card"))
            leaf.addSpacing(2)
            leaf.addWidget(asked.group)
        leaf.addStretch(1)

    def _lay_out_where(self, brief: WelcomeBrief) -> None:
        title = _("That is all")
        leaf = self.add_leaf(title)
        if brief.tray:
            self._add_picture(leaf, WelcomePicture(Scene.TRAY))
        _heading(leaf, self, title, 1.7)
        for line in brief.where:
            leaf.addWidget(lettered(self, line, 1.1))
        leaf.addStretch(1)

    def _lay_out_foot(self) -> None:
        self._stepper = Stepper(4)
        self._trouble = lettered(self, "", role="fault")
        self._trouble.hide()
        self.skip = button(_("Skip"))
        self.back = button(_("Back"))
        self.next = button(_("Next"), role="main")
        self.skip.clicked.connect(self.leave)
        self.back.clicked.connect(lambda: self.turn_to(self.leaf - 1))
        self.next.clicked.connect(self.go_on)
        self.foot.insertWidget(0, self._stepper)
        self.foot.insertWidget(1, self._trouble, 1)
        for each in (self.skip, self.back, self.next):
            self.foot.addWidget(each)


def _heading(leaf: QVBoxLayout, page: WelcomeWindow, text: str, size: float) -> None:
    leaf.addWidget(lettered(page, text, size, BOLD))


def main() -> int:
    """Show the welcome until it is closed."""
    return opening.run("welcome", WelcomeBrief, WelcomeWindow)
