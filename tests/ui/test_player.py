from tray_agent.core.model import Side
from tray_agent.ui.brief import Step
from tray_agent.ui.player import Player

LEFT = Step("Stretch", 30.0, Side.LEFT)
RIGHT = Step("Stretch", 30.0, Side.RIGHT)
LIFTS = Step("Lift", 50.0, reps=10, rep_s=5.0)


def test_time_runs_through_the_steps_and_carries_over() -> None:
    player = Player([LEFT, RIGHT])
    assert not player.advance(20.0)
    assert (player.left_s, player.share, player.steps_done) == (10.0, 20 / 30, 0)
    assert player.advance(25.0)
    assert (player.step, player.left_s, player.steps_done) == (RIGHT, 15.0, 1)
    assert player.advance(15.0)
    assert player.over
    assert (player.left_s, player.share, player.steps_done) == (0.0, 1.0, 2)


def test_one_long_stride_ends_several_steps() -> None:
    player = Player([LEFT, RIGHT, LIFTS])
    player.advance(75.0)
    assert (player.step, player.left_s) == (LIFTS, 35.0)


def test_a_step_said_to_be_done_is_whole() -> None:
    player = Player([LEFT, RIGHT])
    player.advance(3.0)
    player.finish_step()
    assert (player.step, player.left_s, player.steps_done) == (RIGHT, 30.0, 1)
    player.finish_step()
    assert player.over
    player.finish_step()
    assert player.steps_done == 2


def test_what_follows() -> None:
    player = Player([LEFT, RIGHT])
    assert player.following is RIGHT
    player.finish_step()
    assert player.following is None


def test_reps_are_counted_at_their_pace() -> None:
    player = Player([LIFTS])
    assert (player.rep, player.rep_share) == (1, 0.0)
    player.advance(7.5)
    assert (player.rep, player.rep_share) == (2, 0.5)
    player.advance(42.4)
    assert player.rep == 10


def test_time_after_the_last_rep_still_shows_the_last_rep() -> None:
    player = Player([Step("Lift", 60.0, reps=10, rep_s=5.0)])
    player.advance(58.0)
    assert player.rep == 10


def test_a_held_step_has_no_reps() -> None:
    assert Player([LEFT]).rep == 0
