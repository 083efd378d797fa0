"""Gates: texts that are no answer at all. They are recognised from form alone and tested against terse but valid notes.

A keyword list and a copy of the question earn nothing; the other flags inform.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .stem import words
from .text import FUNCTION, Clause

_SEPARATOR = re.compile(r"[,;\n•·|.]+(?=\s|$)|\s/\s|\n")
_MANY_ITEMS = 6
_ITEM_WORDS = 2.8
_LOOSE = 0.20
_NO_GRAMMAR, _NO_PAUSE = 0.1, 0.16
_BARE_ITEMS, _BARE_WORDS = 10, 1.7
_SALAD = ((25, -0.05), (8, -0.5))

_FOREIGN = words(
    """
    der die das und ist nicht ein eine mit von zu den dem auf für wird auch dass wenn oder wie sich
    le la les des est une et un pour dans que qui sur pas avec plus par ce cette aux
    el los las es una por para con del que como se más pero su lo al
    il di che per non una con sono della gli nel più come anche questo
    o os um uma não em com para mais como são pelo na
    de het een van en niet dat met voor zijn wordt
    """
) - words("die per come par son plus met den as a o al en di con la pour")


@dataclass(frozen=True, slots=True)
class Form:
    """The outward form of a text: tokens, items between separators, share of grammar words and of operators."""

    tokens: int
    items: int
    grammar: float
    operators: float


def form_of(text: str, parts: Sequence[Clause]) -> Form:
    """Counts what tells running text and notes from a list of terms."""
    total = grammar = operators = 0
    for part in parts:
        for token in part.tokens:
            if text[token.start : token.end] == "/":
                continue
            total += 1
            if token.norm in FUNCTION:
                grammar += 1
            elif not token.norm[0].isalnum() or text[token.start : token.end] in (
                "+",
                "*",
                "^",
                "-=",
                "+=",
                "×",
                "−",
                "->",
            ):
                operators += 1
    read = text[: parts[-1].end] if parts else ""
    items = sum(1 for item in _SEPARATOR.split(read) if item.strip())
    operators += read.count(": ")
    return Form(total, items, grammar / total if total else 0.0, operators / total if total else 0.0)


def is_keyword_list(form: Form) -> bool:
    """Whether a text lists terms without saying anything about them."""
    loose = form.grammar + form.operators
    if form.items >= _MANY_ITEMS and form.tokens <= _ITEM_WORDS * form.items and loose < _LOOSE:
        return True
    if form.items >= _BARE_ITEMS and form.tokens <= _BARE_WORDS * form.items:
        return True
    return form.tokens >= 8 and loose < (_NO_PAUSE if form.items <= 1 else _NO_GRAMMAR)


def is_word_salad(order: float, pairs: int) -> bool:
    """Whether words stand in no order that English allows, by `grammar.order`; more pairs allow a surer judgement."""
    return any(pairs >= enough and order < limit for enough, limit in _SALAD)


def copies_question(parts: Sequence[Clause], question: frozenset[str]) -> bool:
    """Whether nearly all content words of a text are the question's own, and most of the question's are there."""
    said = {token.stem for part in parts for token in part.tokens if token.content}
    if len(said) < 2 or not question:
        return False
    own = len(said & question)
    return own >= 2 and own >= 0.75 * len(said) and own >= 0.6 * len(question)


def is_other_language(text: str, parts: Sequence[Clause]) -> bool:
    """Whether a text seems to be written in a language other than English."""
    said = [token.norm for part in parts for token in part.tokens if token.norm.isalpha()]
    if len(said) < 5:
        letters = [c for c in text if c.isalpha()]
        return len(letters) >= 10 and sum(1 for c in letters if ord(c) > 0x24F) > 0.6 * len(letters)
    english = sum(1 for word in said if word in FUNCTION and word not in _FOREIGN) / len(said)
    foreign = sum(1 for word in said if word in _FOREIGN or any(ord(c) > 0x3FF for c in word)) / len(said)
    return foreign > 0.15 and foreign > 1.5 * english
