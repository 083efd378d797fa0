"""`ask`: one practice round in line mode, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import sys
import time

from quizbot.commands.context import Context, note, say, wrong_call
from quizbot.commands.feedback import feedback_lines, verdict_text
from quizbot.commands.plain import bullet, heading, paragraph
from quizbot.content.records import Question, VerdictName
from quizbot.practice.feedback import points_in_order
from quizbot.practice.round import Attempt, Round
from quizbot.practice.scored import model_answer_for
from quizbot.practice.suggest import next_question
from quizbot.store import Store, StoreError
from quizbot.text import safe_line

END = "."
_KEYS: dict[str, VerdictName] = {"c": "covered", "p": "partial", "m": "missing", "x": "contradicted"}


def run_ask(context: Context) -> int:
    """`quizbot ask [ID]`: prompt, answer, feedback, self-assessment; the attempt is recorded."""
    bank = context.bank()
    with context.store() as store:
        name = context.arguments.id
        if name is None:
            header = next_question(bank.headers, store.last_attempts(), role=context.arguments.role)
            if header is None:
                wrong_call("there is no question to ask; `quizbot list` shows what there is")
            name = header["id"]
        question = context.question(bank, name)
        return _practise(Round(question, context.arguments.role, store, "plain"), store)


def _practise(this: Round, store: Store) -> int:
    """One round; the exit status is 1 when the attempt could not be recorded."""
    question = this.question
    say(paragraph(f"{safe_line(question['title'])} ({question['level']}, {this.role})"))
    say()
    say(paragraph(this.prompt))
    limit = question["time_limit_s"]
    if limit:
        clock = f"{limit // 60}:{limit % 60:02}"
        say(paragraph(f"A spoken answer takes about {clock} minutes. Nothing stops you when they are over."))
    if question["framework"]:
        say(paragraph("A way to go: " + "; ".join(step["step"] for step in question["framework"]) + "."))
    say()
    started = time.monotonic()
    # An answer from a pipe neither continues a draft that was begun elsewhere nor takes its place.
    foreign = not sys.stdin.isatty() and this.draft() is not None
    text, before = _write(this, keep_draft=not foreign)
    if not text.strip():
        say("No answer given; nothing was recorded.")
        return 0
    seconds = before + time.monotonic() - started
    score = this.score(text)
    try:
        attempt = this.record(text, score, seconds, discard_draft=not foreign)
    except StoreError as error:
        note(f"quizbot: {error}")
        note("The attempt could not be recorded. Your answer, so that it is not lost:")
        note(text)
        attempt = None
    say()
    for line in feedback_lines(question, score, this.role):
        say(line)
    say(heading("Model answer"))
    say(paragraph(model_answer_for(question, this.role)))
    if attempt and sys.stdin.isatty():
        _assess(this, question, attempt)
    elif attempt:
        say()
        say(f"Recorded in {store.where}.")
    return 0 if attempt else 1


def _write(this: Round, *, keep_draft: bool) -> tuple[str, float]:
    """Read the answer line by line. Returns the text and the seconds spent on it before this session.

    With `keep_draft` each line is on disk before the next is read.
    """
    lines: list[str] = []
    earlier = 0.0
    draft = this.draft()
    if draft and sys.stdin.isatty():
        say("You began an answer earlier:")
        say(paragraph(draft.text, "  ", "  "))
        say("Go on below it. A line with - starts again.")
        lines, earlier = draft.text.split("\n"), draft.elapsed
    say(f"Your answer; a line with a single {END} ends it (Ctrl+D too):")
    started = time.monotonic()
    for line in sys.stdin:
        entered = line.rstrip("\r\n")
        if entered == END:
            break
        if entered == "-" and draft and lines == draft.text.split("\n"):
            lines = []
            continue
        lines.append(entered)
        if keep_draft:
            text = "\n".join(lines)
            try:
                this.save_draft(text, len(text), earlier + time.monotonic() - started)
            except StoreError as error:
                note(f"quizbot: the draft is not saved: {error}")
    return "\n".join(lines), earlier


def _assess(this: Round, question: Question, attempt: Attempt) -> None:
    say(heading("Judge yourself"))
    say(paragraph("Enter agrees. c, p, m or x: covered, partial, missing, contradicted. q keeps the rest as it is."))
    own: dict[str, VerdictName] = {}
    for entry in points_in_order(question, attempt.score, this.role):
        say()
        say(bullet(entry.point["claim"]))
        choice = ""
        while True:
            choice = _prompt(f"  {verdict_text(entry.verdict.verdict)}{'' if entry.sure else ' (not sure)'} > ")
            if choice in {"", "q"} or choice in _KEYS:
                break
            say("  Enter, c, p, m, x or q.")
        if choice == "q":
            break
        own[entry.point["id"]] = _KEYS.get(choice, entry.verdict.verdict)
    score = this.assess(attempt, own)
    say()
    say(f"By your own verdicts: {score:g} of 100; by quizbot's: {attempt.score.score:g}.")


def _prompt(text: str) -> str:
    """One short answer in lower case; the end of input counts as q."""
    print(text, end="", flush=True)
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"
