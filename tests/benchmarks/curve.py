"""A curve as a small picture: what was measured, and the straight line that fits it best."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from statistics import linear_regression

Point = tuple[float, float]

_WIDTH, _HEIGHT, _TICKS = 640, 320, 5
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 40, 48


def straightness(points: Sequence[Point]) -> float:
    """How far the curve strays from its straight line at most, as a share of its end."""
    slope, base = linear_regression(*zip(*points, strict=True))
    return max(abs(y - base - slope * x) for x, y in points) / points[-1][1]


def picture(title: str, across: str, up: str, points: Sequence[Point]) -> str:
    """SVG of the points, whose last lies farthest out; both axes begin at 0 and bear these names."""
    slope, base = linear_regression(*zip(*points, strict=True))
    end, top = points[-1]
    axes = (_Axis(end, _LEFT, _WIDTH - _RIGHT), _Axis(top, _HEIGHT - _BOTTOM, _TOP))
    fitted = [(0.0, base), (end, base + slope * end)]
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12" fill="none"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {box}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        _text(_WIDTH / 2, 22, title),
        *_grid(*axes),
        _text(_WIDTH / 2, _HEIGHT - 10, across),
        _text(_LEFT - 8, _TOP - 12, up),
        _line(axes, points, 'stroke="#2a6f97" stroke-width="3"'),
        _line(axes, fitted, 'stroke="#e07a5f" stroke-dasharray="6 4"'),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class _Axis:
    """From numbers, 0 to `most`, to places, `start` to `end`."""

    def __init__(self, most: float, start: float, end: float) -> None:
        self._most, self._start, self._end = most, start, end

    def at(self, value: float) -> float:
        return self._start + value / self._most * (self._end - self._start)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Where, and what stands there."""
        power = 10.0 ** math.floor(math.log10(self._most / _TICKS))
        step = next(power * digit for digit in (1, 2, 5, 10) if power * digit * _TICKS >= self._most)
        for number in range(int(self._most / step) + 1):
            yield self.at(number * step), f"{number * step:,.10g}"


def _grid(x: _Axis, y: _Axis) -> Iterator[str]:
    for at, label in x.ticks():
        yield f'<path d="M{at:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>'
        yield _text(at, _HEIGHT - _BOTTOM + 16, label)
    for at, label in y.ticks():
        yield f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield _text(_LEFT - 6, at + 4, label, anchor="end")


def _line(axes: tuple[_Axis, _Axis], points: Sequence[Point], look: str) -> str:
    x, y = axes
    return f'<polyline points="{" ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in points)}" {look}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#333">{escape(text)}</text>'
