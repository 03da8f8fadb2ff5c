"""Keyframes in time: the pose at any moment, looping rep by rep or held at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tray_agent.figure.body import Anchor, settled
from tray_agent.figure.pose import Pose, blend


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A named pose, reached `t` seconds after the start.

    `key`: one of the positions that tell the exercise when nothing moves.  `free` are the points that do
    not rest on anything here, though they do in other keyframes.
    """

    t: float
    name: str
    pose: Pose
    key: bool = False
    free: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """At least one keyframe in the order of time; `loop` begins again where it ended."""

    keyframes: tuple[Keyframe, ...]
    anchor: Anchor = Anchor("ground")
    loop: bool = False

    @property
    def seconds(self) -> float:
        """How long it takes from the first keyframe to the last."""
        return self.keyframes[-1].t

    @property
    def stills(self) -> tuple[Pose, ...]:
        """The poses that tell the exercise without moving, in their order; never empty."""
        return tuple(frame.pose for frame in self.keyframes if frame.key) or (self.keyframes[-1].pose,)

    def pose_at(self, t: float, rep_s: float | None = None) -> Pose:
        """The pose `t` seconds after the start.

        A loop goes on and on, each turn stretched to `rep_s` if given; anything else is held at its end.
        """
        t = max(0.0, t)
        if not self.loop or self.seconds == 0:
            return self._pose(min(t, self.seconds))
        period = rep_s or self.seconds
        return self._pose(t % period * (self.seconds / period))

    def _pose(self, t: float) -> Pose:
        after = next((frame for frame in self.keyframes if frame.t >= t), self.keyframes[-1])
        before = next((frame for frame in reversed(self.keyframes) if frame.t <= t), self.keyframes[0])
        if after.t <= before.t:
            return before.pose
        one, other = (settled(frame.pose, self.anchor) for frame in (before, after))
        return blend(one, other, _eased((t - before.t) / (after.t - before.t)))


def _eased(share: float) -> float:
    """Slow away, slow in, as a body moves."""
    return (1 - math.cos(math.pi * share)) / 2
