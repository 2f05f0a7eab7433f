"""A reliability diagram: what confidence told against what was right, as a picture and as a table. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.fitting import Bin

_SIZE, _EDGE = 320, 40


def diagram(title: str, bins: Sequence[Bin]) -> str:
    """Return an SVG: one dot a bin, its area the share of questions; on the line confidence holds."""
    side = _SIZE - 2 * _EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return _EDGE + x * side, _SIZE - _EDGE - y * side

    x0, y0 = at(0, 0)
    x1, y1 = at(1, 1)
    marks = []
    for tenth in (0.0, 0.5, 1.0):
        x, y = at(tenth, tenth)
        marks.append(f'<text x="{x:.0f}" y="{y0 + 16:.0f}" text-anchor="middle">{tenth:g}</text>')
        marks.append(f'<text x="{x0 - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{tenth:g}</text>')
    for each in bins:
        x, y = at(each.told, each.right)
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 + 12 * each.share:.1f}" fill="#0b5fff"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img" '
        f'font-family="sans-serif" font-size="11"><title>{title}</title>'
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#fff"/>'
        f'<rect x="{x0}" y="{y1}" width="{side}" height="{side}" fill="none" stroke="#666"/>'
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#999" stroke-dasharray="4"/>'
        f"{''.join(marks)}"
        f'<text x="{_SIZE / 2}" y="{_SIZE - 6}" text-anchor="middle">told</text>'
        f'<text x="{_SIZE / 2}" y="{_EDGE - 14}" text-anchor="middle">{title}: right</text></svg>\n'
    )


def table(bins: Sequence[Bin]) -> str:
    """Return the bins as lines of a Markdown table."""
    lines = ["| told | right | share |", "|---|---|---|"]
    lines += [f"| {each.told:.3f} | {each.right:.3f} | {each.share:.2f} |" for each in bins]
    return "\n".join(lines)
