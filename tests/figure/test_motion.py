from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.shown import FIGURES
from tray_agent.figure.body import Anchor, settle
from tray_agent.figure.motion import Keyframe, Motion
from tray_agent.figure.pose import Half, Pin, Pose
from tray_agent.shell import figures

UP, DOWN = Pose(trunk=0), Pose(trunk=40)
HELD = Motion((Keyframe(0, "up", UP), Keyframe(2, "down", DOWN, key=True)))
LOOP = Motion((Keyframe(0, "up", UP), Keyframe(1, "down", DOWN), Keyframe(2, "up again", UP)), loop=True)


def test_keyframes_are_hit() -> None:
    assert HELD.pose_at(0) == UP
    assert HELD.pose_at(2) == DOWN
    assert LOOP.pose_at(1) == DOWN


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_hits_its_keyframes(name: str) -> None:
    motion = figures.load(name).motion
    for frame in motion.keyframes[:-1]:
        assert motion.pose_at(frame.t) == frame.pose


def test_between_them_it_starts_slowly_and_ends_slowly() -> None:
    trunks = [HELD.pose_at(t).trunk for t in (0.2, 1.0, 1.8)]
    assert trunks == pytest.approx([40 * 0.02447, 20, 40 * (1 - 0.02447)], abs=0.01)


def test_a_held_motion_stays_at_its_end_and_a_loop_goes_on() -> None:
    assert HELD.pose_at(60) == DOWN
    assert HELD.pose_at(-1) == UP
    assert LOOP.pose_at(7) == LOOP.pose_at(1) == DOWN


def test_a_rep_is_as_long_as_asked() -> None:
    assert LOOP.pose_at(3, rep_s=6) == DOWN
    assert LOOP.pose_at(9, rep_s=6) == DOWN


def test_stills_are_the_key_positions_or_the_last() -> None:
    assert HELD.stills == (DOWN,)
    assert LOOP.stills == (UP,)


def test_a_hand_that_lets_go_does_not_jump() -> None:
    holding = Pose(pins={"near_hand": Pin((0.2, 0.8))}, near=Half(shoulder=10, elbow=10))
    motion = Motion((Keyframe(0, "hold", holding), Keyframe(1, "free", Pose())), Anchor("near_foot"))
    at = [settle(motion.pose_at(t), motion.anchor).near.wrist for t in (0.0, 0.02, 0.5)]
    assert at[1] == pytest.approx(at[0], abs=0.005)
    assert at[2] != pytest.approx(at[0], abs=0.05)


@pytest.mark.parametrize("name", FIGURES)
def test_no_motion_jerks(name: str) -> None:
    figure = figures.load(name)
    if figure.view != "side":
        return
    motion, step = figure.motion, 0.02
    bodies = [settle(motion.pose_at(n * step), figure.anchor) for n in range(int(motion.seconds / step))]
    for one, other in pairwise(bodies):
        for point in ("near_ankle", "far_ankle", "near_wrist", "far_wrist", "head"):
            assert other.point(point) == pytest.approx(one.point(point), abs=0.06), point


@pytest.mark.parametrize("name", FIGURES)
def test_a_loop_ends_where_it_begins(name: str) -> None:
    figure = figures.load(name)
    if figure.loop:
        assert figure.keyframes[0].pose == figure.keyframes[-1].pose
