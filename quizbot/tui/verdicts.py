"""How verdicts look: a mark, a word and a style each, so that nothing rests on colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content

from quizbot.content.records import VerdictName
from quizbot.practice.feedback import MARKS, PointFeedback
from quizbot.scoring import Evidence
from quizbot.text import safe, safe_line

WORDS: Mapping[VerdictName, str] = {
    "covered": "covered",
    "partial": "partial",
    "missing": "missing",
    "contradicted": "wrong",
}
STYLES: Mapping[VerdictName, str] = {
    "covered": "$text-success",
    "partial": "$text-warning",
    "missing": "$foreground-muted",
    "contradicted": "$text-error",
}


def verdict_content(verdict: VerdictName, *, pad: bool = False) -> Content:
    """Mark and word, such as `✓ covered`; padded to the longest where columns must line up."""
    text = f"{MARKS[verdict]} {WORDS[verdict]}"
    return Content.styled(text.ljust(9) if pad else text, STYLES[verdict])


def claim_content(entry: PointFeedback) -> Content:
    """The claim of a key point, marked when it is a bonus."""
    claim = safe_line(entry.point["claim"])
    return Content(claim) if entry.weight else Content.assemble(("bonus: ", "$foreground-muted"), claim)


def highlighted(
    answer: str, parts: Iterable[tuple[int, VerdictName, Evidence]], chosen: int | None
) -> tuple[Content, int]:
    """The answer with every piece of evidence underlined and followed by the number and mark of its key point.

    `parts` are (number of the key point, verdict, evidence). The evidence of the point numbered `chosen` is reversed.
    Returns the content and the line (counted without wrapping) of the first chosen piece, 0 when there is none.
    """
    ordered = sorted(parts, key=lambda part: (part[2].end, part[0]))
    spans: list[tuple[int, int, str]] = []
    ends: dict[int, list[str]] = {}
    first: int | None = None
    for number, verdict, evidence in ordered:
        style = f"underline {STYLES[verdict]}"
        if number == chosen:
            style += " reverse"
            first = evidence.start if first is None else min(first, evidence.start)
        spans.append((evidence.start, evidence.end, style))
        ends.setdefault(evidence.end, []).append(f"{number}{MARKS[verdict]}")
    pieces: list[Content] = []
    shown = safe(answer)  # replaces character by character, so the offsets still hold
    body = Content(shown)
    for start, end, style in sorted(spans, key=lambda span: "reverse" in span[2]):
        body = body.stylize(style, start, end)
    at = 0
    for end in sorted(ends):
        pieces += [body[at:end], Content.styled(f"[{' '.join(ends[end])}]", "bold")]
        at = end
    pieces.append(body[at:])
    line = shown.count("\n", 0, first) if first is not None else 0
    return Content("").join(pieces), line
