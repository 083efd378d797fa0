"""Everyday words and hedges said with other everyday words. No term of the field is here, and nothing that turns a statement.

Written by hand for quizbot. The forms of a word stand beside those of the other, so that "began" becomes "started" and no
ending is ever glued on.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random

from ..data import GradedQuestion
from ..lexicon import lexicon
from ..text import tokens
from .casing import replace_words

_LINES = """
usually > normally
often > frequently
mostly > mainly
almost > nearly
nearly > almost
maybe > perhaps
perhaps > maybe
really > truly
roughly > approximately
quickly > rapidly
slowly > gradually
easily > readily
simply > just
exactly > precisely
hardly > barely
sometimes > occasionally
always > at all times
again > once more
together > jointly
anyway > in any case
afterwards > later on
actually > in fact
basically > in essence
probably > most likely
certainly > surely
of course > naturally
for example > for instance
for instance > for example
such as > like
because > since
although > even though
though > although
however > even so
therefore > for that reason
hence > so
in order to > so as to
instead of > in place of
rather than > instead of
whether > if
until > till
till > until
as well | as well as > too | and also
a lot of > plenty of
lots of > plenty of
plenty of > lots of
a handful of > a few
I think > I believe
I guess > I suppose
I'd say > I would argue
I would say > I'd argue
make sure | makes sure | made sure | making sure > see to it | sees to it | saw to it | seeing to it
figure out | figures out | figured out > work out | works out | worked out
find out | finds out | found out > discover | discovers | discovered
throw away | throws away | threw away | thrown away > discard | discards | discarded | discarded
look at | looks at | looked at | looking at > inspect | inspects | inspected | inspecting
get rid of | gets rid of | got rid of > do away with | does away with | did away with
big | bigger | biggest > large | larger | largest
large | larger | largest > big | bigger | biggest
tiny > very small
huge > enormous
clever > smart
cheap | cheaper > inexpensive | less expensive
expensive > pricey
wrong | wrongly > incorrect | incorrectly
whole > entire
entire > whole
odd > strange
strange > odd
silly > foolish
easy | easier > simple | simpler
ready > prepared
sure > certain
rare > uncommon
nobody > no one
everybody > everyone
everyone > everybody
somebody > someone
someone > somebody
anybody > anyone
anyone > anybody
folks > people
people > folks
customer | customers > client | clients
client | clients > customer | customers
company | companies > firm | firms
boss | bosses > manager | managers
colleague | colleagues > co-worker | co-workers
photo | photos > picture | pictures
shop | shops > store | stores
car | cars > vehicle | vehicles
doctor | doctors > physician | physicians
kid | kids > child | children
money > cash
story | stories > tale | tales
idea | ideas > notion | notions
trouble | troubles > difficulty | difficulties
mistake | mistakes > blunder | blunders
begin | begins | began | begun | beginning > start | starts | started | started | starting
helped | helping > assisted | assisting
buy | buys | bought | buying > purchase | purchases | purchased | purchasing
choose | chooses | chose | chosen | choosing > pick | picks | picked | picked | picking
pick | picks | picked | picking > choose | chooses | chose | choosing
happen | happens | happened | happening > occur | occurs | occurred | occurring
try | tries | tried | trying > attempt | attempts | attempted | attempting
built > constructed
repair | repairs | repaired | repairing > mend | mends | mended | mending
notice | notices | noticed | noticing > spot | spots | spotted | spotting
"""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _LINES.strip().splitlines():
        before, after = ([form.strip() for form in side.split("|")] for side in line.split(">"))
        table.update((word.lower(), other) for word, other in zip(before, after, strict=True))
    return table


SYNONYMS: dict[str, str] = _table()
"""Word or phrase in small letters to what is said instead."""


def synonyms(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Everyday words replaced wherever they stand."""
    return replace_words(text, SYNONYMS)


@lru_cache(maxsize=1)
def unlisted() -> dict[str, str]:
    """The pairs that the scorer's lexicon does not know as alike: these show what it does beyond its list."""

    def meanings(text: str) -> set[int]:
        return {concept for concepts in lexicon().concepts(tokens(text)) for concept in concepts}

    return {word: other for word, other in SYNONYMS.items() if not meanings(word) & meanings(other)}


def unlisted_synonyms(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Only words whose synonym is not in the scorer's lexicon replaced."""
    return replace_words(text, unlisted())
