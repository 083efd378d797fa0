"""The same said as other people say it: with or without contractions, and in English learnt as a foreign language."""

from __future__ import annotations

import re
from random import Random

from ..data import GradedQuestion
from ..stem import words
from .casing import like, replace_words

_NOT = sorted(words("is are was were do does did has have had could would should must need might"))
"""Verbs that take "n't" as they are; "can", "will" and "shall" do not."""
_EXPANDED = {
    "can't": "cannot",
    "won't": "will not",
    "shan't": "shall not",
    "let's": "let us",
    "i'm": "I am",
    "ain't": "is not",
    **{f"{verb}n't": f"{verb} not" for verb in _NOT},
    **{f"{who}'re": f"{who} are" for who in ("you", "we", "they", "there", "those", "these")},
    **{f"{who}'ve": f"{who} have" for who in ("i", "you", "we", "they", "could", "would", "should", "might")},
    **{f"{who}'ll": f"{who} will" for who in ("i", "you", "he", "she", "it", "we", "they", "that", "there")},
}
_IS = re.compile(
    r"\b(it|that|there|he|she|what|who|here|where|how|everything|nobody)['’]s\b(?=(\s+\w+)?)", re.IGNORECASE
)
_HAD = re.compile(r"\b(i|you|he|she|it|we|they|that|there|who)['’]d\b(?=(\s+\w+)?)", re.IGNORECASE)
_HAS_NEXT = re.compile(r"(been|got|had|become)$")
_HAD_NEXT = re.compile(r"(better|been|already|gone|\w+[^e\W]ed)$")
"""Of "need" and its like "would" is meant, of "better" and participles "had"."""
_CONTRACTED_NOT = {
    "cannot": "can't",
    "can not": "can't",
    "will not": "won't",
    "let us": "let's",
    **{f"{verb} not": f"{verb}n't" for verb in _NOT if verb not in ("might", "must", "need")},
}
_CONTRACTED = {
    "i am": "I'm",
    **{f"{who} are": f"{who}'re" for who in ("you", "we", "they")},
    **{f"{who} will": f"{who}'ll" for who in ("i", "you", "he", "she", "it", "we", "they")},
    **{f"{who} is": f"{who}'s" for who in ("it", "there", "he", "she")},
}
# "who you are" and "whatever it is." are never contracted: no word of a question before, and a word has to follow.
_CONTRACT = re.compile(
    r"(?<![\w'’-])(?<!\bwho )(?<!\bwhat )(?<!\bwhere )(?<!\bhow )(?<!\bas )(?<!\bthan )("
    + "|".join(r"\s+".join(entry.split()) for entry in sorted(_CONTRACTED, key=lambda entry: (-len(entry), entry)))
    + r")(?=\s+\w)",
    re.IGNORECASE,
)
# "we have eleven people" is not contracted, "we have been" is.
_HAVE = re.compile(
    r"\b(i|you|we|they)\s+have(?=\s+(?:been|got|had|seen|already|never|always|\w{2,}ed)\b)", re.IGNORECASE
)


def expanded(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Contractions written out: "it's" becomes "it is", "don't" becomes "do not"."""

    def is_or_has(match: re.Match[str]) -> str:
        return f"{match[1]} {'has' if _HAS_NEXT.match((match[2] or '').strip().lower()) else 'is'}"

    def had_or_would(match: re.Match[str]) -> str:
        return f"{match[1]} {'had' if _HAD_NEXT.match((match[2] or '').strip().lower()) else 'would'}"

    text = _IS.sub(is_or_has, text)
    return replace_words(_HAD.sub(had_or_would, text).replace("’", "'"), _EXPANDED)


def contracted(text: str, _question: GradedQuestion, _random: Random) -> str:
    """What is usually contracted in speech contracted: "it is" becomes "it's", "do not" becomes "don't"."""
    text = replace_words(text, _CONTRACTED_NOT)
    text = _CONTRACT.sub(lambda match: like(match[0][:1], _CONTRACTED[" ".join(match[0].lower().split())]), text)
    return _HAVE.sub(lambda match: f"{match[1]}'ve", text)


# "a few" and "few" differ in meaning, and so do "a little" and "little"; numbers need their article.
_ARTICLE = re.compile(
    r"\b(the|an|a)\s+(?!(?:few|little|bit|lot|couple|handful|dozen|hundred|thousand|million|billion|third|half|quarter|fifth"
    r"|tenth|more|less|and|or|is|was|second|minute|hour|day|week|month|year|night|\w+er)\b)(?=[a-z])",
    re.IGNORECASE,
)
_ARTICLES_DROPPED = 0.8
_VERBS = words("""
    makes takes gives gets keeps tells says comes becomes knows learns grows helps seems happens depends converges diverges
    contains requires allows prevents ensures reduces ignores explains goes remains stays leads follows loses brings finds
    chooses picks sees hides throws wants thinks sits lives puts lets adds lowers raises pays pulls pushes forgets improves
    describes compares computes multiplies divides removes replaces treats avoids begins
""")
_NOUNS_TOO = words("""
    means needs uses counts costs measures looks results increases decreases shifts drops tests samples averages weights
    scores fits trains reads writes cuts falls shows gains breaks holds moves turns runs works estimates splits causes
    changes starts ends stops
""")
_IRREGULAR = {"does": "do", "has": "have", "goes": "go", "multiplies": "multiply", "pushes": "push"}
_THIRD = re.compile(r"\b(" + "|".join(sorted(_VERBS | set(_IRREGULAR))) + r")\b", re.IGNORECASE)
_THIRD_AFTER = re.compile(
    r"\b((?:it|he|she|which|who|that|everyone|nobody|somebody)\s+)(" + "|".join(sorted(_NOUNS_TOO)) + r")\b",
    re.IGNORECASE,
)
_DROPPED = 0.8
_SLIPS = {
    "depends on": "depends from",
    "depend on": "depend from",
    "depending on": "depending from",
    "consists of": "consists from",
    "consist of": "consist from",
    "on average": "in average",
    "different from": "different of",
    "in the end": "at the end",
    "at the beginning": "in the beginning",
    "interested in": "interested on",
    "responsible for": "responsible of",
    "focus on": "focus in",
    "rely on": "rely of",
    "relies on": "relies of",
    "good at": "good in",
    "bad at": "bad in",
    "at first": "in first",
    "for example": "by example",
    "in practice": "on practice",
    "at the same time": "in the same time",
    "according to": "according with",
    "similar to": "similar with",
    "compared with": "compared to",
    "compared to": "compared with",
    "in order to": "for to",
    "on top of": "in top of",
    "on the other hand": "in the other hand",
    "at random": "by random",
    "trained on": "trained in",
    "train on": "train in",
    "trains on": "trains in",
    "based on": "based in",
    "by hand": "with hand",
    "at a time": "in a time",
    "at once": "in once",
    "from the start": "since the start",
    "in general": "by general",
    "in particular": "by particular",
    "with respect to": "in respect of",
    "on the training": "in the training",
    "on the test": "in the test",
    "on the validation": "in the validation",
    "on new": "in new",
    "on unseen": "in unseen",
    "on the": "in the",
    "at the": "in the",
    "at every": "in every",
    "at each": "in each",
    "per cent of": "per cent from",
    "most of": "most from",
    "some of": "some from",
    "each of": "each from",
    "for every": "to every",
    "explain to": "explain",
    "listen to": "listen",
    "wait for": "wait",
    "ask for": "ask",
    "because of": "because from",
}
"""Prepositions as learners of English swap them. None of these turns a statement round: to and from, over and under, with and
without, before and after are left alone."""


def non_native(text: str, question: GradedQuestion, random: Random) -> str:
    """As someone may write who learnt English late: most articles and third-person endings dropped, prepositions swapped."""
    return without_endings(without_articles(slipped(text, question, random), question, random), question, random)


def slipped(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Common prepositions swapped for ones that learners take."""
    return replace_words(text, _SLIPS)


def without_articles(text: str, _question: GradedQuestion, random: Random) -> str:
    """Four in five articles dropped where nothing but grammar hangs on them."""
    made: list[str] = []
    at = 0
    for match in _ARTICLE.finditer(text):
        if match.start() < at or random.random() >= _ARTICLES_DROPPED:
            continue
        made.append(text[at : match.start()])
        at = match.end()
        if match[0][0].isupper():
            made.append(text[at].upper())
            at += 1
    return "".join([*made, text[at:]])


def without_endings(text: str, _question: GradedQuestion, random: Random) -> str:
    """Four in five verbs of the third person without their ending; words that are nouns too only after a pronoun."""

    def bare(word: str) -> str:
        known = _IRREGULAR.get(word.lower())
        return like(word, known) if known else word[:-1]

    def after(match: re.Match[str]) -> str:
        return match[1] + bare(match[2]) if random.random() < _DROPPED else match[0]

    text = _THIRD.sub(lambda match: bare(match[0]) if random.random() < _DROPPED else match[0], text)
    return _THIRD_AFTER.sub(after, text)
