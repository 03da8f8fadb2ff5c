"""What people read beside each setting and each of its choices, in their own language.

Generated from `config/settings.toml` by `config/generate.py`: change the definition, not this.
"""

from __future__ import annotations

from tray_agent.shell.words import N_, _


def title(key: str) -> str:
    """The words beside the setting."""
    return _(_TITLES[key])


def choices(key: str) -> dict[str, str]:
    """Each value of a setting with choices, and the words for it."""
    return {value: _(words) for value, words in _CHOICES[key].items()}


_TITLES = {
    "hours.mode": N_("Prompt me"),
    "hours.ranges": N_("Working hours"),
    "hours.holidays": N_("Holidays"),
    "intensity": N_("Intensity"),
    "insistence": N_("How to ask"),
    "activity.source": N_("Notice activity with"),
    "activity.idle_threshold_s": N_("Still seated without input for"),
    "quiet.call": N_("During calls"),
    "quiet.sharing": N_("While sharing the screen"),
    "quiet.fullscreen": N_("In full screen"),
    "quiet.dnd": N_("On do-not-disturb"),
    "prompts.stand_up": N_("Stand up"),
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
    "log.level": N_("Log"),
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
    "log.level": {
        "debug": N_("Everything"),
        "info": N_("The usual"),
        "warning": N_("Troubles"),
        "error": N_("Failures only"),
    },
}
