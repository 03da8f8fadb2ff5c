"""The card "When to get help": the red flags, when to ask somebody, and when to stop an exercise.

It names signs and what to do about them; it diagnoses nothing.
"""

from __future__ import annotations

from tray_agent.shell.pages import Page
from tray_agent.shell.passages import Passage, notice
from tray_agent.shell.words import N_, _

SOURCES = "Northern Health and Social Care Trust; NHS Borders; NHS Greater Glasgow and Clyde"

AT_ONCE = Passage(
    N_("Go to an emergency department, or call your local emergency number, if you have"),
    (
        N_("numbness around the genitals or the bottom, where a saddle would touch"),
        N_("new trouble with bladder or bowel: you cannot go, cannot hold it, or do not notice it"),
        N_("pain or weakness in both legs"),
        N_("pain after a major accident or a fall from a height"),
    ),
    urgent=True,
)
SOON = Passage(
    N_("Ask for a doctor's appointment as soon as possible if pain comes with"),
    (
        N_("a fever"),
        N_("nights in which it keeps you awake, whichever way you lie"),
        N_("weight loss that nothing explains"),
        N_("a cancer, now or in the past"),
    ),
    urgent=True,
)
ASK = Passage(
    N_("See a doctor or a physiotherapist when"),
    (
        N_("you are already in pain and would like to begin with exercises"),
        N_("a pain gets worse, or has not eased after six weeks"),
        N_("pain, tingling or numbness runs down a leg"),
        N_("you are pregnant and your back hurts: your midwife knows, too"),
        N_("something on the list of the safety check applies to you"),
    ),
    source=SOURCES,
)
STOP = Passage(
    N_("While you exercise, stop at"),
    (
        N_("sharp or pinching pain in the groin"),
        N_("pain or tingling down the leg"),
        N_("dizziness"),
    ),
)
MILD = Passage(
    "",
    (
        N_("A stretch is a mild pull, four out of ten at most. Keep breathing and do not bounce."),
        N_("This program does not diagnose. If you are in doubt, ask somebody who can look at you."),
    ),
    points=False,
)


def card(*, reviewed: bool) -> Page:
    """The card; `reviewed`: a native speaker has read its translation, so no English needs to stand below."""
    passages = (AT_ONCE, SOON, ASK, STOP, MILD)
    sections = tuple(passage.section(reviewed=reviewed) for passage in passages)
    return Page(_("When to get help"), (*notice(reviewed=reviewed), *sections))
