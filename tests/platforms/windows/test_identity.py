"""Wine knows one person only: that two have different SIDs is taken for granted."""

import ctypes
import os
import re

import pytest

from tray_agent.platforms.windows import identity


def test_we_are_somebody_and_always_the_same() -> None:
    assert re.fullmatch(r"S-1-\d+(-\d+)+", identity.own_sid())
    assert identity.sid_of(os.getpid()) == identity.own_sid()
    assert identity.session() >= 0


def test_a_process_that_is_not_there_is_nobody() -> None:
    with pytest.raises(OSError):
        identity.sid_of(0)


def test_what_nobody_wrote_has_no_caller() -> None:
    with pytest.raises(OSError):
        identity.sid_of_caller(0)


def test_only_this_person_and_the_system_may_open() -> None:
    advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
    with identity.ours_alone() as attributes:
        text = ctypes.c_wchar_p()
        assert advapi32.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            ctypes.c_void_p(attributes.descriptor), 1, 4, ctypes.byref(text), None
        )
    assert text.value == f"D:P(A;;GA;;;{identity.own_sid()})(A;;GA;;;SY)"
