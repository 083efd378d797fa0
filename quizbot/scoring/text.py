"""An answer as clauses of tokens, with offsets into the text exactly as the user typed it.

Offsets count Unicode code points of the raw text. Nothing is normalised in place: a token carries a folded form beside its
offsets, so evidence can always be quoted verbatim, whatever the line endings, emoji or combining marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .stem import stem, words

MAX_TOKENS = 20_000
"""Tokens read of one text. More than a whole interview is said in; the rest of a longer text is not scored."""

_LETTER = r"[^\W\d_\u0300-\u036f][\u0300-\u036f]*"
_TOKEN = re.compile(
    r"(?P<item>\A\s*(?:[-*+•‣–]|\d{1,2}[.)])\s)"
    rf"|(?P<abbr>\b(?:w\.r\.t|e\.g|i\.e|a\.k\.a|vs|etc|approx|resp|cf|w/o|w/|b/c)(?![^\W_])\.?)"
    rf"|(?P<number>\d+(?:[.,]\d+)*(?:e[+-]?\d+)?|\.\d+)"
    rf"|(?P<word>(?:{_LETTER})+(?:['’](?:{_LETTER})+)*\d*)"
    r"|(?P<stop>[.!?…]+)"
    r"|(?P<line>\n[ \t\r]*(?:\n|[-*+•‣–]\s|\d{1,2}[.)]\s)?|\r(?!\n))"
    r"|(?P<dash>\s(?:-{1,3}|[–—])\s|—)"
    r"|(?P<operator>[-+*/^]?=|->|=>|[→⇒≈≤≥<>=+*/^%√∇∑−×@~]|(?<=\S)-(?=\s)|--)"
    r"|(?P<mark>[,;:()\[\]{}\"“”«»„])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z]+")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda",
    "μ": "mu", "µ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ω": "omega",
}  # fmt: skip
_OPERATOR = {
    "->": "→", "=>": "→", "⇒": "→", "−": "-", "×": "times", "*": "times", "/": "over", "√": "root", "∇": "gradient", "∑": "sum",
    "%": "percent", "^": "power", "-=": "minus", "+=": "plus", "+": "plus",
}  # fmt: skip
_ABBREVIATION = {
    "w.r.t": "wrt",
    "w/o": "without",
    "b/c": "because",
    "w/": "with",
    "vs": "versus",
    "approx": "approximately",
}

# Words that carry grammar, not content. Negation, quantity and comparison are content here: they decide verdicts.
STOP = words(
    """
    a an the this that these those it its he she they them their his her him we us our you your i me my mine one ones
    be am is are was were been being do does did done have has had having will would shall should can could may might must
    of in on at by for with from into onto to as about and or but if then than so because while whereas which who whom whose
    what where when why how there here also too very really just quite rather even still yet already again well okay ok yeah
    yes oh uh um er like basically actually simply honestly literally say said says saying know think thing things stuff way
    sort kind bit lot get got go goes going went come comes let make makes made take takes put see seen look looks want
    something anything someone everyone anyone person people time times example instance right now such any some each other
    own same up out off down over through between during per via etc eg ie aka wrt s t d ll re ve m us
    """
)
NEGATORS = words(
    """
    not no never none nothing nobody neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
    shouldnt couldnt hasnt havent hadnt aint hardly barely scarcely nowhere
    """
)
FUNCTION = STOP | NEGATORS
"""Words whose presence shows running text rather than a list of terms."""

_SPLITTERS = words(
    """
    but whereas while because since although though however unless so therefore hence thus which where when if instead rather
    otherwise else yet until whenever whilst and or then meaning
    """
)
_WEAK_SPLITTERS = frozenset({"and", "or", "then", "so", "rather", "since", "yet", "else", "meaning"})


class Token:
    """One word, number or operator: raw offsets, folded form, stem, and what polarity later says about it."""

    __slots__ = ("content", "end", "negated", "negator", "norm", "start", "stem")

    def __init__(self, start: int, end: int, norm: str, stemmed: str, content: bool, negator: bool) -> None:
        self.start = start
        self.end = end
        self.norm = norm
        self.stem = stemmed
        self.content = content
        self.negator = negator
        self.negated = False

    def __repr__(self) -> str:
        return f"Token({self.norm!r}, {self.start}, {self.end}{', negated' if self.negated else ''})"


@dataclass(slots=True)
class Clause:
    """A stretch of the answer that says one thing. `start` and `end` are raw offsets; `quoted` when it opens in quotes."""

    start: int
    end: int
    tokens: list[Token]
    sentence: int
    quoted: bool = False
    question: bool = False
    comma_before: bool = False
    polarity: float = 1.0
    weight: float = 1.0
    hedged: bool = False
    absolute: float = 0.0
    dismissed: bool = False
    marks: set[str] = field(default_factory=set)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as it is compared: case-folded, without accents, compatibility forms and apostrophes; Greek letters named."""
    if not word.isascii():
        # Twice, because folding a compatibility form can give a capital and folding a capital can give a compound.
        for _ in range(2):
            word = unicodedata.normalize("NFKD", word).casefold()
        word = "".join(_GREEK.get(c, c) for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        word = word.replace("’", "'")
    return word.lower()


_CONTRACTED = re.compile(r"(?:'(?:s|d|ll|re|ve|m))$")


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[tuple[str, str, bool, bool], ...]:
    """The tokens one written word stands for: (folded form, stem, is content, is negator); a contraction gives two."""
    parts = [word]
    if len(word) > 3 and word.isascii() and word.isalnum() and not (word.islower() or word.isupper() or word.istitle()):
        pieces: list[str] = _CAMEL.findall(word)
        if len(pieces) > 1 and min(len(piece) for piece in pieces) > 1:
            parts = pieces
    result: list[tuple[str, str, bool, bool]] = []
    for part in parts:
        form = _CONTRACTED.sub("", fold(part))
        negator = False
        if form.endswith("n't"):
            form, negator = form[:-3], True
        form = form.replace("'", "")
        if form in ("ca", "wo", "sha") and negator:
            form = "can"
        if form in NEGATORS:
            result.append((form, form, False, True))
            continue
        if form:
            result.append((form, stem(form), form not in STOP and (len(form) > 1 or form not in "st"), False))
        if negator:
            result.append(("not", "not", False, True))
    return tuple(result)


@lru_cache(maxsize=5_000)
def _number(text: str) -> str:
    cleaned = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text.replace(",", ".")
    try:
        return f"{float(cleaned):.10g}"
    except (ValueError, OverflowError):
        return text


@dataclass(slots=True)
class _Builder:
    clauses: list[Clause] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    sentence: int = 0
    quotes: bool = False
    quoted: bool = False
    comma: bool = False
    depth: int = 0
    aside: bool = False

    def cut(self, *, comma: bool = False) -> None:
        if self.tokens:
            tokens = self.tokens
            self.clauses.append(
                Clause(
                    tokens[0].start, tokens[-1].end, tokens, self.sentence, quoted=self.quoted, comma_before=self.comma
                )
            )
            self.tokens = []
        self.comma = comma
        self.quoted = self.quotes

    def full_stop(self, question: bool) -> None:
        self.cut()
        self.depth = 0
        self.aside = False
        if self.clauses and self.clauses[-1].sentence == self.sentence:
            if question:
                self.clauses[-1].question = True
            self.sentence += 1


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, in order; every token's and clause's offsets satisfy 0 <= start < end <= len(text)."""
    build = _Builder()
    count = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        raw = match.group()
        start, end = match.span()
        if kind == "word":
            found = _word(raw)
            head = found[0][0] if found else ""
            if head in _SPLITTERS and len(build.tokens) >= (4 if head in _WEAK_SPLITTERS else 2):
                build.cut()
            for form, stemmed, content, negator in found:
                build.tokens.append(Token(start, end, form, stemmed, content, negator))
        elif kind == "number":
            form = _number(raw)
            build.tokens.append(Token(start, end, form, form, True, False))
        elif kind == "abbr":
            form = _ABBREVIATION.get(raw.lower().rstrip("."), raw.lower().replace(".", ""))
            build.tokens.append(Token(start, end, form, form, form in ("without", "versus"), form == "without"))
        elif kind == "operator":
            form = _OPERATOR.get(raw, raw)
            build.tokens.append(Token(start, end, form, form, form.isalpha(), False))
        elif kind == "item":
            continue
        elif kind == "stop":
            # A stop inside a word or a chain of names ("torch.nn") ends nothing.
            if end < len(text) and not text[end].isspace() and text[end] not in "\"'”’)»":
                continue
            build.full_stop("?" in raw)
        elif kind == "line":
            hard = len(raw.strip(" \t\r\n")) > 0 or raw.count("\n") > 1 or start - _line_start(text, start) < 50
            if hard:
                build.full_stop(False)
            else:
                build.cut()
        elif kind == "dash" or raw in ";:":
            build.cut()
        elif raw in '"“”«»„':
            build.quotes = not build.quotes
            build.cut(comma=build.comma)
        elif raw == ",":
            if len(build.tokens) >= 3:
                build.cut(comma=True)
        elif raw in "([{":
            # A bracket after a space opens a remark; one after a name or operator belongs to a formula or call.
            build.depth += 1
            if (
                build.depth == 1
                and len(build.tokens) >= 3
                and text[start - 1].isspace()
                and text[end : end + 1].isalpha()
            ):
                build.aside = True
                build.cut()
        elif raw in ")]}":
            build.depth = max(0, build.depth - 1)
            if build.aside and build.depth == 0:
                build.aside = False
                build.cut()
        count += 1
        if count >= MAX_TOKENS:
            break
    build.full_stop(False)
    return build.clauses


def _line_start(text: str, end: int) -> int:
    return text.rfind("\n", max(0, end - 60), end) + 1 if end > 60 else text.rfind("\n", 0, end) + 1


def tokens(text: str) -> list[Token]:
    """All tokens of a text in order, with offsets; see `Token`."""
    return [token for clause in clauses(text) for token in clause.tokens]


def stems(text: str) -> list[str]:
    """The stems of the content words of a text, in order: what scoring and search compare instead of spellings."""
    return [token.stem for token in tokens(text) if token.content]


def content(items: Sequence[Token]) -> Iterator[Token]:
    """The tokens that carry meaning: no function words, no operators, no negators."""
    return (token for token in items if token.content)
