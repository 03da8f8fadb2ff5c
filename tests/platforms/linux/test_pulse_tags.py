"""Packets as both servers write them, here by hand, whole and broken."""

from __future__ import annotations

import pytest

from tests.support.pulse_packets import NOTHING, SOUND, TIME, playback, recording, source
from tray_agent.platforms.linux.pulse_tags import (
    HEADER,
    NOBODY,
    NOWHERE,
    Malformed,
    Reader,
    Stream,
    arbitrary,
    is_monitor,
    number,
    packet,
    playbacks,
    properties,
    recordings,
)


def read(body: bytes) -> list[Stream]:
    return list(recordings(Reader(body)))


def test_a_list_is_read_to_its_end_without_decoding_a_name() -> None:
    body = recording(device=1) + recording(device=2, title=NOTHING, method=NOTHING) + recording(device=3)
    assert read(body) == [Stream(device, used=True) for device in (1, 2, 3)]
    assert read(b"") == []


@pytest.mark.parametrize(
    "body",
    [
        recording(client=NOBODY),
        recording(corked=True),
        recording(rate=25),
        recording(rate=144),
        recording(method=b"tpeaks\0"),
    ],
    ids=["of the server itself", "corked", "slow meter", "fast meter", "peaks"],
)
def test_what_is_no_use_by_a_person(body: bytes) -> None:
    assert read(body) == [Stream(1, used=False)]


def test_a_telephone_and_a_method_that_only_begins_like_a_meter_are_use() -> None:
    assert read(recording(rate=8000) + recording(method=b"tpeaks-no\0")) == [Stream(1, used=True)] * 2


def test_playing_streams() -> None:
    body = playback() + playback(corked=True) + playback(client=NOBODY)
    assert [stream.used for stream in playbacks(Reader(body))] == [True, False, False]


def test_a_monitor_has_a_sink_and_a_microphone_has_none() -> None:
    assert is_monitor(Reader(source(monitor_of=0)))
    assert not is_monitor(Reader(source(monitor_of=NOWHERE)))


@pytest.mark.parametrize("whole", [recording(), playback()], ids=["recording", "playback"])
def test_a_packet_cut_short_anywhere_is_malformed_and_nothing_else(whole: bytes) -> None:
    read_it = recordings if whole == recording() else playbacks
    for size in range(1, len(whole)):
        with pytest.raises(Malformed):
            list(read_it(Reader(whole[:size])))


def test_any_broken_byte_is_read_or_malformed_and_nothing_else() -> None:
    whole = recording() + source(NOWHERE)
    for at in range(len(whole)):
        for wrong in (0, 0x31, 0x7F, 0xFF):
            body = whole[:at] + bytes([wrong]) + whole[at + 1 :]
            for read_it in (recordings, playbacks, lambda answer: [is_monitor(answer)]):
                try:
                    list(read_it(Reader(body)))
                except Malformed:
                    pass


def test_one_kind_in_place_of_another_is_malformed() -> None:
    for step in (Reader.number, Reader.flag, Reader.rate, lambda reader: reader.says(b"a")):
        with pytest.raises(Malformed):
            step(Reader(TIME))
    for kind in "tLUmvP1":
        with pytest.raises(Malformed):
            Reader(SOUND).skip(kind)


def test_what_we_send() -> None:
    assert packet(8, 1, number(5)) == HEADER.pack(15, 0xFFFF_FFFF, 0, 0) + b"".join(map(number, (8, 1, 5)))
    assert (
        properties(application_name="Me") == b"Ptapplication.name\0" + number(3) + arbitrary(b"Me\0") + b"N"
    )
    Reader(properties(application_name="Me")).skip("P")
