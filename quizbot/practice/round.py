"""One question, answered once: from the prompt to the self-assessment, without a screen.

Both the terminal UI and line mode go through here, so that they score, record and keep drafts alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from quizbot.content.bank import content_version
from quizbot.content.records import Question, Role, VerdictName
from quizbot.practice.scored import default_role, prepare_question, prompt_for
from quizbot.scoring import Prepared, Score, score_prepared
from quizbot.scoring.types import SCORER_VERSION, weighted_score
from quizbot.store import AttemptBody, Draft, SelfAssessmentBody, Store, StoreError

Mode = Literal["tui", "plain"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A recorded attempt. `uuid` is that of its event."""

    uuid: str
    answer: str
    score: Score
    seconds: float


def _role_begun(question: Question, store: Store) -> Role | None:
    """The role that an answer was last begun for, so that going on with a question finds its draft."""
    try:
        return next((draft.role for draft in store.drafts.all() if draft.question == question["id"]), None)
    except StoreError:
        return None  # told when the draft itself is read


class Round:
    """A question being practised for one role: that of its latest draft, or else its first, unless one is chosen."""

    def __init__(self, question: Question, role: Role | None, store: Store, mode: Mode) -> None:
        self.question = question
        self.role: Role = role or _role_begun(question, store) or default_role(question)
        self.prompt = prompt_for(question, self.role)
        self._store = store
        self._mode: Mode = mode
        self._prepared: Prepared | None = None

    def draft(self) -> Draft | None:
        """What was being written when this question was left or quizbot was killed. Raises StoreError."""
        return self._store.drafts.load(self.question["id"], self.role)

    def save_draft(self, text: str, caret: int, seconds: float) -> None:
        """Put what is being written on disk; an emptied answer takes its draft with it. Raises StoreError."""
        if text:
            self._store.drafts.save(self.question["id"], self.role, text, caret, seconds)
        else:
            self._store.drafts.discard(self.question["id"], self.role)

    def score(self, answer: str) -> Score:
        """Score an answer without recording it."""
        if self._prepared is None:
            self._prepared = prepare_question(self.question, self.role)
        return score_prepared(self._prepared, answer, self.role)

    def record(self, answer: str, score: Score, seconds: float, *, discard_draft: bool = True) -> Attempt:
        """Write the attempt down; its draft goes in the same moment. Raises StoreError, and then nothing is changed."""
        result = asdict(score)
        body: AttemptBody = {
            "question": self.question["id"],
            "role": self.role,
            "prompt": self.prompt,
            "answer": answer,
            "score": score.score,
            "band": score.band,
            "passed": score.passed,
            "points": result["points"],
            "misconceptions": result["misconceptions"],
            "flags": score.flags,
            "seconds": round(max(0.0, seconds), 1),
            "scorer_version": SCORER_VERSION,
            "content_version": content_version(self.question),
            "mode": self._mode,
        }
        event = self._store.record_attempt(body, discard_draft=discard_draft)
        return Attempt(event.uuid, answer, score, seconds)

    def own_score(self, verdicts: Mapping[str, VerdictName]) -> float:
        """The score, 0 to 100, that these verdicts give with the weights of the role."""
        return weighted_score(
            [(verdicts[point["id"]], point["weight"].get(self.role, 0)) for point in self.question["key_points"]]
        )

    def assess(self, attempt: Attempt, own: Mapping[str, VerdictName]) -> float:
        """Record the user's own verdicts beside the automatic ones and return the score they give. Raises StoreError.

        `own` may leave points out: the automatic verdict then stands.
        """
        automatic: dict[str, VerdictName] = {verdict.id: verdict.verdict for verdict in attempt.score.points}
        merged: dict[str, VerdictName] = {**automatic, **own}
        score = self.own_score(merged)
        body: SelfAssessmentBody = {
            "attempt": attempt.uuid,
            "question": self.question["id"],
            "role": self.role,
            "points": [
                {"id": name, "own": verdict, "automatic": automatic[name], "reason": ""}
                for name, verdict in merged.items()
            ],
            "score": score,
        }
        self._store.events.append("self_assessment", body)
        return score
