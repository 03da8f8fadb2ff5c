"""The Linux end of `wine_side`: a Windows program that is asked by lines of JSON, one at a time."""

from __future__ import annotations

import json
import select
import subprocess
from collections.abc import Mapping
from types import TracebackType
from typing import IO, Any, Self, cast

from tests.support.places import ROOT
from tests.wine import __main__ as wine

PATIENCE_S = 30.0
"""The first program on a fresh prefix takes seconds to come up."""


class Helper:
    """Runs inside `with`."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._rest = b""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["wine", f"{wine.PYTHON}", "-m", "tests.support.wine_side"],
            cwd=ROOT,
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            cast("IO[bytes]", pipe).close()

    def ask(self, what: str, **args: Any) -> Any:
        """What function `what` of `wine_side` returns; raises `RuntimeError` with what it raised."""
        out = cast("IO[bytes]", self._process.stdin)
        out.write(json.dumps({"what": what, **args}).encode() + b"\n")
        answer = json.loads(self._line(what))
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer["result"]

    def _line(self, what: str) -> bytes:
        """Its next line; those of programs it has started, and of Wine's own libraries, do not count."""
        back = cast("IO[bytes]", self._process.stdout)
        while True:
            line, end, self._rest = self._rest.partition(b"\n")
            if end and line.startswith(b"{"):
                return line
            if end:
                continue
            if not select.select([back], [], [], PATIENCE_S)[0]:
                raise TimeoutError(f"{what}: no answer from Windows within {PATIENCE_S:g} s")
            part = back.read(65536)
            if not part:
                raise RuntimeError(f"{what}: the Windows program ended: {line!r}")
            self._rest = line + part
