"""Finding the question, section, key point or demo behind a question asked in the user's own words.

Okapi BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework, DOI 10.1561/1500000019) over stemmed words,
with fields weighted by how well they say what a document is about. A word also finds its synonyms of the scorer's lexicon,
for less. An unknown word is matched to the nearest word that the content does use, so that a typo finds what was meant.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from quizbot.content.records import SECTIONS, Level, Question, Role
from quizbot.demos.registry import DemoSpec
from quizbot.scoring.lexicon import lexicon
from quizbot.scoring.text import tokens

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


Term = str | int
"""A stem, or the number of a concept of the lexicon."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """`words` has one spelling for every stem; `names` are the wordings that the entry goes by, each as its stems: title and
    prompts, a claim, a demo's title."""

    hit: Hit
    terms: Counter[Term]
    length: float
    words: Mapping[str, str]
    names: tuple[frozenset[str], ...]


class Finder:
    """An index over questions and demos, built once and asked often."""

    def __init__(self, questions: Sequence[Question], demos: Sequence[DemoSpec] = ()) -> None:
        self._entries = [entry for question in questions for entry in _question_entries(question)]
        self._entries += [_demo_entry(spec, questions) for spec in demos]
        self._document_frequency = Counter(term for entry in self._entries for term in entry.terms)
        self._known_stems = sorted(term for term in self._document_frequency if isinstance(term, str))
        self._words: dict[str, str] = {}
        for entry in self._entries:
            for stem, word in entry.words.items():
                self._words.setdefault(stem, word)
        self._mean_length = sum(entry.length for entry in self._entries) / max(1, len(self._entries))

    def find(self, text: str, *, limit: int = 10) -> list[Hit]:
        """The best hits for `text`, best first; only such as share a word or a meaning with it."""
        wanted: list[list[Term]] = [
            [stem, *concepts] for stem, concepts in dict(_terms(self._spelt_as_known(text))).items()
        ]
        asked = frozenset(term for terms in wanted for term in terms if isinstance(term, str))
        hits = [
            replace(
                entry.hit, score=sum(self._gain(entry, terms) for terms in wanted) * (1 + self._alike(asked, entry))
            )
            for entry in self._entries
        ]
        found = [hit for hit in hits if hit.score > 0]
        return sorted(found, key=lambda hit: (-hit.score, hit.kind != "question", hit.where, hit.kind))[:limit]

    def _spelt_as_known(self, text: str) -> str:
        """The query with every word that the content does not use, nor the lexicon know, spelt as the nearest one it uses."""
        spelt = text
        found = tokens(text)
        for token, concepts in reversed(list(zip(found, lexicon().concepts(found), strict=True))):
            if not token.content or concepts or token.stem in self._document_frequency or len(token.stem) <= 3:
                continue
            for stem in difflib.get_close_matches(token.stem, self._known_stems, n=1, cutoff=TYPO_CUTOFF):
                spelt = spelt[: token.start] + self._words.get(stem, stem) + spelt[token.end :]
        return spelt

    def _gain(self, entry: _Entry, terms: Iterable[Term]) -> float:
        """What one word of the query is worth in one entry: the word itself, or else the best of its synonyms."""
        return max((self._weight(term) * self._bm25(entry, term) for term in terms), default=0.0)

    def _alike(self, asked: frozenset[str], entry: _Entry) -> float:
        """How far the query is one of the entry's names: the weight of the stems they share over that of all in either."""
        best = 0.0
        for name in entry.names:
            if not asked.isdisjoint(name):
                shared = sum(self._idf(stem) for stem in sorted(asked & name))
                best = max(best, shared / sum(self._idf(stem) for stem in sorted(asked | name)))
        return best

    def _idf(self, term: Term) -> float:
        frequency = self._document_frequency[term]
        return math.log(1 + (len(self._entries) - frequency + 0.5) / (frequency + 0.5))

    @staticmethod
    def _weight(term: Term) -> float:
        return 1.0 if isinstance(term, str) else lexicon().strength[term]

    def _bm25(self, entry: _Entry, term: Term) -> float:
        count = entry.terms.get(term, 0)
        if not count:
            return 0.0
        return self._idf(term) * count * (K1 + 1) / (count + K1 * (1 - B + B * entry.length / self._mean_length))


def _terms(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Each content word with the concepts of the lexicon that it stands for. Concepts that only give a direction (more,
    less; good, bad) are left out: they connect everything with everything."""
    found = tokens(text)
    known = lexicon()
    return [
        (token.stem, tuple(sorted({concept for concept in concepts if concept not in known.opposite})))
        for token, concepts in zip(found, known.concepts(found), strict=True)
        if token.content
    ]


def _weighed(*fields: tuple[str, int]) -> tuple[Counter[Term], float, dict[str, str]]:
    """Terms of several fields, each counted `weight` times, the length of the whole in weighted words, and its spellings."""
    counted: Counter[Term] = Counter()
    length = 0
    words: dict[str, str] = {}
    for text, weight in fields:
        for token in tokens(text):
            if token.content:
                words.setdefault(token.stem, token.norm)
        for stem, concepts in _terms(text):
            length += weight
            terms: list[Term] = [stem, *concepts]
            counted.update(dict.fromkeys(terms, weight))
    return counted, float(length), words


def _names(texts: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem for stem, _ in _terms(text)) for text in texts)


def _question_entries(question: Question) -> list[_Entry]:
    def entry(kind: Kind, own: str, title: str, *fields: tuple[str, int], names: Sequence[str] = ()) -> _Entry:
        place = None if kind == "question" else question["id"]
        hit = Hit(kind, own, title, question["pack"], question["level"], tuple(question["roles"]), place, 0.0)
        return _Entry(hit, *_weighed(*fields), _names(names))

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
            names=[question["title"], *(variant["prompt"] for variant in question["variants"].values())],
        )
    ]
    entries += [
        entry("section", section, f"{question['title']} ({section.replace('_', ' ')})", (_flat(answer[section]), 1))
        for section in SECTIONS
    ]
    for point in question["key_points"]:
        accepted = " ".join([*point["accept"], *point["partial"]])
        wrong = " ".join(f"{reject['says']} {reject['because']}" for reject in point["reject"])
        entries.append(
            entry(
                "point",
                point["id"],
                point["claim"],
                (point["claim"], 2),
                (accepted, 1),
                (f"{point['why']} {wrong}", 1),
                names=[point["claim"]],
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
    return _Entry(
        hit, *_weighed((f"{spec.title} {about}", 3), (f"{spec.shows} {spec.look_for}", 1)), _names([spec.title])
    )
