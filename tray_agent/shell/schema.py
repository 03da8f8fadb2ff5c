"""Every setting, typed and bounded.

Generated from `config/settings.toml` by `config/generate.py`: change the definition, not this.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct


class Hours(Struct, frozen=True):
    """When prompts may appear."""

    mode: Literal["schedule", "always"] = "schedule"
    """Whether prompts keep to your working hours or may appear at any time."""

    ranges: tuple[str, ...] = ("mon-fri 08:00-18:00",)
    """Days and times of work; an end at or before its start lies on the next day."""

    holidays: tuple[str, ...] = ()
    """Days without work, or the first and the last of several; no working hours begin on them."""


class Activity(Struct, frozen=True):
    """How the agent notices that somebody is at the keyboard or mouse, never what is typed."""

    source: Literal["auto", "pynput", "counter"] = "auto"
    """Where activity is noticed; the idle counter alone uses no input hook at all."""

    idle_threshold_s: Annotated[int, Meta(ge=90, le=600)] = 150
    """How long without input still counts as sitting; raise it if you often read, listen or dictate."""

    long_silences: bool = False
    """Up to five minutes without input count as sitting; fit for switches and eye trackers."""

    hear_keys: bool = False
    """That a key is pressed, never which; macOS then asks you to allow Input Monitoring."""


class Sensing(Struct, frozen=True):
    """What else may be looked at, to tell sitting from absence and to know when not to ask."""

    microphone: bool = True
    """Whether a microphone is in use, which is a call; no sound is ever heard."""

    camera: bool = True
    """Whether a camera is in use, which is a call; no picture is ever seen."""

    display_awake: bool = True
    """Whether a program keeps the screen awake, as players of videos do."""

    player: bool = True
    """Whether a player of videos is playing; what it plays is not read."""

    screen_reader: bool = True
    """Whether a screen reader runs while sound is playing, which is listening."""

    sharing: bool = True
    """Whether a program takes pictures of the screen; none is ever seen."""

    fullscreen: bool = True
    """Whether a window fills the screen; its program and title are not read."""

    do_not_disturb: bool = True
    """Whether the desktop's do-not-disturb is on."""


class Quiet(Struct, frozen=True):
    """What holds prompts back until it is over."""

    call: bool = True
    """Hold prompts while the microphone or camera is in use."""

    sharing: bool = True
    """Hold prompts while the screen is shared or presented."""

    fullscreen: bool = True
    """Hold prompts while a program fills the screen."""

    dnd: bool = True
    """Hold prompts while the desktop's do-not-disturb is on."""

    at_most_h: Annotated[int, Meta(ge=0, le=12)] = 0
    """After so long even a call without end holds no prompts; 0: it always does."""


class Prompts(Struct, frozen=True):
    """What prompts may ask for."""

    stand_up: bool = True
    """Ask for a break after sitting for a while."""

    hip_flexor: bool = True
    """Fold a hip-flexor stretch into some of the breaks."""

    glutes: bool = True
    """Fold a set of glute exercises into some of the breaks."""

    ask_were_you_up: bool = True
    """Ask now and then, when an absence could have been either, whether you were up."""


class Exercises(Struct, frozen=True):
    """Which exercises the programme may choose."""

    floor: bool = True
    """Allow exercises on the floor, once the safety check is done."""

    office_clothes: bool = False
    """Leave out exercises that need the floor, loose clothes or a room of one's own."""


class Breaks(Struct, frozen=True):
    """How a break is guided."""

    time_limits: Literal["x1", "x1_5", "x2", "x3", "x5", "x10", "off"] = "x1"
    """How long prompts wait for an answer and the break window for you, between two exercises too."""

    sound: bool = False
    """A soft tone when the next thing begins; the window shows it as well."""

    speech: bool = False
    """Say the steps aloud with this computer's own voice; silent while a screen reader runs."""


class Appearance(Struct, frozen=True):
    """How the agent's windows look."""

    scheme: Literal["system", "light", "dark", "high_contrast"] = "system"
    """The desktop's own colours, or others for the agent's windows alone."""

    scale: Annotated[int, Meta(ge=100, le=200)] = 100
    """How large type and drawings are, on top of the desktop's own scaling."""

    motion: Literal["system", "still"] = "system"
    """Whether drawings move; still ones show one position after the other."""


class History(Struct, frozen=True):
    """What is kept about past days, on this machine only."""

    retention_days: Annotated[int, Meta(ge=7, le=365)] = 90
    """How many days of breaks, prompts and movement are kept."""


class Organisation(Struct, frozen=True):
    """What only the organisation decides that looks after this computer."""

    name: Annotated[str, Meta(max_length=60)] = ""
    """Said beside each setting that the organisation decides."""

    link: Annotated[str, Meta(max_length=300, pattern=r"^((https?://|mailto:)[^ ]+)?$")] = ""
    """A web or mail address, offered beside each setting that the organisation decides."""

    autostart: Literal["person", "always", "never"] = "person"
    """Who decides whether the agent starts when somebody logs in."""

    quit: bool = True
    """Whether the menu and the command line may end the agent; a pause is always possible."""


class Log(Struct, frozen=True):
    """The agent's own log."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """How much the agent writes to its log file."""


class Settings(Struct, frozen=True):
    """Everything a person or an organisation can choose."""

    hours: Hours = Hours()
    """When prompts may appear."""

    intensity: Literal["gentle", "standard", "intensive"] = "standard"
    """How often to break up sitting, and how much stretching and strengthening to do."""

    insistence: Literal["icon", "notify", "window", "firm"] = "notify"
    """How hard a prompt presses: from a changed icon to a full screen."""

    activity: Activity = Activity()
    """How the agent notices that somebody is at the keyboard or mouse, never what is typed."""

    sensing: Sensing = Sensing()
    """What else may be looked at, to tell sitting from absence and to know when not to ask."""

    quiet: Quiet = Quiet()
    """What holds prompts back until it is over."""

    prompts: Prompts = Prompts()
    """What prompts may ask for."""

    exercises: Exercises = Exercises()
    """Which exercises the programme may choose."""

    breaks: Breaks = Breaks()
    """How a break is guided."""

    appearance: Appearance = Appearance()
    """How the agent's windows look."""

    history: History = History()
    """What is kept about past days, on this machine only."""

    language: Annotated[str, Meta(max_length=35, pattern=r"^[A-Za-z0-9_.@-]*$")] = ""
    """The language of the agent, such as "de"; empty means the system's."""

    welcome: bool = True
    """Show a short welcome when the agent starts for the first time."""

    organisation: Organisation = Organisation()
    """What only the organisation decides that looks after this computer."""

    log: Log = Log()
    """The agent's own log."""


MANAGED_ALSO: dict[str, tuple[object, ...]] = {"history.retention_days": (0,)}
"""Values that only an organisation may use."""

MANAGED_NOT: dict[str, tuple[object, ...]] = {"insistence": ("firm",)}
"""Values that no organisation may impose."""

MANAGED_ONLY = frozenset(
    {
        "organisation.name",
        "organisation.link",
        "organisation.autostart",
        "organisation.quit",
    }
)
"""Settings that no person chooses."""

UNMANAGED = frozenset[str]()
"""Settings that no organisation decides."""
