"""Judging answers and signals, on messages as they come off the wire."""

from __future__ import annotations

import pytest
from jeepney import DBusAddress, HeaderFields, MatchRule, Message, new_error, new_method_return, new_signal

from tray_agent.platforms.linux.messages import ODD_REPLY, Match, Refusal, method, peer, refusal, signature_of

ECHO = DBusAddress("/echo", "org.example.Echo", "org.example.Echo")
RULE = {"type": "signal", "interface": "org.example.Echo", "member": "Said"}


def said(*, sender: str = ":1.7", words: tuple[str, ...] = ("hello",)) -> Message:
    message = new_signal(ECHO, "Said", "s" * len(words), words)
    message.header.fields[HeaderFields.sender] = sender
    return message


def test_a_call_carries_its_arguments_and_their_signature() -> None:
    call = method(ECHO, "Say", "su", "hello", 3)
    assert (signature_of(call), call.body) == ("su", ("hello", 3))
    assert signature_of(method(ECHO, "Say")) == ""


def test_an_answer_of_the_expected_kind_is_no_refusal() -> None:
    answer = new_method_return(method(ECHO, "Say"), "s", ("yes",))
    assert refusal(answer, "s") is None
    assert refusal(answer, None) is None
    assert refusal(answer, "u") is ODD_REPLY


def test_an_error_is_a_refusal_with_its_words_if_it_has_any() -> None:
    call = method(ECHO, "Say")
    assert refusal(new_error(call, "org.example.No", "s", ("because",)), "s") == Refusal(
        "org.example.No", "because"
    )
    assert refusal(new_error(call, "org.example.No", "u", (7,)), "s") == Refusal("org.example.No", "")


def test_every_object_answers_a_ping_and_nothing_else_of_that_interface() -> None:
    interface = ECHO.with_interface("org.freedesktop.DBus.Peer")
    assert refusal(peer(method(interface, "Ping")), "") is None
    assert refusal(peer(method(interface, "GetMachineId")), None) is not None


@pytest.mark.parametrize(
    ("sender", "owner", "fits"),
    [
        (None, None, True),
        (":1.7", None, True),
        (":1.8", None, False),
        ("org.example.Echo", ":1.7", True),
        ("org.example.Echo", ":1.8", False),
        ("org.example.Echo", None, False),
    ],
)
def test_a_well_known_sender_stands_for_its_owner(sender: str | None, owner: str | None, fits: bool) -> None:
    match = Match.of(MatchRule(sender=sender, **RULE), lambda _message: None, None)
    assert match.fits(said(sender=":1.7"), owner) is fits


def test_a_signal_of_another_kind_does_not_fit() -> None:
    match = Match.of(MatchRule(**RULE), lambda _message: None, "s")
    assert match.fits(said(), None)
    assert not match.fits(said(words=("hello", "there")), None)


def test_conditions_survive_the_following_of_a_sender() -> None:
    rule = MatchRule(sender="org.example.Echo", **RULE)
    rule.add_arg_condition(0, "hello")
    match = Match.of(rule, lambda _message: None, None)
    assert match.fits(said(), ":1.7")
    assert not match.fits(said(words=("bye",)), ":1.7")
