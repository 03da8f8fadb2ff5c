"""Notification services as they introduce themselves, what they are told, and where some are odd.

An oddity is known by the service's own name and was seen in the version named beside it.
"""

from __future__ import annotations

from msgspec import Struct

from tray_agent.platforms.linux.exported import plain
from tray_agent.platforms.linux.messages import Body
from tray_agent.platforms.note_text import without_buttons
from tray_agent.ports import Note

APP, APP_NAME = "org.trayagent.TrayAgent", "Tray Agent"
EXPIRED, CLOSED_BY_PERSON = 1, 2
NEVER_EXPIRES, AT_ONCE_MS, READING_TIME_MS = 0, 1, 120_000
MATE = ("Notification Daemon", "MATE")
GNOME = ("Notification Daemon", "GNOME")


class NoteService(Struct, frozen=True):
    """One service: its answers to GetServerInformation and GetCapabilities."""

    name: str
    vendor: str
    version: str
    features: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def buttons(self) -> bool:
        """Whether it takes answers; some of these draw no buttons but a menu."""
        return "actions" in self.features

    @property
    def hides_buttons(self) -> bool:
        """Whether the answers it takes cannot be seen on the note: only a click on the whole of it."""
        return self.name == "mako"  # 1.7; a right click dismisses, `makoctl menu` offers the rest

    def dismissed(self, why: int) -> bool:
        """Whether a note that was closed with this reason was closed by the person."""
        if (self.name, self.vendor) == MATE:
            # 1.26 says of a note closed by its cross that it expired; by itself it lets no question expire.
            return why in (EXPIRED, CLOSED_BY_PERSON)
        return why == CLOSED_BY_PERSON

    @property
    def forgets_to_clear(self) -> bool:
        """Whether a note that is closed stays on the screen; one that expires does go."""
        return (self.name, self.vendor) == GNOME  # 3.20

    def arguments(self, note: Note, replaces: int, icon: str) -> Body:
        """The note as Notify takes it."""
        seen = self.buttons and not self.hides_buttons
        body = plain(note.body if seen else without_buttons(note))
        if "body-markup" in self.features:
            body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        # The first pair is a click on the note itself; its label is for services that draw one.
        actions = [part for pair in (("default", ""), *note.actions) for part in map(plain, pair)]
        hints = {
            "urgency": ("y", 1),
            "desktop-entry": ("s", APP),
            "category": ("s", "x-trayagent.prompt"),
            "transient": ("b", False),
        }
        if note.picture is not None:
            hints["image-path"] = ("s", note.picture.as_uri())
        # Only what can be answered in place stays; notify-osd, without buttons, would make a window that
        # waits for an OK out of a note that never expires.
        lifetime_ms = NEVER_EXPIRES if self.buttons and note.actions else READING_TIME_MS
        title, buttons = plain(note.title), actions if self.buttons else []
        return APP_NAME, replaces, icon, title, body, buttons, hints, lifetime_ms


def last_words(number: int) -> Body:
    """A note, as Notify takes it, in place of `number` that is gone before anybody could read it."""
    return APP_NAME, number, "", APP_NAME, "", [], {"transient": ("b", True)}, AT_ONCE_MS
