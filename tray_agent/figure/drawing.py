"""From a pose to a picture: the one function behind break window, documents and notifications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from tray_agent.core.model import Side
from tray_agent.figure import flesh, front, props
from tray_agent.figure.body import Body, settle
from tray_agent.figure.figure import Inset, Scene, View
from tray_agent.figure.geometry import rounded
from tray_agent.figure.marks import striped
from tray_agent.figure.muscles import patch
from tray_agent.figure.pose import Pose
from tray_agent.figure.shapes import Drawing, Role, Shape, scaled, still


def draw(pose: Pose, scene: Scene, *, side: Side | None = None) -> Drawing:
    """The picture of this pose in its scene.

    Files show the right side at work: facing right, a body has its right side near the viewer.  For the
    left side everything is mirrored, so the working limb is always the near one and truly that side.
    """
    body = settle(pose, scene.anchor) if scene.view is View.SIDE else front.FlatBody(pose.points)
    drawing = Drawing(
        (
            *_backdrop(scene),
            *(
                _side(body, scene)
                if isinstance(body, Body)
                else front.shapes(body, scene.working, scene.muscles)
            ),
            *(shape for prop in scene.props if prop.on for shape in prop.beside(body).shapes()),
            *_marks(pose, scene, body),
            *(_inset(pose, scene.inset) if scene.inset and pose.points else ()),
        ),
        scene.frame,
    )
    return drawing.mirrored() if side is Side.LEFT else drawing


@cache
def _backdrop(scene: Scene) -> tuple[Shape, ...]:
    """What stands there whatever the body does."""
    frame = scene.frame
    ground = () if scene.view is View.ABOVE else props.floor(frame.left + 0.02, frame.right - 0.02)
    behind = (shape for prop in scene.props if not prop.on for shape in prop.shapes())
    return tuple(map(still, (*ground, *behind)))


def _side(body: Body, scene: Scene) -> tuple[Shape, ...]:
    roles = {half: Role.WORKING if half in scene.working else Role.BOTTOM for half in ("near", "far")}
    patches = (shape for muscle in scene.muscles for shape in striped(patch(body, muscle)))
    return (
        *flesh.arm(body, body.far, far=True),
        *flesh.leg(body, body.far, roles["far"], far=True),
        *flesh.head(body),
        *flesh.trunk(body),
        *flesh.leg(body, body.near, roles["near"]),
        *patches,
        *flesh.arm(body, body.near),
    )


def _marks(pose: Pose, scene: Scene, body: Body | front.FlatBody) -> tuple[Shape, ...]:
    return tuple(
        shape
        for mark in scene.marks
        if (strength := _late(pose.marks.get(mark.name, 0.0))) > 0
        for shape in mark.shapes(body, strength)
    )


def _late(strength: float) -> float:
    """A mark comes when its position is nearly reached: on the way there it would point at nothing."""
    return max(0.0, 2 * strength - 1)


def _inset(pose: Pose, inset: Inset) -> tuple[Shape, ...]:
    body = front.shapes(front.FlatBody(pose.points), inset.working, inset.muscles)
    return (*_card(inset), *_on_card(body, inset))


@cache
def _card(inset: Inset) -> tuple[Shape, ...]:
    """All of it that does not move."""
    box = inset.box
    card = Shape(Role.CARD, (rounded(box.left, box.bottom, box.right, box.top, 0.03),), halo=0.004)
    ground = props.floor(inset.frame.left, inset.frame.right)
    behind = (shape for prop in inset.props for shape in prop.shapes())
    return tuple(map(still, (card, *_on_card((*ground, *behind), inset))))


def _on_card(shapes: Iterable[Shape], inset: Inset) -> Iterator[Shape]:
    box, frame = inset.box, inset.frame
    scale = min(box.width / frame.width, box.height / frame.height)
    x = (box.left + box.right) / 2 - scale * (frame.left + frame.right) / 2
    y = (box.bottom + box.top) / 2 - scale * (frame.bottom + frame.top) / 2
    return (scaled(shape, (x, y), scale) for shape in shapes)
