"""Who records and who plays, as CoreAudio knows it: whether anybody does, and not which program.

Since macOS 14 it lists the processes with sound and says of each whether it takes some in or gives some out.
One of them takes sound in all day where somebody has it wait for "Hey Siri", which is no call: its name is
compared in C, and no name comes as far as Python.  Before, it says of a device alone that some program uses
it, in whichever direction: a headset that plays looks like one that records.

Apple developer documentation: "kAudioHardwarePropertyProcessObjectList",
"kAudioProcessPropertyIsRunningInput", "kAudioProcessPropertyBundleID",
"kAudioDevicePropertyDeviceIsRunningSomewhere".
"""

from __future__ import annotations

import os

from tray_agent.platforms.asked import Found
from tray_agent.platforms.macos.hardware import NOTHING, SYSTEM, Audio

PROCESSES, PROCESS, BUNDLE = "prs#", "ppid", "pbid"
RECORDS, PLAYS = "piri", "piro"
DEFAULT_INPUT, DEFAULT_OUTPUT = "dIn ", "dOut"
RUNNING_SOMEWHERE = "gone"

WAITS_FOR_SIRI = b"com.apple.CoreSpeech"
"""The bundle of the daemon that does."""

PLAYED_OR_RECORDED = "before macOS 14, a device that plays cannot be told from one that records"


def recorded() -> Found:
    """Whether a program other than this one takes sound in; raises `Unavailable`."""
    return _runs(RECORDS, DEFAULT_INPUT)


def played() -> Found:
    """Whether a program other than this one gives sound out; raises `Unavailable`."""
    return _runs(PLAYS, DEFAULT_OUTPUT)


def _runs(how: str, device: str) -> Found:
    audio = Audio()
    if not audio.has(SYSTEM, PROCESSES):
        which = audio.number(SYSTEM, device) or NOTHING
        on = which != NOTHING and bool(audio.number(which, RUNNING_SOMEWHERE))
        return Found(on, PLAYED_OR_RECORDED)
    return Found(any(_counts(audio, one, how) for one in audio.things(PROCESSES)))


def _counts(audio: Audio, process: int, how: str) -> bool:
    return (
        bool(audio.number(process, how))
        and audio.number(process, PROCESS) != os.getpid()
        and not audio.says(process, BUNDLE, WAITS_FOR_SIRI)
    )
