import json
from typing import Any

import pytest

from tray_agent.shell import messages, words
from tray_agent.shell.messages import LONGEST, CommandError, Exit


def echo(cmd: str, args: dict[str, Any]) -> dict[str, Any]:
    if cmd == "long":
        return {"text": "x" * LONGEST}
    if cmd == "no":
        raise CommandError(Exit.REFUSED, "not allowed")
    return {"cmd": cmd, "args": args}


def test_request_and_answer() -> None:
    line = messages.request("pause", {"length_s": 1800})
    assert json.loads(line) == {"v": 1, "cmd": "pause", "args": {"length_s": 1800}}
    reply = messages.answer(line, echo)
    assert json.loads(reply) == {
        "v": 1,
        "ok": True,
        "result": {"cmd": "pause", "args": {"length_s": 1800}},
        "language": "",
    }
    assert reply.endswith(b"\n")
    assert messages.result(reply) == {"cmd": "pause", "args": {"length_s": 1800}}


def test_refusal_arrives_with_its_code() -> None:
    reply = messages.answer(messages.request("no", {}), echo)
    assert json.loads(reply) == {"v": 1, "ok": False, "code": 4, "error": "not allowed"}
    with pytest.raises(CommandError, match="not allowed") as refused:
        messages.result(reply)
    assert refused.value.code is Exit.REFUSED


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"null\n",
        b"{}\n",
        b'{"v": 2, "cmd": "status"}\n',
        b'{"v": 1}\n',
        b'{"v": 1, "cmd": 5}\n',
        b'{"v": 1, "cmd": "status", "args": []}\n',
        b"[" * 60_000,
    ],
)
def test_garbage_gets_an_error_reply(line: bytes) -> None:
    reply = json.loads(messages.answer(line, echo))
    assert (reply["ok"], reply["code"]) == (False, 2)
    assert reply["error"]


def test_arguments_may_be_left_out() -> None:
    assert messages.result(messages.answer(b'{"v": 1, "cmd": "status"}', echo))["args"] == {}


def test_too_long_either_way() -> None:
    with pytest.raises(CommandError) as refused:
        messages.request("x", {"text": "x" * LONGEST})
    assert refused.value.code is Exit.USAGE
    reply = messages.answer(messages.request("long", {}), echo)
    assert json.loads(reply)["code"] == 1
    assert len(reply) < LONGEST


@pytest.mark.parametrize(
    "reply", [b"{}", b'{"v":1,"ok":true}', b'{"v":1,"ok":false,"code":77,"error":"x"}', b"?"]
)
def test_answer_that_is_none_is_a_fault(reply: bytes) -> None:
    with pytest.raises(CommandError):
        messages.result(reply)


def test_bug_in_a_handler_is_not_hidden() -> None:
    def broken(_cmd: str, _args: dict[str, Any]) -> dict[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        messages.answer(messages.request("status", {}), broken)


def test_the_agent_s_language_comes_with_its_answer_where_it_was_told_one() -> None:
    for told, spoken in (("", "zz"), ("de", "de")):
        words.speak(told)
        reply = messages.answer(messages.request("status", {}), lambda _cmd, _args: {})
        words.speak("zz")
        messages.result(reply)
        assert words.chosen() == spoken


def test_leave_to_take_the_focus_goes_along_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    assert messages.with_activation({"kind": None}) == {"kind": None}
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-1")
    assert messages.with_activation({"kind": None}) == {"kind": None, "activation": "token-1"}
