"""What the file of an exercise says, typed and bounded: for people, and complete without a picture.

`Written` is the file in `config/exercises` as it stands, `Text` the same with its sources looked up in
`config/sources.toml`.  What a file must not say is a `ValueError` in one clause.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tray_agent.core.model import Condition, Exercise, Intensity, Kind, Position

Line = Annotated[str, Meta(min_length=1, max_length=160)]
Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$")]
Count = Annotated[int, Meta(ge=1, le=3600)]
# A tuple of fixed length beside a bounded number crashes msgspec 0.22.
Amount = Count | Annotated[tuple[Count, ...], Meta(min_length=2, max_length=2)]
"""A number, or the least and the most."""
Seconds = Annotated[float, Meta(ge=0, le=10)]

_SHORTEST_REP_S, _LONGEST_REP_S = 1, 20
_OFF_THE_FLOOR = (Position.STANDING, Position.CHAIR)


class Use(StrEnum):
    """What an exercise is for.  The programme chooses among the first three, people among all."""

    STAND_UP = "stand_up"
    HIP_FLEXOR = "hip_flexor"
    GLUTES = "glutes"
    COMFORT = "comfort"
    CORE = "core"
    RELEASE = "release"
    CHECK = "check"

    @property
    def kind(self) -> Kind | None:
        """The kind of prompt it serves, None where the programme never chooses it."""
        return _KINDS.get(self)


_KINDS = {Use(kind.value): kind for kind in Kind}


class Muscle(StrEnum):
    """A muscle group that an exercise works or lengthens."""

    HIP_FLEXORS = "hip_flexors"
    GLUTES = "glutes"
    QUADRICEPS = "quadriceps"
    HAMSTRINGS = "hamstrings"
    ADDUCTORS = "adductors"
    CALVES = "calves"
    CORE = "core"
    BACK = "back"
    SHOULDERS = "shoulders"


class Evidence(StrEnum):
    """How a source is known: itself, through what others wrote of it, or from unchecked memory."""

    READ = "read"
    SUMMARY = "summary"
    MEMORY = "memory"


class Supports(StrEnum):
    """What of an exercise a source speaks for."""

    MOVEMENT = "movement"
    DOSE = "dose"
    LONG_HOLD = "long_hold"
    EFFECT = "effect"
    CAUTION = "caution"
    EFFORT = "effort"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table that has no other keys than these."""


class Tempo(_Table, frozen=True):
    """One rep in seconds: into the position, held there, and back."""

    there_s: Seconds
    hold_s: Seconds
    back_s: Seconds

    @property
    def rep_s(self) -> float:
        """How long one rep takes."""
        return self.there_s + self.hold_s + self.back_s


class Dose(_Table, frozen=True):
    """How much of it at a time and how often: a hold, counted reps or a time to go on for, a side.

    What no source says is absent.
    """

    hold_s: Amount | None = None
    reps: Amount | None = None
    go_on_s: Amount | None = None
    tempo: Tempo | None = None
    sets: Amount = 1
    rest_s: Amount | None = None
    times_a_day: Amount | None = None
    days_a_week: Amount | None = None
    days_a_month: Amount | None = None

    def __post_init__(self) -> None:
        if sum(amount is not None for amount in (self.hold_s, self.reps, self.go_on_s)) != 1:
            raise ValueError("exactly one of hold_s, reps and go_on_s must be given")
        if (self.reps is None) != (self.tempo is None):
            raise ValueError("tempo belongs to reps and to nothing else")
        if self.tempo and not _SHORTEST_REP_S <= self.tempo.rep_s <= _LONGEST_REP_S:
            raise ValueError(f"a rep must take {_SHORTEST_REP_S} to {_LONGEST_REP_S} seconds")
        for name in self.__struct_fields__:
            amount = getattr(self, name)
            if isinstance(amount, tuple) and amount[0] >= amount[1]:
                raise ValueError(f"{name} must be the least and then the most")


class Source(_Table, frozen=True, kw_only=True):
    """One source: its `name`, `where` it can be found, how it is known, and what it `says`."""

    name: Line
    evidence: Evidence
    says: Line
    where: Line | None = None


class Cited(_Table, frozen=True):
    """A source `of` that name in `config/sources.toml`, and what of the exercise rests on it."""

    of: Id
    supports: Annotated[tuple[Supports, ...], Meta(min_length=1)]


class Citation(Cited, frozen=True):
    """The same with the source itself."""

    source: Source


class _Words(_Table, frozen=True, kw_only=True):
    """One exercise but for its sources.

    `desk`: A can be done discreetly beside a desk, B needs room or draws looks, C needs a private
    room.  `levels` are the intensities at which the programme may choose it; with none only the person
    does.  `effort` is felt exertion from 1 to 10, `met` energy in multiples of rest.  `long_hold` is
    the longest a source asks for, which nobody begins with.  `note` says what it does not do.
    """

    id: Id
    title: Line
    use: Use
    position: Position
    floor: bool
    loaded: bool
    sided: bool
    desk: Literal["A", "B", "C"]
    equipment: tuple[Line, ...]
    dose: Dose
    steps: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=6)]
    cues: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=3)]
    cautions: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=4)]
    effort: Annotated[int, Meta(ge=1, le=10)]
    muscles: Annotated[tuple[Muscle, ...], Meta(min_length=1)]
    note: Line
    long_hold: Dose | None = None
    not_with: tuple[Condition, ...] = ()
    levels: tuple[Intensity, ...] = ()
    met: Annotated[float, Meta(ge=1, le=12)] | None = None
    easier: Id | None = None
    harder: Id | None = None

    def __post_init__(self) -> None:
        if self.floor == (self.position in _OFF_THE_FLOOR):
            raise ValueError("floor must be true in all positions but standing and chair")
        if Condition.CANNOT_STAND in self.not_with:
            raise ValueError("not_with must not hold cannot_stand: who cannot stand gets position chair only")
        if self.levels and self.use.kind is None:
            raise ValueError(f"levels must be empty: the programme does not choose what is for {self.use}")
        if self.use is Use.STAND_UP and self.dose.go_on_s is None:
            raise ValueError("dose must have go_on_s where use is stand_up")
        if self.use is Use.HIP_FLEXOR and self.dose.go_on_s is not None:
            raise ValueError("dose must have hold_s or reps where use is hip_flexor")
        if self.use is Use.GLUTES and self.dose.reps is None:
            raise ValueError("dose must have reps where use is glutes")

    @property
    def rep_s(self) -> float | None:
        """The length of one rep, None when it is not counted."""
        return self.dose.tempo.rep_s if self.dose.tempo else None

    @property
    def needs_check(self) -> bool:
        """Whether it waits for the safety check."""
        return self.floor or self.loaded


class Written(_Words, frozen=True, kw_only=True):
    """One exercise as its file has it."""

    sources: Annotated[tuple[Cited, ...], Meta(min_length=1)]


class Text(_Words, frozen=True, kw_only=True):
    """One exercise with its sources."""

    sources: tuple[Citation, ...]

    @property
    def source(self) -> str:
        """In one line the names of the sources for how it is done and what it is good for."""
        told = {Supports.MOVEMENT, Supports.EFFECT}
        return "; ".join(cited.source.name for cited in self.sources if told & set(cited.supports))

    def for_core(self, kind: Kind) -> Exercise:
        """What the programme must know of it."""
        return Exercise(
            id=self.id,
            kind=kind,
            floor=self.floor,
            loaded=self.loaded,
            sided=self.sided,
            rep_s=self.rep_s,
            position=self.position,
            office=self.desk == "A",
            not_with=frozenset(self.not_with),
            levels=frozenset(self.levels),
            effort=self.effort,
            muscles=self.muscles,
            easier=self.easier,
            harder=self.harder,
        )
