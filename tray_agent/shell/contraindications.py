"""What speaks against exercises on the floor and with load, as codes for programs and words for people."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.shell.help_card import STOP
from tray_agent.shell.passages import Passage, notice
from tray_agent.shell.sheets import Section
from tray_agent.shell.words import N_


class Group(Struct, frozen=True):
    """Contraindications that rest on the same source, each with its code."""

    heading: str
    because: dict[str, str]
    source: str

    @property
    def passage(self) -> Passage:
        """The group to read."""
        return Passage(self.heading, tuple(self.because.values()), source=self.source)


GROUPS = (
    Group(
        N_("Surgery"),
        {
            "surgery": N_("surgery on a hip, a knee or the spine in the last 12 months"),
            "anterior_hip_replacement": N_(
                "a hip replaced from the front: no stretching the leg behind you, no stepping back and no"
                " lying on your belly for about 12 weeks, or as long as your surgeon says"
            ),
        },
        "Duke Physical and Occupational Therapy, anterior hip precautions",
    ),
    Group(
        N_("Injury, spine and bones"),
        {
            "acute_injury": N_("a fresh injury"),
            "hernia": N_("a known hernia: a slipped disc, or one of the groin or the belly"),
            "stenosis": N_("a narrowed spinal canal (stenosis)"),
            "spondylolisthesis": N_("a slipped vertebra (spondylolisthesis)"),
            "osteoporosis": N_("osteoporosis"),
        },
        "PAR-Q+; NHS Greater Glasgow and Clyde",
    ),
    Group(
        N_("Pregnancy"),
        {"pregnancy": N_("pregnancy: no lying on your belly, nor, after 16 weeks, flat on your back")},
        "NHS, exercise in pregnancy",
    ),
    Group(
        N_("Blood and heart"),
        {
            "clot_or_blood_thinner": N_(
                "a blood clot in a leg (thrombosis), or medicine that thins the blood: no massage with a ball"
            ),
            "heart_or_blood_pressure": N_("heart disease or high blood pressure: no mountain climber"),
        },
        "Bartsch et al. 2021, J Clin Med 10:5360; PAR-Q+",
    ),
)

CODES = tuple(code for group in GROUPS for code in group.because)

_PURPOSE = Passage(
    "",
    (
        N_(
            "Exercises on the floor, and harder ones, stay off until you have read this and nothing on the"
            " list applies to you. If something does, ask your doctor or physiotherapist first; standing"
            " and seated exercises go on in any case."
        ),
    ),
    points=False,
)
_TAKE_BACK = Passage(
    "",
    (N_("You have ticked this before. If something has changed, take the tick away and save."),),
    points=False,
)
_STANDING_TOO = Passage(
    N_("This holds for standing exercises, too"),
    (N_("After a hip replacement from the front, leave out the stretches that take a leg behind you."),),
    points=False,
)
_KEPT = Passage(
    N_("Where your answers are kept"),
    (
        N_("In your history on this computer alone, in your account. Your organisation cannot see them."),
        N_("An export holds them only if you ask for it, and erasing your data erases them, too."),
        N_("Everything here is up to you, and can be changed at any time."),
    ),
    points=False,
)


def sections(*, cleared: bool, reviewed: bool) -> tuple[Section, ...]:
    """What to read before saying that none applies; when it was `cleared`, how to take that back."""
    passages = (
        _PURPOSE,
        *((_TAKE_BACK,) if cleared else ()),
        *(group.passage for group in GROUPS),
        _STANDING_TOO,
        STOP,
        _KEPT,
    )
    return (*notice(reviewed=reviewed), *(passage.section(reviewed=reviewed) for passage in passages))
