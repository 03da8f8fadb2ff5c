"""Keyframes in time: the pose at any moment, looping rep by rep or held at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
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
        last = len(self.keyframes) - 1
        after = next((n for n, frame in enumerate(self.keyframes) if frame.t >= t), last)
        one, other = self.keyframes[max(0, after - 1)], self.keyframes[after]
        if t >= other.t or one is other:
            return other.pose
        share = _eased((t - one.t) / (other.t - one.t))
        return blend(self._settled[after - 1], self._settled[after], share)

    @cached_property
    def _settled(self) -> tuple[Pose, ...]:
        """The poses of all keyframes as angles, for blending."""
        return tuple(settled(frame.pose, self.anchor) for frame in self.keyframes)


def _eased(share: float) -> float:
    """Slow away, slow in, as a body moves."""
    return (1 - math.cos(math.pi * share)) / 2
