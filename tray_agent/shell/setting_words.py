"""What people read beside each setting and each of its choices, in their own language.

Generated from `config/settings.toml` by `config/generate.py`: change the definition, not this.
"""

from __future__ import annotations

from tray_agent.shell.words import N_, _, ngettext


def title(key: str) -> str:
    """The words beside the setting."""
    return _(_TITLES[key])


def help_on(key: str) -> str:
    """What the setting does, in a sentence."""
    return _(_HELP[key])


def choices(key: str) -> dict[str, str]:
    """Each value of a setting with choices, and the words for it; none where there are no choices."""
    return {value: _(words) for value, words in _CHOICES.get(key, {}).items()}


def groups() -> dict[str, str]:
    """The pages of the settings window in their order, each with its title."""
    return {name: _(words) for name, words in _GROUPS.items()}


def group(key: str) -> str:
    """The page on which the setting stands."""
    return _GROUP_OF[key]


def unit(key: str) -> str:
    """The word after a number; empty when the setting counts nothing."""
    return _(_UNITS[_UNIT_OF[key]]) if key in _UNIT_OF else ""


def amount(key: str, n: int) -> str:
    """The number with what it counts, as "90 days"."""
    match _UNIT_OF[key]:
        case "seconds":
            return ngettext("{n} second", "{n} seconds", n).format(n=n)
        case "hours":
            return ngettext("{n} hour", "{n} hours", n).format(n=n)
        case "days":
            return ngettext("{n} day", "{n} days", n).format(n=n)
        case "percent":
            return ngettext("{n} %", "{n} %", n).format(n=n)
        case _:
            return f"{n}"


_TITLES = {
    "hours.mode": N_("Prompt me"),
    "hours.ranges": N_("Working hours"),
    "hours.holidays": N_("Holidays"),
    "intensity": N_("Intensity"),
    "insistence": N_("How to ask"),
    "activity.source": N_("Notice activity with"),
    "activity.idle_threshold_s": N_("Still seated without input for"),
    "activity.long_silences": N_("I read, listen or dictate a lot"),
    "activity.hear_keys": N_("Listen for keys on a Mac"),
    "sensing.microphone": N_("Microphone in use"),
    "sensing.camera": N_("Camera in use"),
    "sensing.display_awake": N_("Screen kept awake"),
    "sensing.player": N_("Videos playing"),
    "sensing.screen_reader": N_("Screen reader speaking"),
    "sensing.sharing": N_("Screen shared or recorded"),
    "sensing.fullscreen": N_("Program in full screen"),
    "sensing.do_not_disturb": N_("Do-not-disturb"),
    "quiet.call": N_("During calls"),
    "quiet.sharing": N_("While sharing the screen"),
    "quiet.fullscreen": N_("In full screen"),
    "quiet.dnd": N_("On do-not-disturb"),
    "quiet.at_most_h": N_("Hold no longer than"),
    "prompts.stand_up": N_("Breaks from sitting"),
    "prompts.hip_flexor": N_("Hip-flexor stretch"),
    "prompts.glutes": N_("Glute strength"),
    "prompts.ask_were_you_up": N_('Ask "Were you up?"'),
    "exercises.floor": N_("Exercises on the floor"),
    "exercises.office_clothes": N_("Only what suits office clothes"),
    "breaks.time_limits": N_("Time to read and get ready"),
    "breaks.sound": N_("Sound"),
    "breaks.speech": N_("Speech"),
    "appearance.scheme": N_("Colours"),
    "appearance.scale": N_("Size"),
    "appearance.motion": N_("Movement on the screen"),
    "history.retention_days": N_("Keep history for"),
    "language": N_("Language"),
    "welcome": N_("Welcome"),
    "organisation.name": N_("Name of the organisation"),
    "organisation.link": N_("Where to ask the organisation"),
    "organisation.autostart": N_("Start with the session"),
    "organisation.quit": N_("May be ended"),
    "log.level": N_("Log"),
}

_HELP = {
    "hours.mode": N_("Whether prompts keep to your working hours or may appear at any time."),
    "hours.ranges": N_("Days and times of work; an end at or before its start lies on the next day."),
    "hours.holidays": N_(
        "Days without work, or the first and the last of several; no working hours begin on them."
    ),
    "intensity": N_("How often to break up sitting, and how much stretching and strengthening to do."),
    "insistence": N_("How hard a prompt presses: from a changed icon to a full screen."),
    "activity.source": N_("Where activity is noticed; the idle counter alone uses no input hook at all."),
    "activity.idle_threshold_s": N_(
        "How long without input still counts as sitting; raise it if you often read, listen or dictate."
    ),
    "activity.long_silences": N_(
        "Up to five minutes without input count as sitting; fit for switches and eye trackers."
    ),
    "activity.hear_keys": N_(
        "That a key is pressed, never which; macOS then asks you to allow Input Monitoring."
    ),
    "sensing.microphone": N_("Whether a microphone is in use, which is a call; no sound is ever heard."),
    "sensing.camera": N_("Whether a camera is in use, which is a call; no picture is ever seen."),
    "sensing.display_awake": N_("Whether a program keeps the screen awake, as players of videos do."),
    "sensing.player": N_("Whether a player of videos is playing; what it plays is not read."),
    "sensing.screen_reader": N_("Whether a screen reader runs while sound is playing, which is listening."),
    "sensing.sharing": N_("Whether a program takes pictures of the screen; none is ever seen."),
    "sensing.fullscreen": N_("Whether a window fills the screen; its program and title are not read."),
    "sensing.do_not_disturb": N_("Whether the desktop's do-not-disturb is on."),
    "quiet.call": N_("Hold prompts while the microphone or camera is in use."),
    "quiet.sharing": N_("Hold prompts while the screen is shared or presented."),
    "quiet.fullscreen": N_("Hold prompts while a program fills the screen."),
    "quiet.dnd": N_("Hold prompts while the desktop's do-not-disturb is on."),
    "quiet.at_most_h": N_("After so long even a call without end holds no prompts; 0: it always does."),
    "prompts.stand_up": N_("Ask for a break after sitting for a while."),
    "prompts.hip_flexor": N_("Fold a hip-flexor stretch into some of the breaks."),
    "prompts.glutes": N_("Fold a set of glute exercises into some of the breaks."),
    "prompts.ask_were_you_up": N_(
        "Ask now and then, when an absence could have been either, whether you were up."
    ),
    "exercises.floor": N_("Allow exercises on the floor, once the safety check is done."),
    "exercises.office_clothes": N_(
        "Leave out exercises that need the floor, loose clothes or a room of one's own."
    ),
    "breaks.time_limits": N_(
        "How long prompts wait for an answer and the break window for you, between two exercises too."
    ),
    "breaks.sound": N_("A soft tone when the next thing begins; the window shows it as well."),
    "breaks.speech": N_(
        "Say the steps aloud with this computer's own voice; silent while a screen reader runs."
    ),
    "appearance.scheme": N_("The desktop's own colours, or others for the agent's windows alone."),
    "appearance.scale": N_("How large type and drawings are, on top of the desktop's own scaling."),
    "appearance.motion": N_("Whether drawings move; still ones show one position after the other."),
    "history.retention_days": N_("How many days of breaks, prompts and movement are kept."),
    "language": N_('The language of the agent, such as "de"; empty means the system\'s.'),
    "welcome": N_("Show a short welcome when the agent starts for the first time."),
    "organisation.name": N_("Said beside each setting that the organisation decides."),
    "organisation.link": N_(
        "A web or mail address, offered beside each setting that the organisation decides."
    ),
    "organisation.autostart": N_("Who decides whether the agent starts when somebody logs in."),
    "organisation.quit": N_(
        "Whether the menu and the command line may end the agent; a pause is always possible."
    ),
    "log.level": N_("How much the agent writes to its log file."),
}

_CHOICES = {
    "hours.mode": {
        "schedule": N_("During working hours"),
        "always": N_("At any time"),
    },
    "intensity": {
        "gentle": N_("Gentle"),
        "standard": N_("Standard"),
        "intensive": N_("Intensive"),
    },
    "insistence": {
        "icon": N_("Change the icon"),
        "notify": N_("Show a notification"),
        "window": N_("Open the break window"),
        "firm": N_("Fill the screen"),
    },
    "activity.source": {
        "auto": N_("Whatever works best here"),
        "pynput": N_("Input listener only"),
        "counter": N_("Idle counter only"),
    },
    "breaks.time_limits": {
        "x1": N_("As usual"),
        "x1_5": N_("Half as long again"),
        "x2": N_("Twice as long"),
        "x3": N_("Three times as long"),
        "x5": N_("Five times as long"),
        "x10": N_("Ten times as long"),
        "off": N_("No limit"),
    },
    "appearance.scheme": {
        "system": N_("As the desktop"),
        "light": N_("Light"),
        "dark": N_("Dark"),
        "high_contrast": N_("High contrast"),
    },
    "appearance.motion": {
        "system": N_("As the desktop"),
        "still": N_("Keep still"),
    },
    "organisation.autostart": {
        "person": N_("As the person chooses"),
        "always": N_("Always"),
        "never": N_("Never"),
    },
    "log.level": {
        "debug": N_("Everything"),
        "info": N_("The usual"),
        "warning": N_("Troubles"),
        "error": N_("Failures only"),
    },
}

_GROUPS = {
    "hours": N_("Working hours"),
    "movement": N_("Movement"),
    "prompts": N_("Prompts"),
    "breaks": N_("Breaks"),
    "quiet": N_("Quiet"),
    "activity": N_("Noticing activity"),
    "appearance": N_("Appearance"),
    "privacy": N_("Privacy"),
    "general": N_("General"),
}

_GROUP_OF = {
    "hours.mode": "hours",
    "hours.ranges": "hours",
    "hours.holidays": "hours",
    "intensity": "movement",
    "insistence": "prompts",
    "activity.source": "activity",
    "activity.idle_threshold_s": "activity",
    "activity.long_silences": "activity",
    "activity.hear_keys": "activity",
    "sensing.microphone": "activity",
    "sensing.camera": "activity",
    "sensing.display_awake": "activity",
    "sensing.player": "activity",
    "sensing.screen_reader": "activity",
    "sensing.sharing": "activity",
    "sensing.fullscreen": "activity",
    "sensing.do_not_disturb": "activity",
    "quiet.call": "quiet",
    "quiet.sharing": "quiet",
    "quiet.fullscreen": "quiet",
    "quiet.dnd": "quiet",
    "quiet.at_most_h": "quiet",
    "prompts.stand_up": "prompts",
    "prompts.hip_flexor": "prompts",
    "prompts.glutes": "prompts",
    "prompts.ask_were_you_up": "prompts",
    "exercises.floor": "movement",
    "exercises.office_clothes": "movement",
    "breaks.time_limits": "breaks",
    "breaks.sound": "breaks",
    "breaks.speech": "breaks",
    "appearance.scheme": "appearance",
    "appearance.scale": "appearance",
    "appearance.motion": "appearance",
    "history.retention_days": "privacy",
    "language": "general",
    "welcome": "general",
    "organisation.name": "general",
    "organisation.link": "general",
    "organisation.autostart": "general",
    "organisation.quit": "general",
    "log.level": "general",
}

_UNITS = {
    "seconds": N_("seconds"),
    "hours": N_("hours"),
    "days": N_("days"),
    "percent": N_("%"),
}

_UNIT_OF = {
    "activity.idle_threshold_s": "seconds",
    "quiet.at_most_h": "hours",
    "appearance.scale": "percent",
    "history.retention_days": "days",
}
