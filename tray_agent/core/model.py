"""The words of the project as frozen values; every time is seconds on the agent's axis."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field


class Presence(StrEnum):
    """Whether somebody is at the desk."""

    PRESENT = "present"
    AWAY = "away"
    UNKNOWN = "unknown"


class Posture(StrEnum):
    """The estimator's answer."""

    SEATED = "seated"
    STANDING = "standing"
    AWAY = "away"
    UNKNOWN = "unknown"

    @property
    def presence(self) -> Presence:
        """Who sits or stands is at the desk."""
        return {"away": Presence.AWAY, "unknown": Presence.UNKNOWN}.get(self.value, Presence.PRESENT)


class Cause(StrEnum):
    """What told us that a person was off the chair."""

    IDLE = "idle"
    LOCK = "lock"
    SLEEP = "sleep"
    STANDING = "standing"
    SAID = "said"
    GAP = "gap"


class Signal(StrEnum):
    """A context that holds the estimate (call, media) or the prompt (all but media)."""

    CALL = "call"
    MEDIA = "media"
    SHARING = "sharing"
    FULLSCREEN = "fullscreen"
    DND = "dnd"


class Kind(StrEnum):
    """What a prompt asks for; the last two are a stand-up with that movement folded in."""

    STAND_UP = "stand_up"
    HIP_FLEXOR = "hip_flexor"
    GLUTES = "glutes"


class Insistence(StrEnum):
    """How hard a prompt presses."""

    ICON = "icon"
    NOTIFY = "notify"
    WINDOW = "window"
    FIRM = "firm"


class Intensity(StrEnum):
    """How much movement the programme asks for."""

    GENTLE = "gentle"
    STANDARD = "standard"
    INTENSIVE = "intensive"


class Do(StrEnum):
    """What a person can answer to a prompt."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    DISMISS = "dismiss"


class Outcome(StrEnum):
    """How a prompt ended."""

    STARTED = "started"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    DISMISSED = "dismissed"
    IGNORED = "ignored"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why there is no prompt now."""

    OUTSIDE_HOURS = "outside_hours"
    PAUSED = "paused"
    LOCKED = "locked"
    ASLEEP = "asleep"
    IDLE = "idle"
    STANDING = "standing"
    UNKNOWN = "unknown"
    CALL = "call"
    SHARING = "sharing"
    FULLSCREEN = "fullscreen"
    DND = "dnd"
    DAY_START = "day_start"
    DAY_END = "day_end"
    SPACING = "spacing"
    DAILY_CAP = "daily_cap"
    BACK_OFF = "back_off"
    TYPING = "typing"


class Position(StrEnum):
    """How the body is held in an exercise; all but the first two need the floor."""

    STANDING = "standing"
    CHAIR = "chair"
    HALF_KNEELING = "half_kneeling"
    ALL_FOURS = "all_fours"
    SITTING = "sitting"
    SUPINE = "supine"
    PRONE = "prone"
    PLANK = "plank"


class Condition(StrEnum):
    """What the person told about their body and the programme goes by."""

    SORE_KNEE = "sore_knee"
    SORE_WRIST = "sore_wrist"
    SORE_BACK = "sore_back"
    PREGNANCY = "pregnancy"
    CANNOT_STAND = "cannot_stand"


class Side(StrEnum):
    """The body side an exercise step works."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Because(Struct, frozen=True):
    """One reason as a stable code with the figures behind it, fit for JSON."""

    code: str
    values: dict[str, float | str] = field(default_factory=dict)


class Estimate(Struct, frozen=True):
    """What the estimator believes at one moment.

    `sitting_s` is the length of the bout believed to run (0 while none does); `confidence` lies
    between 0 (no evidence) and 1.
    """

    posture: Posture
    presence: Presence
    since: float
    sitting_s: float
    confidence: float
    because: tuple[Because, ...]


class Break(Struct, frozen=True):
    """Time off the chair of at least `break_counts_after`; `end` is None while it lasts."""

    start: float
    end: float | None
    cause: Cause


class Dose(Struct, frozen=True):
    """Movement done; adds up with `+`."""

    left_s: float = 0.0
    right_s: float = 0.0
    sets: int = 0
    reps: int = 0
    standing_s: float = 0.0

    def __add__(self, more: Dose) -> Dose:
        return Dose(
            self.left_s + more.left_s,
            self.right_s + more.right_s,
            self.sets + more.sets,
            self.reps + more.reps,
            self.standing_s + more.standing_s,
        )


class Limits(Struct, frozen=True):
    """What the person's body allows, by their own word.

    `cleared`: they read the contraindications and none applies.  `hurt` are the exercises during which
    they said "this hurts".
    """

    cleared: bool = False
    conditions: frozenset[Condition] = frozenset()
    hurt: frozenset[str] = frozenset()


class Exercise(Struct, frozen=True):
    """What the programme must know of an exercise; its words and figures live in the catalogue.

    `rep_s` is the length of one rep, None for exercises that are held.  `floor` and `loaded`
    exercises wait for the safety check.  `office`: it can be done in office clothes beside a desk.
    `levels` are the intensities at which the programme may choose it.  `easier` and `harder` name
    neighbours of the same kind; `effort` is felt exertion from 1 to 10.
    """

    id: str
    kind: Kind
    floor: bool = False
    loaded: bool = False
    sided: bool = True
    rep_s: float | None = None
    position: Position = Position.STANDING
    office: bool = True
    not_with: frozenset[Condition] = frozenset()
    levels: frozenset[Intensity] = frozenset(Intensity)
    effort: int = 5
    muscles: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None


class Step(Struct, frozen=True):
    """One exercise on one side: `seconds` it takes and, when counted, its `reps`.

    It is part of set `set` of `sets`, counted from 1.
    """

    exercise: str
    side: Side | None
    seconds: float
    reps: int = 0
    set: int = 1
    sets: int = 1


class Routine(Struct, frozen=True):
    """What one break plays, with the dose that is credited when all of it was done."""

    id: int
    kind: Kind
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """How long the whole routine takes."""
        return sum(step.seconds for step in self.steps)


class Prompt(Struct, frozen=True):
    """One request to move, from shown to answered, withdrawn or expired."""

    id: int
    kind: Kind
    insistence: Insistence
    shown_at: float
    because: tuple[Because, ...]
    snoozes_left: int
