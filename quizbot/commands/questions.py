"""`list`, `find` and `show`: what there is to practise, and the structured answers."""

from __future__ import annotations

from collections.abc import Callable

from quizbot.commands.context import Context, print_json, say, wrong_call
from quizbot.commands.plain import bullet, heading, paragraph
from quizbot.content.records import Header, Question, Role, Variant
from quizbot.practice.sources import places_of
from quizbot.practice.suggest import as_listed
from quizbot.text import safe_line

Sections = dict[str, Callable[[Question, Role], list[str]]]


def run_list(context: Context) -> int:
    """`quizbot list`: one line a question, or its header as JSON."""
    wanted = context.arguments
    bank = context.bank()
    if wanted.pack and wanted.pack not in bank.packs:
        wrong_call(f"there is no pack `{wanted.pack}`; there are: {', '.join(bank.packs) or 'none'}")
    headers = [
        header
        for header in as_listed(bank.headers)
        if (not wanted.pack or header["pack"] == wanted.pack)
        and (not wanted.level or header["level"] == wanted.level)
        and (not wanted.role or wanted.role in header["roles"])
    ]
    if wanted.json:
        print_json([_listed(header) for header in headers])
        return 0
    longest = max((len(header["id"]) for header in headers), default=0)
    for pack in dict.fromkeys(header["pack"] for header in headers):
        say(pack)
        for header in headers:
            if header["pack"] == pack:
                say(f"  {header['id']:<{longest}}  {header['level']:<6}  {safe_line(header['title'])}")
    if not headers:
        say("No question fits these filters.")
    return 0


def _listed(header: Header) -> dict[str, object]:
    keys = ("id", "title", "pack", "level", "roles", "tags", "needs", "demo", "file")
    return {key: header[key] for key in keys}  # type: ignore[literal-required]


def run_find(context: Context) -> int:
    """`quizbot find TEXT`: ranked questions, key points, sections and demos."""
    from quizbot.demos.registry import all_specs
    from quizbot.practice.find import Finder

    bank = context.bank()
    finder = Finder([bank.question(header["id"]) for header in bank.headers], all_specs())
    hits = finder.find(" ".join(context.arguments.text), limit=max(1, context.arguments.limit))
    if context.arguments.json:
        print_json([hit.as_json() for hit in hits])
        return 0
    for hit in hits:
        say(f"{hit.score:6.2f}  {hit.kind:<8}  {hit.where}")
        say(paragraph(hit.title, " " * 18))
    if not hits:
        say("Nothing found. Try other words, or `quizbot list`.")
    return 0


def run_show(context: Context) -> int:
    """`quizbot show ID`: the structured answer, whole or one section."""
    wanted = context.arguments
    question = context.question(context.bank(), wanted.id)
    sections = SECTIONS
    name = wanted.section.replace("-", "_") if wanted.section else None
    if name and name not in sections:
        wrong_call(f"there is no section `{wanted.section}`; there are: {', '.join(sections)}")
    if wanted.json:
        print_json(_part(question, name) if name else question)
        return 0
    role: Role = wanted.role or question["roles"][0]
    say(paragraph(question["title"]))
    say(f"{question['id']} · {question['pack']} · {question['level']} · {', '.join(question['roles'])}")
    for key, render in sections.items():
        if name in (None, key):
            lines = render(question, role)
            if lines:
                say(heading(key.replace("_", " ").capitalize()))
                for line in lines:
                    say(line)
    return 0


def _part(question: Question, section: str) -> dict[str, object]:
    block = question["answer"] if section in question["answer"] else question
    return {"id": question["id"], section: block[section]}  # type: ignore[literal-required]


def _framework(question: Question, _role: Role) -> list[str]:
    return [
        paragraph(f"{step['step']}. {step['hint']}".strip(), "   ", f"{number}. ")
        for number, step in enumerate(question["framework"], 1)
    ]


def _key_points(question: Question, role: Role) -> list[str]:
    lines = []
    for point in question["key_points"]:
        weight = point["weight"].get(role, 0)
        note = f"weight {weight}" if weight else "bonus, not scored"
        lines += [bullet(f"{point['claim']} ({note})"), paragraph(f"Why: {point['why']}", "    ")]
    return lines


def _variant(question: Question, role: Role) -> list[str]:
    chosen: dict[Role, Variant] = {own: variant for own, variant in question["variants"].items() if own == role}
    lines = []
    for own, variant in (chosen or question["variants"]).items():
        lines += [paragraph(f"{own.capitalize()}: {variant['prompt']}"), ""]
        lines += [bullet(addition) for addition in variant["adds"]]
        lines += ["", paragraph(variant["answer"])]
    return lines


def _quiz(question: Question, _role: Role) -> list[str]:
    return [
        bullet(f"{item['text'] if item['type'] == 'cloze' else item['stem']} ({item['type']})")
        for item in question["quiz"]
    ]


def _followups(question: Question, _role: Role) -> list[str]:
    lines = []
    for followup in question["followups"]:
        lines.append(bullet(followup["ask"]))
        lines.append(paragraph("Listen for: " + "; ".join(followup["listen_for"]), "    "))
        if followup["red_flags"]:
            lines.append(paragraph("Red flags: " + "; ".join(followup["red_flags"]), "    "))
    return lines


def _demo(question: Question, _role: Role) -> list[str]:
    demo = question["demo"]
    return [paragraph(demo["shows"]), f"Run it: quizbot demo {demo['name']}"] if demo else []


def _sources(question: Question, _role: Role) -> list[str]:
    return [
        bullet(f"{source['cite']} {', '.join(places_of(source))} (supports {', '.join(source['supports'])})")
        for source in question["sources"]
    ]


SECTIONS: Sections = {
    "framework": _framework,
    "definition": lambda question, _: [paragraph(question["answer"]["definition"])],
    "role": lambda question, _: [paragraph(question["answer"]["role"])],
    "effects": lambda question, _: [
        bullet(f"{effect['when'][:1].upper()}{effect['when'][1:]}: {effect['then']}")
        for effect in question["answer"]["effects"]
    ],
    "examples": lambda question, _: [
        text
        for example in question["answer"]["examples"]
        for text in (bullet(example["title"]), paragraph(example["text"], "  "))
    ],
    "best_practices": lambda question, _: [bullet(text) for text in question["answer"]["best_practices"]],
    "common_mistakes": lambda question, _: [bullet(text) for text in question["answer"]["common_mistakes"]],
    "model_answer": lambda question, _: [paragraph(question["answer"]["model_answer"])],
    "key_points": _key_points,
    "variants": _variant,
    "quiz": _quiz,
    "followups": _followups,
    "demo": _demo,
    "sources": _sources,
}
"""What `show` prints, in reading order; the keys are those of the question format."""
