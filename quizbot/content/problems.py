"""What is wrong with a content file, told so that its author can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from quizbot.text import safe_line

LONGEST = 400
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding at one place. `line` and `column` count from 1; `hint` says in one line what to do, or is empty."""

    file: str
    line: int
    column: int
    severity: Severity
    message: str
    rule: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message} [{self.rule}]"

    def as_json(self) -> dict[str, Any]:
        """The finding with the keys that `quizbot lint --json` prints."""
        data = asdict(self)
        return {key: data[key] for key in ("file", "line", "column", "severity", "rule", "message", "hint")}


def one_line(text: str) -> str:
    """`text` as one harmless line of bearable length: keys and names in a message come from the file."""
    line = safe_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


class ContentError(Exception):
    """A file that cannot be used as a question; `problems` holds at least one error."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
