"""A score as lines of plain text: verdict by verdict, with the words it rests on."""

from __future__ import annotations

from quizbot.commands.plain import paragraph
from quizbot.content.records import Question, Role, VerdictName
from quizbot.practice.feedback import FLAG_TEXTS, MARKS, ordered_points
from quizbot.scoring import Score
from quizbot.text import safe_line


def verdict_text(verdict: VerdictName) -> str:
    """Mark and word, such as `✓ covered`."""
    return f"{MARKS[verdict]} {verdict}"


def feedback_lines(question: Question, score: Score, role: Role) -> list[str]:
    """What the feedback screen says, for line mode and for `quizbot score`."""
    lines = [f"Score {score.score:g} of 100: {score.band}{'' if score.passed else ' (below the pass mark of 55)'}"]
    lines += [paragraph(FLAG_TEXTS[flag], "  ", "! ") for flag in score.flags if flag in FLAG_TEXTS]
    for entry in ordered_points(question, score, role):
        sure = "" if entry.sure else " (not sure: judge this one yourself)"
        bonus = "" if entry.weight else " [bonus, not scored]"
        lines += ["", f"{verdict_text(entry.verdict.verdict)}{sure}{bonus}", paragraph(entry.point["claim"], "  ")]
        lines += [paragraph(f'you said: "{safe_line(part.text)}"', "      ", "    ") for part in entry.verdict.evidence]
        if entry.wrong:
            lines += [
                paragraph(f"Wrong: {entry.wrong.says}", "    "),
                paragraph(f"Because: {entry.wrong.because}", "    "),
            ]
    if score.next:
        lines += ["", paragraph(f"Next: {score.next}")]
    return lines
