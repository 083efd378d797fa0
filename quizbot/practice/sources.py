"""Where a source can be looked up, as people write it."""

from __future__ import annotations

from quizbot.content.records import Source


def places_of(source: Source) -> list[str]:
    """The places of a source: `arXiv:…`, `doi:…` and its web address, those that it has."""
    places = [(source["arxiv"], "arXiv:"), (source["doi"], "doi:"), (source["url"], "")]
    return [f"{prefix}{place}" for place, prefix in places if place]
