"""A chart as an SVG document, from the same scene as the one in the terminal.

The background stays transparent and every colour is readable on white and on near-black, so that no viewer has to
support style sheets or media queries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from quizbot.plot.geometry import clip_segments, thin
from quizbot.plot.options import XY, ChartOptions
from quizbot.plot.scene import Curve, Mark, Scene, build_scene
from quizbot.plot.styles import ABOVE, INK, LOST, Look, look

_FONT = 13
_CHAR = 7.4  # Mean width of a character of the legend and labels, in pixels, erring on the wide side.
_LINE = 20
_MARKER = 4.5
_MARKERS = 8


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot's rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    def x(self, u: float) -> float:
        return self.left + u * self.width

    def y(self, v: float) -> float:
        return self.top + (1 - v) * self.height


def draw_svg(
    series: Mapping[str, XY], options: ChartOptions | None = None, *, width: int = 800, height: int = 500
) -> str:
    """The chart as a complete SVG document of `width` pixels; `height` is that of the plot with its axes.

    The legend goes below and adds to the height. Sizes below 200 × 120 are raised to that. Raises ValueError when x
    and y of a series differ in length.
    """
    options = options or ChartOptions()
    scene = build_scene(series, options)
    width, height = max(200, width), max(120, height)
    y_ticks = scene.y_axis.ticks(max(2, height // 50))
    left = 18 + _CHAR * max((len(label) for _, label in y_ticks), default=0)
    top = 12 + _LINE * (bool(options.title) + bool(options.y_label))
    bottom = 28 + _LINE * bool(options.x_label)
    frame = _Frame(left, top, width - left - 24, height - top - bottom)

    parts = [_title(scene, options)]
    if options.title:
        parts.append(_text(width / 2, _LINE, options.title, anchor="middle", weight="bold"))
    if options.y_label:
        parts.append(_text(left, top - 8, options.y_label))
    if options.x_label:
        parts.append(_text(frame.x(0.5), frame.y(0) + 28 + 14, options.x_label, anchor="middle"))
    parts += _axes(scene, frame, y_ticks, grid=options.grid)
    for curve in scene.curves:
        parts.append(_curve(curve, frame, len(scene.curves)))
    below, extra = _legend(scene, height, width) if options.legend != "none" else ([], 0)
    parts += below
    total = height + extra
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{total}" viewBox="0 0 {width} {total}" '
        f'font-family="system-ui, sans-serif" font-size="{_FONT}" fill="none" role="img">'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def _title(scene: Scene, options: ChartOptions) -> str:
    names = ", ".join(curve.name for curve in scene.curves)
    axes = f"{options.y_label} against {options.x_label}" if options.x_label and options.y_label else ""
    return f"<title>{_safe(': '.join(part for part in (options.title or axes, names) if part))}</title>"


def _axes(scene: Scene, frame: _Frame, y_ticks: list[tuple[float, str]], *, grid: bool) -> list[str]:
    left, right, low, high = frame.x(0), frame.x(1), frame.y(0), frame.y(1)
    parts = [_path(f"M{_n(left)} {_n(high)}V{_n(low)}H{_n(right)}", INK, 1)]
    for v, label in y_ticks:
        y = frame.y(v)
        parts.append(_path(f"M{_n(left - 5)} {_n(y)}H{_n(left)}", INK, 1))
        parts.append(_text(left - 8, y + 4, label, anchor="end"))
        if grid:
            parts.append(_path(f"M{_n(left)} {_n(y)}H{_n(right)}", INK, 0.4, (1, 4)))
    most = max(2, int(frame.width // 70))
    for u, label in scene.x_axis.ticks(most):
        x = frame.x(u)
        parts.append(_path(f"M{_n(x)} {_n(low)}V{_n(low + 5)}", INK, 1))
        parts.append(_text(x, low + 20, label, anchor="middle"))
    return parts


def _curve(curve: Curve, frame: _Frame, count: int) -> str:
    style = curve.look
    x, y = thin(curve.u * frame.width, curve.v * frame.height, max(1, int(frame.width)))
    ends_x, ends_y, index = clip_segments(x, y, (0.0, 0.0, frame.width, frame.height))
    commands = []
    last = (math.nan, math.nan, -2)
    for (x0, x1), (y0, y1), segment in zip(ends_x.tolist(), ends_y.tolist(), index.tolist(), strict=True):
        if last != (x0, y0, segment - 1):
            commands.append(f"M{_n(frame.left + x0)} {_n(frame.y(y0 / frame.height))}")
        commands.append(f"L{_n(frame.left + x1)} {_n(frame.y(y1 / frame.height))}")
        last = (x1, y1, segment)
    shapes = [_path("".join(commands), style.colour, 1.6, style.dash)] if commands else []
    shapes += [_marker(frame.x(u), frame.y(v), style) for u, v in curve.marker_places(_MARKERS, count)]
    shapes += [_mark(mark, frame, style) for mark in curve.marks]
    return f"<g><title>{_safe(curve.name)}</title>{''.join(shapes)}</g>"


def _marker(x: float, y: float, style: Look) -> str:
    """The shape of the series' marker character; hollow ones are outlines."""
    filled = style.marker in "●■▲◆▼"
    paint = f'fill="{style.colour}"' if filled else f'stroke="{style.colour}" stroke-width="1.4"'
    r = _MARKER
    if style.marker in "●○":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{r - 0.5}" {paint}/>'
    corners: dict[str, Sequence[tuple[float, float]]] = {
        "■□": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "▲△": [(0, -r), (r, r), (-r, r)],
        "▼▽": [(0, r), (r, -r), (-r, -r)],
        "◆◇": [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
    }
    shape = next(points for kinds, points in corners.items() if style.marker in kinds)
    return f'<path d="M{"L".join(f"{_n(x + dx)} {_n(y + dy)}" for dx, dy in shape)}Z" {paint}/>'


def _mark(mark: Mark, frame: _Frame, style: Look) -> str:
    x, y, r = frame.x(mark.u), frame.y(mark.v), _MARKER
    if mark.symbol == LOST:
        return _path(f"M{_n(x - r)} {_n(y - r)}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}", style.colour, 1.8)
    # An arrow whose tip touches the edge; pixels grow downwards.
    way = 1 if mark.symbol == ABOVE else -1
    return _path(f"M{_n(x)} {_n(y + 10 * way)}V{_n(y)}m{-r} {r * way}l{r} {-r * way}l{r} {r * way}", style.colour, 1.6)


def _legend(scene: Scene, top: int, width: int) -> tuple[list[str], int]:
    """Entries in columns as wide as the longest name, and the height they take."""
    remarks = scene.remarks
    count = len(scene.curves) + len(remarks)
    if not count:
        return [], 0
    column = 56 + _CHAR * max(len(text) for text in [*(curve.name for curve in scene.curves), *remarks])
    columns = max(1, min(count, int((width - 20) // column)))
    rows = -(-count // columns)
    parts = []
    for i in range(count):
        x, y = 12 + (i // rows) * column, top + 10 + (i % rows) * _LINE
        if i < len(scene.curves):
            style = look(scene.curves[i].index)
            parts.append(_path(f"M{_n(x)} {_n(y)}h36", style.colour, 1.6, style.dash) + _marker(x + 18, y, style))
            parts.append(_text(x + 44, y + 4, scene.curves[i].name))
        else:
            parts.append(_text(x, y + 4, remarks[i - len(scene.curves)]))
    return parts, rows * _LINE + 8


def _path(d: str, colour: str, width: float, dash: tuple[int, ...] = ()) -> str:
    pattern = f' stroke-dasharray="{" ".join(str(2 * length) for length in dash)}"' if dash else ""
    return f'<path d="{d}" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"{pattern}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" fill="{INK}" text-anchor="{anchor}"{bold}>{_safe(text)}</text>'


def _safe(text: str) -> str:
    """`text` for XML: markup escaped, and what XML cannot hold at all replaced."""
    return escape("".join(char if char.isprintable() else "?" for char in text))


def _n(value: float) -> str:
    """Hundredths of a pixel are enough; `-0` is none."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"
