"""Finding the person's own session in logind.

It is the one that `XDG_SESSION_ID` names or, for a program that systemd started for the person and
not for a session, the one on the person's display.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, Message, Properties

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import NO_REPLY, Body, Refusal, method
from tray_agent.ports import Loop

LOGIND = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", LOGIND, f"{LOGIND}.Manager")
USER, SESSION = f"{LOGIND}.User", f"{LOGIND}.Session"

RETRY_S = 15.0

Found = Callable[[str, dict[str, Any]], object]


class SessionSearch:
    """Looks for the session when told to; `found(path, properties)` hears of it, `without(why)` of none.

    `session_id` is what the environment says, empty when it says nothing.
    """

    def __init__(
        self, loop: Loop, bus: Bus, session_id: str, found: Found, without: Callable[[str], object]
    ) -> None:
        self._loop = loop
        self._bus = bus
        self._id = session_id
        self._found = found
        self._none = without
        self._number = 0

    def begin(self) -> None:
        """Look from the beginning; what earlier searches still hear is void."""
        self._number += 1
        if self._id:
            question = method(MANAGER, "GetSession", "s", self._id)
            self._ask(
                question, "o", lambda path: self._describe(path, self._ask_for_user), self._ask_for_user
            )
        else:
            self._ask_for_user()

    def look_again(self, path: str) -> None:
        """Ask only how the session that was found is now, unless it is gone."""
        self._number += 1
        self._describe(path, self.begin)

    def stop(self) -> None:
        """Neither of the two calls is made any more, until the next search."""
        self._number += 1

    def _ask_for_user(self) -> None:
        # GetSessionByPID would know nothing of a program that systemd started for the person.
        self._ask(method(MANAGER, "GetUser", "u", os.getuid()), "o", self._ask_for_display, self._without)

    def _ask_for_display(self, user: str) -> None:
        question = Properties(DBusAddress(user, LOGIND, USER)).get("Display")
        self._ask(question, "v", self._displayed, self._without)

    def _displayed(self, display: Any) -> None:
        match display:
            case "(so)", (str(name), str(path)) if name:
                self._describe(path, self._without)
            case _:
                self._without()

    def _describe(self, path: str, or_else: Callable[[], object]) -> None:
        def described(session: dict[str, Any]) -> None:
            if _is_ours(session):
                self._found(path, session)
            else:
                or_else()

        self._ask(Properties(DBusAddress(path, LOGIND, SESSION)).get_all(), "a{sv}", described, or_else)

    def _without(self) -> None:
        self._none("logind knows no session on a display")

    def _ask(
        self,
        question: Message,
        signature: str,
        answered: Callable[[Any], object],
        or_else: Callable[[], object],
    ) -> None:
        """Ask within the search that is on; a logind too busy to answer is asked again later."""
        number = self._number

        def reply(body: Body) -> None:
            if number == self._number:
                answered(body[0])

        def failed(refusal: Refusal) -> None:
            if number != self._number:
                return
            if refusal is NO_REPLY:
                self._none("logind does not answer")
                self._loop.call_later(RETRY_S, lambda: self.begin() if number == self._number else None)
            else:
                or_else()

        self._bus.call(question, reply, failed, signature=signature)


def _is_ours(session: dict[str, Any]) -> bool:
    """Whether a person sits at this session, and it is the one we run for.

    What systemd starts for the person may have inherited the id of the "manager" session instead.
    """
    match session.get("User"), session.get("Class"):
        case ("(uo)", (int(uid), _)), ("s", str(kind)):
            return uid == os.getuid() and kind.startswith("user")
        case _:
            return False
