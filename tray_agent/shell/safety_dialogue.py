"""The safety check as a conversation, and when it is offered unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import asdict

from tray_agent.core.model import Condition, Kind, Limits
from tray_agent.ports import Note, State, Windows
from tray_agent.shell import condition_words, contraindications
from tray_agent.shell.conversation import Failed, converse
from tray_agent.shell.safety_report import Report, as_report, limits_of
from tray_agent.shell.words import _, reviewed

SAFETY = "safety"
OPEN = "safety"
"""The key of the offer's button."""


class SafetyDialogue:
    """Opens the window and keeps what was answered.

    `limits()` is what the person said so far and `save(limits)` keeps what they say now; `title_of(id)`
    is what people call an exercise, or raises `KeyError`; `get_help()` shows the card with the red flags.
    """

    def __init__(
        self,
        windows: Windows,
        *,
        limits: Callable[[], Limits],
        save: Callable[[Limits], object],
        title_of: Callable[[str], str],
        get_help: Callable[[], object],
    ) -> None:
        self._windows = windows
        self._limits = limits
        self._save = save
        self._title_of = title_of
        self._get_help = get_help

    def open(self, failed: Failed) -> None:
        """Ask; `failed(reason)` when no window can be shown."""
        now = self._limits()
        sections = contraindications.sections(cleared=now.cleared, reviewed=reviewed())
        brief = {
            "sections": [asdict(section) for section in sections],
            "cleared": now.cleared,
            "conditions": [_told(condition, now) for condition in Condition],
            "hurt": self._hurt(),
        }
        converse(self._windows, SAFETY, brief, self._heard, failed)

    def refresh(self) -> None:
        """Let an open window show which exercises are left out by now."""
        self._windows.tell(SAFETY, {"hurt": self._hurt()})

    def answer(self, args: dict[str, Any]) -> Report:
        """The verb `safety`: tell the answers, after opening the window or taking answers from a terminal.

        `window` says whether there is one to answer in.  Raises `CommandError`.
        """
        window = False
        if args.get("open") is True:
            window = self._windows.health().state is not State.ABSENT
            if window:
                self.open(_nothing)
        elif "cleared" in args:
            self._save(condition_words.agreed(limits_of(args, self._limits().hurt)))
        return {**as_report(self._limits()), "window": window}

    def close(self) -> None:
        """Close the window; what was not saved is not kept."""
        self._windows.close(SAFETY)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["event"] == "help":
            self._get_help()
        elif message["event"] == "ended" and "cleared" in message:
            conditions = frozenset(Condition(name) for name in message["conditions"])
            # "This hurts" may have been pressed while the window was open.
            hurt = self._limits().hurt - frozenset(message["again"])
            self._save(condition_words.agreed(Limits(message["cleared"], conditions, hurt)))

    def _hurt(self) -> list[dict[str, str]]:
        hurt = [{"id": name, "title": self._title(name)} for name in self._limits().hurt]
        return sorted(hurt, key=lambda each: each["title"])

    def _title(self, name: str) -> str:
        try:
            return self._title_of(name)
        except KeyError:
            return name  # what hurt in another version of the program must still be taken back


def safety_offer_due(*, cleared: bool, offered_before: bool, gated: bool, kind: Kind) -> bool:
    """Whether to offer the check after a break of this kind, once in the life of a history.

    `gated`: there are exercises for which the person would have to be `cleared`.  No setting
    suppresses the offer: a break with a movement in it is the moment when the answer matters.
    """
    return gated and not cleared and not offered_before and kind is not Kind.STAND_UP


def offer() -> Note:
    """The offer: a note that asks for nothing, with a button that opens the check."""
    body = _(
        "There are more exercises, on the floor and harder ones. They stay off until you have done a short"
        " safety check; you find it in the menu at any time."
    )
    return Note(0, _("More exercises, if you like"), body, ((OPEN, _("Safety check")),))


def _nothing(_reason: str) -> None:
    """Whoever asked sits at a terminal and sees that no window came."""


def _told(condition: Condition, now: Limits) -> dict[str, Any]:
    return {
        "id": condition.value,
        "title": condition_words.title(condition),
        "line": condition_words.effect(condition),
        "on": condition in now.conditions,
        "bars": condition in condition_words.BARS,
    }
