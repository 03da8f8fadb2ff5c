from __future__ import annotations

from tray_agent.shell.origins import Level, Origin


def test_only_what_is_mandatory_takes_the_choice_away() -> None:
    assert [level for level in Level if Origin(level).managed] == [Level.MANDATORY]
