"""British and American spelling, by tables of whole words, so that "noise", "otherwise" and "supervised" stay as they are."""

from __future__ import annotations

from random import Random

from ..data import GradedQuestion
from ..stem import words
from .casing import replace_words

_ISE = words("""
    author categor central character critic custom decentral digital discret emphas equal factor final formal general
    harmon hypothes immun initial international item legal linear local marginal maxim memor minim mobil modern monet
    normal optim organ parallel parametr penal personal prior quant random real recogn regular reorgan serial special
    stabil standard stigmat summar symbol synchron token util vectr vector visual western
""")
_ISE_ENDINGS = ("ise", "ised", "ises", "ising", "iser", "isers", "isation", "isations", "isable")
_YSE = ("analyse", "analysed", "analysing", "analyser", "catalyse", "paralyse", "paralysed")
_PREFIXES = ("", "re", "un", "de", "over", "pre")
_OUR = words("behaviour colour favour flavour harbour honour humour labour neighbour rumour vapour")
_OUR_ENDINGS = ("", "s", "ed", "ing", "ful", "less", "able", "ite", "ites", "hood", "hoods", "al", "ally")
_DOUBLED = words("label model travel cancel signal fuel channel level total tunnel marvel counsel quarrel")
_OTHERS = {
    "centre": "center", "centres": "centers", "centred": "centered", "centring": "centering",
    "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "fibres": "fibers",
    "theatre": "theater", "calibre": "caliber", "catalogue": "catalog", "catalogues": "catalogs",
    "dialogue": "dialog", "dialogues": "dialogs", "analogue": "analog", "defence": "defense", "offence": "offense",
    "grey": "gray", "greys": "grays", "greyed": "grayed", "judgement": "judgment", "judgements": "judgments",
    "sceptical": "skeptical", "sceptic": "skeptic", "artefact": "artifact", "artefacts": "artifacts",
    "ageing": "aging", "towards": "toward", "afterwards": "afterward", "maths": "math", "mould": "mold",
    "moulded": "molded", "tyre": "tire", "tyres": "tires", "plough": "plow", "fulfil": "fulfill", "enrol": "enroll",
    "skilful": "skillful", "cosy": "cozy", "manoeuvre": "maneuver", "storey": "story", "cheque": "check",
    "cheques": "checks", "programme": "program", "programmes": "programs", "whilst": "while", "amongst": "among",
    "learnt": "learned", "spelt": "spelled", "burnt": "burned", "dreamt": "dreamed", "licence": "license",
    "practise": "practice", "practised": "practiced", "practising": "practicing",
}  # fmt: skip
_ONE_WAY = {
    "tyre", "tyres", "storey", "cheque", "cheques", "programme", "programmes", "whilst", "amongst", "learnt", "spelt",
    "burnt", "dreamt", "licence", "practise", "metre", "metres",
}  # fmt: skip
"""American forms of these are British words too, with a meaning of their own: they are not turned back."""


def _table() -> dict[str, str]:
    table = dict(_OTHERS)
    for stem in sorted(_ISE):
        for prefix in _PREFIXES:
            for ending in _ISE_ENDINGS:
                table[f"{prefix}{stem}{ending}"] = f"{prefix}{stem}{ending.replace('is', 'iz', 1)}"
    for word in _YSE:
        table[word] = word.replace("ys", "yz")
    for word in sorted(_OUR):
        for ending in _OUR_ENDINGS:
            table[word + ending] = word[:-3] + "or" + word[-3:].removeprefix("our") + ending
    for word in sorted(_DOUBLED):
        for ending in ("ed", "ing", "er", "ers"):
            table[f"{word}l{ending}"] = word + ending
            table[f"un{word}l{ending}"] = f"un{word}{ending}"
    return table


AMERICAN: dict[str, str] = _table()
"""British to American, small letters."""
BRITISH: dict[str, str] = {american: british for british, american in AMERICAN.items() if british not in _ONE_WAY}
"""American to British, small letters."""


def american(text: str, _question: GradedQuestion, _random: Random) -> str:
    """American spelling."""
    return replace_words(text, AMERICAN)


def british(text: str, _question: GradedQuestion, _random: Random) -> str:
    """British spelling."""
    return replace_words(text, BRITISH)
