"""What an answer does with its own words: denies, refutes, takes back, doubts or asks.

Marks are set on clauses and tokens, nothing is decided here. `Token.negated`: inside the scope of a negation of its clause.
`Clause.polarity` -1: the clause is quoted or stated only to be refuted. `Clause.weight` 0: taken back by the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .stem import words
from .text import Clause, Token

_SCOPE_END = frozenset({"but", "because", "since", "although", "though", "→", "so", "except", "unless"})
_REPLACED = frozenset({"instead", "rather"})
_INTERJECTION = frozenset({"really", "quite", "exactly", "true", "so", "necessarily", "wait", "sorry"})
_FAILS = frozenset({"fail", "lack", "avoid", "prevent", "stop", "forget", "refuse", "miss"})

_SAYING = re.compile(
    r"\b(?:(?:people|some|many|others?|everyone|everybody|they|candidates|colleagues|folks|somebody|someone|you)\s+"
    r"(?:\w+\s+)?(?:say|says|said|think|thinks|claim|claims|believe|believes|hear|heard|told|argue|assume|read)|"
    r"(?:i|we|i've|you'll)\s+(?:\w+\s+)?(?:hear|heard|read|was\s+told|been\s+told|used\s+to\s+think|once\s+thought)|"
    r"myth|misconception|misunderstanding|fallacy|folklore|common\s+(?:belief|claim|mistake|error)|popular\s+belief|"
    r"supposedly|allegedly|another\s+one\s+is|the\s+idea\s+that|the\s+claim\s+that|it\s+is\s+often\s+said|often\s+hear)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"^\W*(?:no|nope|nah|wrong|false|nonsense|rubbish|not\s+(?:true|so|really|quite|at\s+all|what|exactly|in\s+\w+|the\s+case|correct|right)"
    r"|untrue|incorrect)\b"
    r"|\b(?:that|this|it|which|both|they)(?:'s|’s|\s+is|\s+are|\s+was)?\s*(?:n't|n’t|\s+not)?\s*(?:simply\s+|just\s+|also\s+|plainly\s+|flatly\s+|plain\s+)?"
    r"(?:wrong|false|a\s+myth|nonsense|rubbish|untrue|incorrect|not\s+true|not\s+so|not\s+the\s+case|not\s+right|not\s+correct|mistaken)\b"
    r"|\b(?:isn't|isn’t|is\s+not|ain't|'s\s+not|’s\s+not|wasn't|aren't)\s+(?:true|so|right|correct|the\s+case|what)\b"
    r"|\b(?:i(?:'d|’d|\s+would)?\s+)(?:disagree|dispute|don't\s+(?:buy|agree|believe)|doubt\s+(?:that|it)|reject\s+that)\b"
    r"|\b(?:wrong|false|incorrect|untrue)\s+(?:too|as\s+well|again|here)\b",
    re.IGNORECASE,
)
_DENIED_INSIDE = re.compile(
    r"\b(?:it|that)(?:'s|’s|\s+is|\s+was|\s+would\s+be)?\s*(?:n't|n’t|\s+not|\s+never)\s+(?:true|the\s+case|correct|right|so)\s+(?:that|to\s+say)\b"
    r"|\b(?:wrong|false|incorrect|untrue|a\s+myth|a\s+mistake|nonsense)\s+(?:that|to\s+(?:say|think|believe|claim|assume))\b"
    r"|\b(?:i\s+do\s+not|i\s+don't|i\s+don’t)\s+(?:believe|think|agree)\s+(?:that|with)\b"
    r"|\b(?:nobody|no\s?one|no-one|hardly\s+anyone|few\s+people)\s+(?:(?:should|would|could|can|must)\s+)?(?:\w+\s+)?"
    r"(?:believes?|thinks?|says?|claims?|accepts?|assumes?|agrees?)\s+that\b"
    r"|\b(?:should|would|could|must|do|does|did|can)(?:n't|n’t|\s+not|\s+never)\s+(?:\w+\s+)?"
    r"(?:believe|think|say|claim|accept|assume|agree)\s+that\b"
    r"|\b(?:i|we)\s+(?:doubt|deny|dispute|reject)\s+(?:the\s+(?:idea|claim|view)\s+)?that\b"
    r"|\bno\s+truth\s+(?:in|to)\b|\bby\s+no\s+means\b|\bfar\s+from\s+(?:true|it)\b|\bcontrary\s+to\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:no,?\s+wait|wait,?\s+no|hang\s+on|hold\s+on|scratch\s+that|strike\s+that|let\s+me\s+correct|correct\s+myself|i\s+take\s+that\s+back"
    r"|i\s+misspoke|i\s+meant|i\s+mean,?\s+no|no,?\s+sorry|sorry,?\s+(?:no|i\s+mean)|other\s+way\s+(?:round|around)|actually,?\s+no|no,?\s+actually"
    r"|other\s+way\s+about|got\s+that\s+backwards|i\s+swapped|not\s+that,)\b|\bwait\b\s*[,.…]|\bsorry\s*,",
    re.IGNORECASE,
)
_REVERSES = re.compile(
    r"\bother\s+way\s+(?:round|around|about)|\bvice\s+versa|\bbackwards\b|\bswapped\b", re.IGNORECASE
)
_HEDGE = re.compile(
    r"\b(?:(?:i'?m|i\s+am)\s+not\s+(?:\w+\s+)?sure|not\s+sure|no\s+idea|i\s+(?:do\s+not|don'?t)\s+(?:\w+\s+)?(?:know|remember|recall)|"
    r"couldn'?t\s+(?:\w+\s+)?(?:tell|say|explain)|can'?t\s+(?:\w+\s+)?(?:tell|say|remember|recall|explain)|never\s+(?:really\s+)?understood|"
    r"i\s+forgot|i\s+forget|i\s+guess|i\s+think|maybe|perhaps|probably|possibly|if\s+i\s+remember|or\s+something|somehow|some\s+reason)\b",
    re.IGNORECASE,
)
_IGNORANCE = re.compile(
    r"\b(?:no\s+idea|no\s+clue|i\s+(?:do\s+not|don'?t)\s+(?:\w+\s+){0,2}(?:know|remember|recall)|(?:i'?m|i\s+am)\s+not\s+(?:\w+\s+)?sure|"
    r"couldn'?t\s+(?:\w+\s+)?(?:tell|say|explain)|i\s+(?:forgot|forget)|never\s+(?:really\s+)?understood|can'?t\s+(?:remember|recall|explain))\b",
    re.IGNORECASE,
)


ABSOLUTE = words(
    """
    always never guarantee guaranteed guarantees every everything everywhere all any anything completely entirely totally fully
    perfectly exactly automatically certainly definitely impossible eliminates eliminate solves solved cures best optimal safely
    whatever whenever wherever regardless identical purely solely strictly simply must cannot ever everyone nothing none forever
    permanently wholly only whole
    """
)
"""Words that leave no exception."""
MILD = words(
    """
    can may might could often usually sometimes mostly typically generally rather tends tend roughly approximately partly
    partially depends depending unless except though although however yet likely possibly relatively somewhat
    """
)
"""Words that leave room."""
_DISMISSAL = re.compile(
    r"\b(?:no\s+(?:need|reason|point|matter|problem|danger|risk|worry|worries|longer|difference|influence|effect|impact|role|harm|use)\b|"
    r"(?:needn'?t|need\s+not|don'?t\s+(?:need|have)\s+to|doesn'?t\s+(?:need|matter|care|affect|change|help|make|depend)|not\s+(?:needed|necessary|"
    r"required|affected|bothered|influenced|matter))\b|\b(?:unnecessary|irrelevant|pointless|useless|superfluous|harmless|indifferent|immune|"
    r"unaffected|insensitive|independent|regardless|skip|ignore|leave\s+out|nothing\s+to\s+do)\b)",
    re.IGNORECASE,
)


def firmness(tokens: Sequence[Token]) -> float:
    """How absolute a clause speaks: +1 with words such as always, -1 with words such as often or "not always", else 0."""
    firm = mild = False
    for i, token in enumerate(tokens):
        if token.norm in ABSOLUTE:
            if token.negated or (i and tokens[i - 1].negator):
                mild = True
            else:
                firm = True
        elif token.norm in MILD or token.norm == "necessarily":
            mild = True
    return float(firm) - float(mild)


def ignorance(text: str) -> int:
    """How often a text admits that the speaker does not know."""
    return sum(1 for _ in _IGNORANCE.finditer(text))


def _interjected(first: Token, second: Token) -> bool:
    """Whether a leading "No, ..." or "Not really, ..." answers what came before instead of negating what follows."""
    return second.start - first.end > 1 or second.norm in _INTERJECTION


def negate(tokens: Sequence[Token]) -> None:
    """Marks the tokens of one clause that stand in the scope of a negation; two negations cancel."""
    scope = False
    length = len(tokens)
    for i, token in enumerate(tokens):
        if i == 0 and token.norm in ("no", "not") and length > 1 and _interjected(token, tokens[1]):
            continue
        if token.norm in _SCOPE_END:
            scope = False
        elif token.negator:
            # "not only X" and "not just X" assert X; "nothing but X" as well.
            following = tokens[i + 1].norm if i + 1 < length else ""
            if following in ("only", "just", "merely", "but"):
                continue
            scope = True if token.norm == "nor" else not scope
        elif token.norm in _REPLACED and i + 1 < length and tokens[i + 1].norm in ("of", "than"):
            scope = True
        elif scope and token.content:
            token.negated = True
        elif not scope and token.stem in _FAILS and i + 1 < length and tokens[i + 1].norm in ("to", "any"):
            scope = True


def mark(text: str, clauses: Sequence[Clause]) -> None:
    """Settles negation, refutation, self-correction, hedges and questions for the clauses of one text."""
    spans = [text[c.start : c.end] for c in clauses]
    for clause, span in zip(clauses, spans, strict=True):
        negate(clause.tokens)
        if _HEDGE.search(span):
            clause.hedged = True
        clause.absolute = firmness(clause.tokens)
        clause.dismissed = bool(_DISMISSAL.search(span))
    _refute(text, clauses, spans)
    _correct(text, clauses)


def _sentences(clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """(first, one past last) clause of every sentence."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for i in range(1, len(clauses) + 1):
        if i == len(clauses) or clauses[i].sentence != clauses[first].sentence:
            bounds.append((first, i))
            first = i
    return bounds


def _refute(text: str, clauses: Sequence[Clause], spans: Sequence[str]) -> None:
    sentences = _sentences(clauses)
    for number, (first, stop) in enumerate(sentences):
        whole = text[clauses[first].start : clauses[stop - 1].end]
        inside = _DENIED_INSIDE.search(whole)
        if inside:
            at = clauses[first].start + inside.end()
            for i in range(first, stop):
                if clauses[i].end > at and not (i > first and _turns(clauses[i])):
                    clauses[i].polarity = -1.0
                    clauses[i].marks.add("refuted")
                elif clauses[i].start > at:
                    break
            continue
        quoted = any(clauses[i].quoted for i in range(first, stop))
        saying = _SAYING.search(whole)
        if not (quoted or saying):
            continue
        # Said by others or quoted: refuted when a denial follows in the same or the next sentence.
        said_from = clauses[first].start + (saying.end() if saying and not quoted else 0)
        denied_at = None
        for i in range(first, stop):
            if i == first or clauses[i].quoted or clauses[i].start < said_from:
                continue
            if _DENIAL.search(spans[i]) or _turns_away(spans[i]):
                denied_at = i
                break
        if denied_at is None and number + 1 < len(sentences):
            after = sentences[number + 1]
            head = text[clauses[after[0]].start : clauses[after[1] - 1].end][:120]
            if _DENIAL.search(head):
                denied_at = stop
        if denied_at is None:
            continue
        for i in range(first, denied_at):
            if quoted and not clauses[i].quoted and not saying:
                continue
            clauses[i].polarity = -1.0
            clauses[i].marks.add("refuted")
        for i in range(denied_at, min(denied_at + 2, len(clauses))):
            clauses[i].marks.add("denial")


def _turns(clause: Clause) -> bool:
    return bool(clause.tokens) and clause.tokens[0].norm in ("but", "because", "since", "rather", "instead", "whereas")


_TURN = re.compile(
    r"^\W*(?:but\b|(?:is|are|was|were)\s+(?:just\s+|simply\s+|plainly\s+)?(?:a\s+myth|myths|wrong|false|nonsense|untrue|incorrect|not\s+true))",
    re.IGNORECASE,
)


def _turns_away(span: str) -> bool:
    """Whether a clause after a quotation turns against it: "but …", "… is a myth"."""
    return bool(_TURN.match(span))


def _correct(text: str, clauses: Sequence[Clause]) -> None:
    for found in _CORRECTION.finditer(text):
        at = found.start()
        here = next((i for i, c in enumerate(clauses) if c.end > at), None)
        if here is None:
            continue
        said = [i for i in range(max(0, here - 3), here + 1) if clauses[i].start < at and len(clauses[i].tokens) > 1]
        if not said:
            continue
        near = [i for i in said if clauses[i].sentence == clauses[here].sentence and clauses[i].end <= at] or said[-1:]
        near = near[-2:]
        reverses = bool(_REVERSES.search(found.group()))
        for i in near:
            if clauses[i].end > found.end() + 1:
                continue
            if reverses:
                clauses[i].marks.add("reversed")
            clauses[i].weight = 0.0
            clauses[i].marks.add("retracted")
        clauses[here].marks.add("correction")
