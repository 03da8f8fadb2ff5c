"""What the agent needs from the outside world, as Protocols.

Every adapter is driven by the agent's one loop: its callbacks run there, none blocks longer than
a second, and one that cannot work here says so by raising `Unavailable` from its constructor.
Adapters count real seconds and know nothing of the engine's axis.

One file because whoever writes an adapter wants all that the agent expects of it in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct, field

from tray_agent.core.model import Signal


class Unavailable(Exception):
    """This mechanism cannot work here; the message says why, in one clause.

    `permission` is what the system would have to allow for it, as in `Health`.
    """

    def __init__(self, why: str = "", permission: str | None = None) -> None:
        super().__init__(why)
        self.permission = permission


class State(StrEnum):
    """Health of a sensor or a service."""

    OK = "ok"
    DEGRADED = "degraded"
    LOST = "lost"
    DENIED = "denied"
    ABSENT = "absent"
    OFF = "off"


class Health(Struct, frozen=True):
    """How one part of the outside world is doing: `name` of the role, `source` the mechanism.

    `value` is what a sensor said last, such as `on`; `permission` what the system must allow for it and
    whether it does, such as `Input Monitoring: not asked`, None where it needs none.
    """

    name: str
    state: State
    source: str | None = None
    reason: str | None = None
    value: str | None = None
    permission: str | None = None


class Advice(Struct, frozen=True):
    """What helps on one system where a part is not well: sentences to be looked up by `words._`.

    `by_reason` has the name of a part, a clause of its reason and the sentence; `by_state` a sentence
    by name and state.  What is not in them is the same on every system.
    """

    by_reason: tuple[tuple[str, str, str], ...] = ()
    by_state: Mapping[tuple[str, State], str] = field(default_factory=dict)


class Timer(Protocol):
    """A call that is due later."""

    def cancel(self) -> None:
        """Forget the call; harmless when it was made already."""


class Loop(Protocol):
    """The one thread on which the agent lives."""

    def call_soon(self, call: Callable[[], object]) -> bool:
        """Make the call on the loop, from whatever thread; False, and nothing else, once it is closed."""

    def call_later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Make the call on the loop once `seconds` real seconds have passed."""

    def watch(self, fd: int, ready: Callable[[], object]) -> None:
        """Call `ready` whenever `fd` can be read."""

    def unwatch(self, fd: int) -> None:
        """Stop watching `fd`; harmless when it was not watched."""


class IdleCounter(Protocol):
    """The system's own count of seconds since the last input; it never sees what was typed.

    `doubt` says in a clause why it may be wrong just now, None where there is no reason to.
    """

    name: str
    doubt: str | None

    def idle_s(self) -> float:
        """Seconds since the last input; raises `Unavailable` when the counter is gone."""

    def watch(self, pause_s: float, edge: Callable[[bool, float], object]) -> None:
        """Report edges from now on: `edge(False, idle_s)` when input has paused for `pause_s`,
        `edge(True, 0.0)` at the first input after that.  Replaces the watch before it.
        """

    def close(self) -> None:
        """Let go of the system; safe to call twice."""


class Listener(Protocol):
    """A content-blind listener: it can tell that there was input, and nothing else; `doubt` as above."""

    name: str
    doubt: str | None

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next input, then fall silent until armed again."""

    def disarm(self) -> None:
        """Fall silent now."""

    def alive(self) -> bool:
        """Whether an armed listener would hear the next input."""

    def close(self) -> None:
        """End the listener and its thread; safe to call twice."""


class Face(Struct, frozen=True):
    """What the tray icon shows.

    `look` is one of `sitting`, `prompt`, `paused`, `standing`, `quiet`, `unknown`; `progress`
    (0 to 1, in sixteenths) fills the ring; `title` is the tooltip.
    """

    look: str
    progress: float
    title: str


class Entry(Struct, frozen=True):
    """A menu entry; one with `children` is a submenu, one with an empty `label` a separator."""

    label: str
    action: Callable[[], object] | None = None
    checked: bool | None = None
    radio: bool = False
    default: bool = False
    children: tuple[Entry, ...] = ()


class Picture(Protocol):
    """A square picture."""

    def tobytes(self) -> bytes:
        """Its pixels from the upper left corner on: red, green, blue and alpha of each, a byte a piece."""


class Tray(Protocol):
    """The icon in the panel.  Built with a function that makes the menu when it is opened."""

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""

    def health(self) -> Health:
        """Which host shows the icon, or why none does."""

    def close(self) -> None:
        """Take the icon away."""


class Note(Struct, frozen=True):
    """A prompt in words, with its buttons as (key, label) and perhaps the file of a picture."""

    prompt: int
    title: str
    body: str
    actions: tuple[tuple[str, str], ...]
    picture: Path | None = None


class Notifier(Protocol):
    """Shows one note at a time.

    Built with `answered(prompt, key)`, called with a button's key, `default` for a click on the
    note itself or `dismiss` when the person closed it.  A new note replaces the old one in place;
    an answer that belongs to an older note is dropped by the adapter.
    """

    def show(self, note: Note) -> None:
        """Show the note."""

    def withdraw(self) -> None:
        """Take the note away without an answer; harmless when none is shown."""

    def health(self) -> Health:
        """Which service shows notes, or why none does."""

    def close(self) -> None:
        """Withdraw and let go."""


class News(StrEnum):
    """What happens to the session as a whole."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    SLEEPING = "sleeping"
    WOKE = "woke"


class SessionSensor(Protocol):
    """Tells of lock and sleep.  Built with `told(news)`, which is called at each change.

    Its first news is whether the session is locked, as soon as that is known.
    """

    def input_seen(self, age_s: float) -> None:
        """Somebody touched keyboard or mouse so long ago: ends a lock that nothing confirms."""

    def health(self) -> Health:
        """Who tells, or why nobody does."""

    def close(self) -> None:
        """Let go of the system; safe to call twice."""


class ContextSensor(Protocol):
    """Whether one thing goes on around the person, such as a call.

    Built with `told(on)`, which is called on the loop with each change the sensor learns of by
    itself, and after each `look`; None says that it cannot tell at the moment.  `name` is the last
    part of its setting (`sensing.NAME`), `signal` what it stands for.
    """

    name: str
    signal: Signal

    def look(self) -> None:
        """Find out now; `told` follows within a second, also when nothing has changed."""

    def health(self) -> Health:
        """Which mechanism tells and what it said last (`on` or `off`), or why none does."""

    def close(self) -> None:
        """Let go of the system; safe to call twice."""


class Startup(Struct, frozen=True):
    """Whether the agent starts when the person logs in.

    `mechanism` is what starts it, `xdg` or `systemd`, None while nothing does; `reason` says in one
    clause why it is so where the person did not choose it.
    """

    on: bool
    mechanism: str | None
    reason: str | None = None


class Autostart(Protocol):
    """Starting with the session."""

    def status(self) -> Startup:
        """How it is now."""

    def set(self, *, on: bool) -> Startup:
        """Start with the session from now on, or no longer; raises `OSError` when that cannot be kept."""


class Policy(Struct, frozen=True):
    """One value as an organisation wrote it down, not yet checked.

    `name` is a setting's key, `value` a bool, an int, a text or a list of texts.  What is not
    `mandatory` is recommended; what is not for the `machine` is for this user.  `source` names the
    file or the registry key for an administrator.
    """

    name: str
    value: object
    mandatory: bool
    machine: bool
    source: str


class PolicyTrouble(Struct, frozen=True):
    """A source of policies that cannot be read or trusted, and why, in a sentence for an administrator."""

    source: str
    sentence: str


class Policies(Protocol):
    """Where an organisation writes down what it decides."""

    def read(self) -> Iterable[Policy | PolicyTrouble]:
        """All there is now, within a source in the order in which a later value wins."""

    def watch(self, loop: Loop, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed` when something was written there, until the result is called."""


class Windows(Protocol):
    """Starts the windows, each its own short-lived process speaking JSON lines."""

    def open(self, name: str, brief: dict[str, Any], said: Callable[[dict[str, Any]], object]) -> None:
        """Open window `name` with its `brief`; `said` gets each of its messages and, when the
        process ended without a last word, `{"event": "gone", "reason": ...}`.
        """

    def tell(self, name: str, message: dict[str, Any]) -> None:
        """Tell the window something more; harmless when there is none."""

    def close(self, name: str) -> None:
        """Ask the window to leave; kill it when it does not."""

    def health(self) -> Health:
        """Whether windows can be shown here."""


class Channel(Protocol):
    """The way to the agent that is known by `path`, where there are no Unix sockets; messages are lines."""

    def serve(self, loop: Loop, path: Path, answer: Callable[[bytes], bytes]) -> Callable[[], object]:
        """Answer on the loop, until the result is called; raises `OSError`."""

    def exchange(self, path: Path, line: bytes, timeout_s: float) -> bytes:
        """The agent's reply to the line, cut off where it hung up.

        Raises `FileNotFoundError` when no agent listens, `TimeoutError`, or another `OSError`.
        """


class Renewal(Protocol):
    """Another program takes the place of this one, as at an upgrade."""

    @property
    def begun(self) -> bool:
        """Whether it has begun: from then on nothing more may be imported."""

    def become(self) -> None:
        """Be the new program, in this process; returns where that cannot be."""


class Clocks(Struct, frozen=True):
    """What the system's clocks say: `boottime` counts sleep and
    `monotonic` does not, both comparable only within one `boot_id`; `wall` is seconds since the epoch.
    """

    boot_id: str
    boottime: float
    monotonic: float
    wall: float
