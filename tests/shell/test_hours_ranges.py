import pytest

from tray_agent.shell.hours_ranges import Range, parse_range


@pytest.mark.parametrize(
    ("text", "days", "start", "end"),
    [
        ("mon-fri 08:00-18:00", {0, 1, 2, 3, 4}, 480, 1080),
        ("sat 22:00-06:00", {5}, 1320, 1440 + 360),
        ("mon,wed 9:00 - 17:30", {0, 2}, 540, 1050),
        ("sat-mon,thu 08:00-12:00", {5, 6, 0, 3}, 480, 720),
        ("Sun 08:00-08:00", {6}, 480, 1440 + 480),
        ("  fri   00:00-24:00 ", {4}, 0, 1440),
        ("fri 00:00-00:00", {4}, 0, 1440),
    ],
)
def test_ranges(text: str, days: set[int], start: int, end: int) -> None:
    assert parse_range(text) == Range(frozenset(days), start, end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'is not like "mon-fri 08:00-18:00"'),
        ("mon-fri", 'is not like "mon-fri 08:00-18:00"'),
        ("mon 8-9", 'is not like "mon-fri 08:00-18:00"'),
        ("mon-fry 08:00-18:00", '"fry" is not a day'),
        ("mon, 08:00-18:00", '"" is not a day'),
        ("mon 08:60-18:00", '"08:60" is not a time of day'),
        ("mon 08:00-24:01", '"24:01" is not a time of day'),
        ("mon 24:00-06:00", "cannot start at 24:00"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_range(text)
    assert told in str(refused.value)
