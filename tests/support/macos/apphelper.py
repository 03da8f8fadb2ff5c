"""PyObjCTools.AppHelper: calls for the main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.support.macos.played_main import main

FRAMEWORK = "PyObjCTools.AppHelper"


def callAfter(func: Callable[..., object], *args: Any, **kwargs: Any) -> None:  # noqa: N802
    main.post(partial(func, *args, **kwargs))
