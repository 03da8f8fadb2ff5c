"""The figures of the program, and every moment of them that a test should look at."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.places import ROOT
from tray_agent.figure.figure import Figure, View
from tray_agent.figure.motion import Keyframe
from tray_agent.figure.pose import Pose
from tray_agent.shell import figures

EXERCISES = sorted(path.stem for path in (ROOT / "config" / "exercises").glob("*.toml"))
FIGURES = sorted(path.stem for path in (ROOT / "config" / "figures").glob("*.toml"))
FROM_THE_SIDE = [name for name in FIGURES if figures.load(name).view is View.SIDE]
STEPS = 20


def moments(figure: Figure) -> Iterator[tuple[Pose, Keyframe, Keyframe]]:
    """Every 5 % of the way between two keyframes: the pose, the one before and the one after."""
    for before, after in zip(figure.keyframes, figure.keyframes[1:] or figure.keyframes, strict=False):
        for step in range(STEPS):
            t = before.t + (after.t - before.t) * step / STEPS
            yield figure.motion.pose_at(t), before, before if step == 0 else after
    last = figure.keyframes[-1]
    yield last.pose, last, last
