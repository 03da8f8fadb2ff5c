"""Properties of CoreAudio's and CoreMediaIO's objects, asked through their functions in C."""

from __future__ import annotations

from ctypes import POINTER, Structure, c_int32, c_ubyte, c_uint32, c_void_p
from typing import Any

import pytest

from tests.support.macos import coreaudio
from tests.support.macos.c_library import provide
from tests.support.macos.coreaudio import Played
from tray_agent.platforms.macos import camera, frameworks, hardware, sound
from tray_agent.platforms.macos.hardware import SYSTEM, Address, Audio, Cameras, Hardware, code
from tray_agent.ports import Unavailable

KINDS = {"audio": (Audio, coreaudio.CAMERAS), "cameras": (Cameras, coreaudio.CAMERAS)}

ENCODED = {
    c_int32: "i",
    c_uint32: "I",
    c_ubyte: "Z",
    c_void_p: "^v",
    POINTER(c_uint32): "^I",
    POINTER(Address): "^{Address=III}",
}


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    played = Played()
    provide(
        monkeypatch,
        CoreAudio=coreaudio.core_audio(played),
        CoreMediaIO=coreaudio.core_media_io(played),
    )
    return played


@pytest.fixture(params=[Audio, Cameras])
def objects(request: pytest.FixtureRequest, played: Played) -> Hardware:
    made: Hardware = request.param()
    return made


def test_numbers_lists_and_whether_there_is_one(objects: Hardware, played: Played) -> None:
    played.puts(SYSTEM, coreaudio.CAMERAS, 40, 41, 42)
    played.puts(41, coreaudio.RUNNING_SOMEWHERE, 1)
    assert objects.things("dev#") == [40, 41, 42]
    assert objects.number(41, "gone") == 1
    assert objects.has(41, "gone")
    assert not objects.has(41, "dev#")


def test_no_object_at_all_is_an_empty_list(objects: Hardware, played: Played) -> None:
    played.puts(SYSTEM, coreaudio.CAMERAS)
    assert objects.things("dev#") == []


def test_one_that_is_gone_meanwhile_says_nothing(objects: Hardware) -> None:
    assert objects.number(99, "gone") is None


def test_some_that_came_between_the_two_questions_are_there(
    objects: Hardware, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.puts(SYSTEM, coreaudio.CAMERAS, 1, 2, 3, 4)
    told_fewer: Any = objects._get_size
    monkeypatch.setattr(objects, "_get_size", lambda *all_of_them: told_fewer(*all_of_them[:4], c_uint32()))
    assert objects.things("dev#") == [1, 2, 3, 4]


def test_a_refusal_has_its_number(objects: Hardware, played: Played) -> None:
    played.refused[coreaudio.CAMERAS] = -1
    with pytest.raises(Unavailable, match=f"{objects.framework} does not answer .0xffffffff"):
        objects.things("dev#")


@pytest.mark.parametrize(
    ("four", "number"),
    [
        (sound.PROCESSES, coreaudio.PROCESS_LIST),
        (sound.PROCESS, coreaudio.PROCESS_PID),
        (sound.BUNDLE, coreaudio.PROCESS_BUNDLE),
        (sound.RECORDS, coreaudio.RUNNING_INPUT),
        (sound.PLAYS, coreaudio.RUNNING_OUTPUT),
        (sound.DEFAULT_INPUT, coreaudio.DEFAULT_INPUT),
        (sound.DEFAULT_OUTPUT, coreaudio.DEFAULT_OUTPUT),
        (sound.RUNNING_SOMEWHERE, coreaudio.RUNNING_SOMEWHERE),
        (camera.RUNNING_SOMEWHERE, coreaudio.RUNNING_SOMEWHERE),
        (camera.DEVICES, coreaudio.CAMERAS),
        ("glob", coreaudio.GLOBAL),
    ],
)
def test_four_letters_are_the_number_that_pyobjc_has(four: str, number: int) -> None:
    assert code(four) == number


@pytest.mark.parametrize(
    ("owner", "name", "encoding"),
    [
        ("CoreAudio", "AudioObjectHasProperty", "ZI^{Address=III}"),
        ("CoreAudio", "AudioObjectGetPropertyDataSize", "iI^{Address=III}I^v^I"),
        ("CoreAudio", "AudioObjectGetPropertyData", "iI^{Address=III}I^v^I^v"),
        ("CoreMediaIO", "CMIOObjectHasProperty", "ZI^{Address=III}"),
        ("CoreMediaIO", "CMIOObjectGetPropertyDataSize", "iI^{Address=III}I^v^I"),
        ("CoreMediaIO", "CMIOObjectGetPropertyData", "iI^{Address=III}I^vI^I^v"),
    ],
)
def test_functions_have_the_types_that_pyobjc_has(
    played: Played, owner: str, name: str, encoding: str
) -> None:
    Audio()
    Cameras()
    declared = getattr(frameworks.framework(owner), name)
    assert "".join(ENCODED[each] for each in (declared.restype, *declared.argtypes)) == encoding


def test_an_address_is_three_numbers() -> None:
    assert issubclass(hardware.Address, Structure)
    assert bytes(Address(1, 2, 3)) == bytes([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])
