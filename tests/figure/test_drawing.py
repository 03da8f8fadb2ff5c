from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.shown import EXERCISES, FIGURES, FROM_THE_SIDE, moments
from tray_agent.core.model import Side
from tray_agent.figure.body import settle
from tray_agent.figure.drawing import draw
from tray_agent.figure.motion import Motion
from tray_agent.figure.muscles import Muscle
from tray_agent.figure.shapes import Drawing, Role
from tray_agent.shell import figures

WITHIN = 0.02


def roles(drawing: Drawing) -> set[Role]:
    return {shape.role for shape in drawing.shapes}


def test_every_exercise_has_its_figure_and_every_figure_its_exercise() -> None:
    assert FIGURES == EXERCISES


@pytest.mark.parametrize("name", FROM_THE_SIDE)
def test_what_rests_stays_on_floor_or_support(name: str) -> None:
    figure = figures.load(name)
    assert figure.contacts
    for pose, before, after in moments(figure):
        body = settle(pose, figure.anchor)
        for point, rest in figure.contacts.items():
            if point in before.free or point in after.free:
                continue
            axis, place = figure.surface(rest)
            off = abs(body.point(point)["xy".index(axis)] - place)
            assert off <= WITHIN, f"{point} is {off:.3f} off the {rest} after {before.name!r}"


@pytest.mark.parametrize("name", FROM_THE_SIDE)
def test_nothing_sinks_into_the_floor(name: str) -> None:
    figure = figures.load(name)
    for pose, before, _ in moments(figure):
        body = settle(pose, figure.anchor)
        for half in ("near", "far"):
            for part in ("toe", "heel", "knee", "elbow", "hand"):
                low = body.point(f"{half}_{part}")[1]
                assert low >= -WITHIN, f"{half} {part} at {low:.3f} after {before.name!r}"


@pytest.mark.parametrize("name", FROM_THE_SIDE)
def test_knees_and_elbows_bend_the_way_they_can(name: str) -> None:
    figure = figures.load(name)
    for pose, before, _ in moments(figure):
        body = settle(pose, figure.anchor)
        for limbs in (body.near, body.far):
            knee = (limbs.thigh - limbs.shank + 180) % 360 - 180
            elbow = (limbs.fore - limbs.upper + 180) % 360 - 180
            assert -0.5 <= knee <= 150, f"knee {knee:.0f} after {before.name!r}"
            assert -0.5 <= elbow <= 150, f"elbow {elbow:.0f} after {before.name!r}"


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("name", FIGURES)
def test_the_whole_motion_stays_in_its_frame(name: str, side: Side) -> None:
    figure = figures.load(name)
    for pose, before, _ in moments(figure):
        drawing = draw(pose, figure.scene, side=side)
        for shape in drawing.shapes:
            for part in shape.parts:
                outside = [point for point in part if not drawing.frame.holds(point)]
                assert not outside, f"{shape.role} at {outside[0]} after {before.name!r}"


@pytest.mark.parametrize("name", FIGURES)
def test_the_left_side_is_the_mirror_of_the_right(name: str) -> None:
    figure = figures.load(name)
    right = draw(figure.keyframes[0].pose, figure.scene, side=Side.RIGHT)
    left = draw(figure.keyframes[0].pose, figure.scene, side=Side.LEFT)
    assert left != right
    assert left == right.mirrored()
    assert (left.frame.left, left.frame.right) == (-right.frame.right, -right.frame.left)


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_pose_is_always_the_same_drawing(name: str) -> None:
    figure = figures.load(name)
    t = figure.motion.seconds * 0.37
    assert draw(figure.motion.pose_at(t), figure.scene) == draw(
        figures.load(name).motion.pose_at(t), figure.scene
    )


@pytest.mark.parametrize("name", FIGURES)
def test_what_works_is_told_by_more_than_colour(name: str) -> None:
    figure = figures.load(name)
    shown = [draw(pose, figure.scene) for pose in figure.motion.stills]
    assert all(roles(drawing) & {Role.WORKING, Role.STRIPE, Role.ARROW} for drawing in shown) or any(
        Role.ARROW in roles(drawing) for drawing in shown
    )
    for drawing in shown:
        if Role.MUSCLE in roles(drawing):
            assert Role.STRIPE in roles(drawing)


def test_the_working_leg_alone_is_highlighted_and_is_the_near_one() -> None:
    figure = figures.load("split_stance")
    legs = [s for s in draw(figure.keyframes[-1].pose, figure.scene).shapes if s.role is Role.WORKING]
    assert legs
    assert not any(leg.far for leg in legs)


def test_a_mark_comes_when_its_position_is_nearly_reached() -> None:
    figure = figures.load("glute_bridge")
    arrow = {
        t: [s.strength for s in draw(figure.motion.pose_at(t), figure.scene).shapes if s.role is Role.ARROW]
        for t in (0.0, 0.8, 1.4, 2.0)
    }
    assert not arrow[0.0]
    assert not arrow[0.8]
    assert 0 < arrow[1.4][0] < 1
    assert arrow[2.0][0] == 1


def test_the_side_lean_is_also_seen_from_the_front() -> None:
    figure = figures.load("half_kneel")
    drawing = draw(figure.keyframes[-1].pose, figure.scene)
    assert Role.CARD in roles(drawing)
    assert Role.CARD not in roles(draw(figure.keyframes[-1].pose, replace(figure.scene, inset=None)))


def test_a_tucked_pelvis_is_seen() -> None:
    figure = figures.load("kneeling_tuck")
    neutral, tucked = (
        next(s for s in draw(pose, figure.scene).shapes if s.role is Role.BAND).parts[0]
        for pose in figure.motion.stills
    )
    slope = [(a[1] - b[1]) / (a[0] - b[0]) for a, b in ((band[0], band[3]) for band in (neutral, tucked))]
    assert slope[1] - slope[0] > 0.3, "the waistband tilts up in front"


def test_the_bridge_is_a_straight_line() -> None:
    figure = figures.load("glute_bridge")
    body = settle(figure.motion.stills[-1], figure.anchor)
    bend = abs(180 - abs(body.near.thigh + body.trunk) - 180)
    assert bend <= 8
    assert body.hip[1] > body.shoulder[1] + 0.08


def test_hands_that_hold_a_hip_or_a_knee_are_there() -> None:
    figure = figures.load("thomas_test")
    body = settle(figure.motion.stills[-1], figure.anchor)
    knee, wrist = body.point("far_patella"), body.point("near_wrist")
    assert max(abs(knee[0] - wrist[0]), abs(knee[1] - wrist[1])) < 0.06


def test_a_motion_can_be_one_still() -> None:
    figure = figures.load("stand_up")
    still = Motion(figure.keyframes[:1], figure.anchor)
    assert still.pose_at(99) == figure.keyframes[0].pose
    assert draw(still.pose_at(0), figure.scene).shapes


def test_muscles_of_the_front_view_are_striped_there() -> None:
    figure = figures.load("butterfly")
    assert figure.muscles == (Muscle.INNER_THIGH,)
    assert Role.STRIPE in roles(draw(figure.keyframes[0].pose, figure.scene))
