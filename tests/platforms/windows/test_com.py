"""Calls through tables of functions, to objects of this process and to a real one."""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, c_int

import pytest

from tests.support.fake_core_audio import FAILED, ComObject
from tray_agent.platforms.windows.audio_sessions import DEVICE_ENUMERATOR, I_DEVICE_ENUMERATOR
from tray_agent.platforms.windows.com import (
    Guid,
    apartment,
    create,
    given,
    method,
    number,
    query_interface,
)

assert sys.platform == "win32"

NO_INTERFACE, NO_CLASS = 0x80004002, 0x80040154


def code(failure: pytest.ExceptionInfo[OSError]) -> int:
    return (failure.value.winerror or 0) & 0xFFFFFFFF


def test_names_are_laid_out_as_com_has_them() -> None:
    guid = Guid.of("00112233-4455-6677-8899-AABBCCDDEEFF")
    assert bytes(guid).hex() == "33221100554477668899aabbccddeeff"


def test_a_method_is_called_by_its_place_and_a_failure_raises() -> None:
    def double(value: int, where: object) -> int:
        where[0] = 2 * value  # type: ignore[index]
        return 0

    made = ComObject(5, {3: ((c_int, POINTER(c_int)), double), 4: ((), lambda: FAILED)})
    assert number(method(3, "Double", c_int, POINTER(c_int)), made.pointer, 21) == 42
    with pytest.raises(OSError) as failure:
        method(4, "Fail")(made.pointer)
    assert code(failure) == 0x80004005


def test_what_was_given_is_let_go_of_also_after_a_failure() -> None:
    made = ComObject(3, {})
    made.interfaces.add(bytes(I_DEVICE_ENUMERATOR))
    held = []

    def fail() -> None:
        with given(query_interface, made.pointer, I_DEVICE_ENUMERATOR):
            held.append(made.references)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (held, made.references) == ([2], 1)
    with pytest.raises(OSError) as failure, given(query_interface, made.pointer, DEVICE_ENUMERATOR):
        pass
    assert code(failure) == NO_INTERFACE
    assert made.references == 1


def test_a_real_object_is_made_and_says_what_it_is() -> None:
    with apartment(), given(create, DEVICE_ENUMERATOR, I_DEVICE_ENUMERATOR) as real:
        assert real.value
        with given(query_interface, real, I_DEVICE_ENUMERATOR) as same:
            assert same.value == real.value
        with pytest.raises(OSError) as failure, given(query_interface, real, DEVICE_ENUMERATOR):
            pass
        assert code(failure) == NO_INTERFACE


def test_a_class_that_nobody_has_registered_cannot_be_made() -> None:
    with (
        apartment(),
        pytest.raises(OSError) as failure,
        given(create, I_DEVICE_ENUMERATOR, DEVICE_ENUMERATOR),
    ):
        pass
    assert code(failure) == NO_CLASS
    assert ctypes.sizeof(Guid) == 16
