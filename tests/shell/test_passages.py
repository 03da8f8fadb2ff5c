from tray_agent.shell.passages import Passage, notice

SIGNS = Passage("Get help if you have", ("a fever", "pain"), source="NHS Borders", urgent=True)


def test_a_reviewed_translation_stands_alone() -> None:
    section = SIGNS.section(reviewed=True)
    assert (section.heading, section.lines) == ("Get help if you have", ("a fever", "pain"))
    assert (section.english, section.english_heading) == ((), "")
    assert (section.source, section.urgent, section.points) == ("Source: NHS Borders", True, True)


def test_a_translation_nobody_reviewed_has_the_english_of_every_line_beside_it() -> None:
    section = SIGNS.section(reviewed=False)
    assert section.english == SIGNS.lines
    assert section.english_heading == SIGNS.heading


def test_the_page_says_why_there_is_english_on_it() -> None:
    assert notice(reviewed=True) == ()
    ((line,),) = (section.lines for section in notice(reviewed=False))
    assert line.startswith("No native speaker has checked this translation")
