"""Finding the question, section, key point or demo behind a question asked in the user's own words.

Okapi BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework, DOI 10.1561/1500000019) over stemmed words,
with fields weighted by how well they say what a document is about. An unknown word is matched to the nearest word that
the content does use, so that a typo finds what was meant.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quizbot.content.records import SECTIONS, Level, Question, Role
from quizbot.demos.registry import DemoSpec
from quizbot.scoring.text import content, tokens

Kind = Literal["question", "section", "point", "demo"]

# The usual BM25 constants: how fast repetition of a word stops counting, and how much long documents are discounted.
K1 = 1.2
B = 0.5
TYPO_CUTOFF = 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `where` is what to open: a question id, `question#section`, or a demo's name."""

    kind: Kind
    id: str
    title: str
    pack: str
    level: Level | None
    roles: tuple[Role, ...]
    question: str | None
    score: float

    @property
    def where(self) -> str:
        """The place as one word."""
        return f"{self.question}#{self.id}" if self.kind in ("section", "point") else self.id

    def as_json(self) -> dict[str, Any]:
        """The hit with the keys of the command line's contract."""
        return {
            "id": self.id,
            "title": self.title,
            "pack": self.pack,
            "level": self.level,
            "roles": list(self.roles),
            "kind": self.kind,
            "question": self.question,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    words: Counter[str]
    length: float


class Finder:
    """An index over questions and demos, built once and asked often."""

    def __init__(self, questions: Sequence[Question], demos: Sequence[DemoSpec] = ()) -> None:
        self._entries = [entry for question in questions for entry in _question_entries(question)]
        self._entries += [_demo_entry(spec, questions) for spec in demos]
        self._document_frequency = Counter(word for entry in self._entries for word in entry.words)
        self._mean_length = sum(entry.length for entry in self._entries) / max(1, len(self._entries))

    def find(self, text: str, *, limit: int = 10) -> list[Hit]:
        """The best hits for `text`, best first; only such as share a word with it."""
        wanted = self._known_words(_words(text))
        scored = [(self._score(entry, wanted), entry.hit) for entry in self._entries]
        best = sorted((-score, hit.kind != "question", hit.where) for score, hit in scored if score > 0)[:limit]
        by_place = {(hit.kind != "question", hit.where): hit for _, hit in scored}
        return [_with_score(by_place[other, where], -negative) for negative, other, where in best]

    def _known_words(self, words: Iterable[str]) -> list[str]:
        """The words of the query as the content spells them; a word without any likeness is left out."""
        known = []
        for word in dict.fromkeys(words):
            if word in self._document_frequency:
                known.append(word)
            elif len(word) > 3:
                known += difflib.get_close_matches(word, self._document_frequency, n=1, cutoff=TYPO_CUTOFF)
        return known

    def _score(self, entry: _Entry, wanted: Iterable[str]) -> float:
        total = 0.0
        for word in wanted:
            count = entry.words.get(word, 0)
            if count:
                frequency = self._document_frequency[word]
                idf = math.log(1 + (len(self._entries) - frequency + 0.5) / (frequency + 0.5))
                total += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * entry.length / self._mean_length))
        return total


def _words(text: str) -> list[str]:
    return [token.stem for token in content(tokens(text))]


def _weighed(*fields: tuple[str, int]) -> tuple[Counter[str], float]:
    """Words of several fields, each counted `weight` times, and the length of the whole."""
    words: Counter[str] = Counter()
    for text, weight in fields:
        for word in _words(text):
            words[word] += weight
    return words, float(sum(words.values()))


def _question_entries(question: Question) -> list[_Entry]:
    def entry(kind: Kind, own: str, title: str, *fields: tuple[str, int]) -> _Entry:
        place = None if kind == "question" else question["id"]
        hit = Hit(kind, own, title, question["pack"], question["level"], tuple(question["roles"]), place, 0.0)
        return _Entry(hit, *_weighed(*fields))

    prompts = " ".join(variant["prompt"] for variant in question["variants"].values())
    claims = " ".join(point["claim"] for point in question["key_points"])
    answer = question["answer"]
    entries = [
        entry(
            "question",
            question["id"],
            question["title"],
            (f"{question['title']} {question['id']} {' '.join(question['tags'])}", 3),
            (f"{prompts} {claims}", 2),
            (f"{answer['definition']} {answer['role']}", 1),
            (" ".join(f"{effect['when']} {effect['then']}" for effect in answer["effects"]), 1),
        )
    ]
    for section in SECTIONS:
        entries.append(
            entry("section", section, f"{question['title']} ({section.replace('_', ' ')})", (_flat(answer[section]), 1))
        )
    for point in question["key_points"]:
        accepted = " ".join([*point["accept"], *point["partial"]])
        wrong = " ".join(f"{reject['says']} {reject['because']}" for reject in point["reject"])
        entries.append(
            entry(
                "point", point["id"], point["claim"], (point["claim"], 2), (accepted, 1), (f"{point['why']} {wrong}", 1)
            )
        )
    return entries


def _flat(value: object) -> str:
    """All text inside a section, whatever its form."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(_flat(part) for part in value.values())
    return " ".join(_flat(part) for part in value) if isinstance(value, list) else ""


def _demo_entry(spec: DemoSpec, questions: Sequence[Question]) -> _Entry:
    owner = next(
        (question for question in questions if question["demo"] and question["demo"]["name"] == spec.name), None
    )
    hit = Hit(
        "demo",
        spec.name,
        spec.title,
        owner["pack"] if owner else "",
        owner["level"] if owner else None,
        tuple(owner["roles"]) if owner else (),
        owner["id"] if owner else None,
        0.0,
    )
    about = " ".join([spec.name, *spec.topics])
    return _Entry(hit, *_weighed((f"{spec.title} {about}", 3), (f"{spec.shows} {spec.look_for}", 1)))


def _with_score(hit: Hit, score: float) -> Hit:
    return Hit(hit.kind, hit.id, hit.title, hit.pack, hit.level, hit.roles, hit.question, score)
