"""One exercise as a figure shows it: the motion, and the scene around it, as its file tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tray_agent.figure.body import Anchor
from tray_agent.figure.marks import Mark
from tray_agent.figure.motion import Keyframe, Motion
from tray_agent.figure.muscles import Muscle
from tray_agent.figure.props import BACKREST, Prop, Thing
from tray_agent.figure.shapes import Frame


class View(StrEnum):
    """Where the viewer is."""

    SIDE = "side"
    FRONT = "front"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Inset:
    """A second look at the same moment, from the front: `frame` of it, fitted into `box` of the picture."""

    box: Frame
    frame: Frame
    props: tuple[Prop, ...] = ()
    working: tuple[str, ...] = ("near",)
    muscles: tuple[Muscle, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything in the picture but the pose; `working` halves have their leg highlighted."""

    frame: Frame
    view: View = View.SIDE
    anchor: Anchor = Anchor("ground")
    props: tuple[Prop, ...] = ()
    marks: tuple[Mark, ...] = ()
    working: tuple[str, ...] = ("near",)
    muscles: tuple[Muscle, ...] = ()
    inset: Inset | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as its file and the brief carry it, plain enough for JSON.

    `contacts` names the points of the body that rest on `floor` or on a prop, as long as no keyframe
    lists them in `free`.
    """

    frame: Frame
    keyframes: tuple[Keyframe, ...]
    view: View = View.SIDE
    anchor: Anchor = Anchor("ground")
    loop: bool = False
    props: tuple[Prop, ...] = ()
    marks: tuple[Mark, ...] = ()
    working: tuple[str, ...] = ("near",)
    muscles: tuple[Muscle, ...] = ()
    inset: Inset | None = None
    contacts: Mapping[str, str] = field(default_factory=dict)

    def fault(self) -> str | None:
        """What makes it unusable although every value has its type, in one clause."""
        times = [frame.t for frame in self.keyframes]
        if not times:
            return "keyframes is empty, it needs at least one"
        if times[0] != 0 or times != sorted(set(times)):
            return f"the times of the keyframes are {times}, they must grow from 0"
        for point, rest in self.contacts.items():
            if rest not in (known := self._surfaces()):
                names = [*known]
                allowed = f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]
                return f"contacts.{point} is {rest!r}, it must be {allowed}"
        return None

    def surface(self, name: str) -> tuple[str, float]:
        """The axis and place of what a contact rests on; `KeyError` if nothing here has that name."""
        return self._surfaces()[name]

    def _surfaces(self) -> dict[str, tuple[str, float]]:
        surfaces = {"floor": ("y", 0.0)}
        for prop in self.props:
            surfaces[prop.thing.value] = prop.surface()
            if prop.thing is Thing.CHAIR:
                surfaces["chair_back"] = ("y", prop.at[1] + BACKREST)
        return surfaces

    @property
    def motion(self) -> Motion:
        """What it does."""
        return Motion(self.keyframes, self.anchor, self.loop)

    @property
    def scene(self) -> Scene:
        """What it does it in."""
        return Scene(
            self.frame,
            self.view,
            self.anchor,
            self.props,
            self.marks,
            self.working,
            self.muscles,
            self.inset,
        )
