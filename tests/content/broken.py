"""Ways to break the small question, each with the message that its author should read."""

from __future__ import annotations

from dataclasses import dataclass

from tests.helpers import MARK, QUESTION


@dataclass(frozen=True, slots=True)
class Case:
    """A change of the small question; the mark in `new` is where the one problem is expected."""

    name: str
    old: str
    new: str
    message: str
    rule: str
    hint: str | None = None


def line_of(words: str) -> int:
    """The line of the small question in which these words stand."""
    return QUESTION[: QUESTION.index(words)].count("\n") + 1


POINTS = "one of leakage, money, optimistic, unseen"

CASES = [
    # Types
    Case(
        "number-for-text",
        "text: Never,",
        f"text: {MARK}7,",
        "`quiz[2].options[3].text` must be text, not a number",
        "wrong-type",
        "put it in quotes",
    ),
    Case(
        "text-for-list",
        "best_practices: [Split",
        f"best_practices: {MARK}Split it #[",
        "`answer.best_practices` must be a list, not text",
        "wrong-type",
    ),
    Case(
        "list-for-text",
        "why: Managers decide on it.",
        f"why: {MARK}[a, b]",
        "`key_points[4].why` must be text, not a list",
        "wrong-type",
    ),
    Case(
        "text-for-mapping",
        "tolerance: {abs: 0.5}",
        f"tolerance: {MARK}0.5",
        "`quiz[3].tolerance` must be a mapping (`key: value`), not a number",
        "wrong-type",
    ),
    Case(
        "yes-is-text",
        "correct: true, feedback: Only",
        f"correct: {MARK}yes, feedback: Only",
        "`quiz[2].options[1].correct` must be true or false, not text",
        "wrong-type",
    ),
    Case(
        "number-in-quotes",
        "answer: 80",
        f"answer: {MARK}'80'",
        "`quiz[3].answer` must be a number, not text",
        "wrong-type",
    ),
    Case(
        "fraction-for-count",
        "roles: [technical, managerial]",
        f"roles: [technical, managerial]\ntime_limit_s: {MARK}90.5",
        "`time_limit_s` must be a whole number, not a number",
        "wrong-type",
    ),
    Case(
        "nothing-for-text",
        "role: It estimates the error on new cases.",
        f"role:{MARK}",
        "`answer.role` must be text, not nothing",
        "wrong-type",
    ),
    Case(
        "demo-parameter",
        "shows: Any",
        f"params: {{rates: {MARK}{{a: 1}}}}\n  shows: Any",
        "`demo.params.rates` must be a number, text, true or false, or a list of them, not a mapping (`key: value`)",
        "wrong-type",
    ),
    # Keys
    Case(
        "unknown-key",
        "level: junior",
        f"level: junior\n{MARK}fremwork: []",
        "unknown key `fremwork`",
        "unknown-key",
        "did you mean `framework`?",
    ),
    Case(
        "unknown-key-unlike-any",
        "level: junior",
        f"level: junior\n{MARK}xyzzy: 1",
        "unknown key `xyzzy`",
        "unknown-key",
        "remove it, or see `quizbot schema`",
    ),
    Case(
        "python-name-of-schema",
        "level: junior",
        f"level: junior\n{MARK}format: quizbot/question@1",
        "unknown key `format`",
        "unknown-key",
    ),
    Case(
        "key-with-line-break",
        "level: junior",
        f'level: junior\n{MARK}"a\\nb\\e[2J": 1',
        "unknown key `a b␛[2J`",
        "unknown-key",
    ),
    Case(
        "duplicate-key",
        "level: junior",
        f"level: junior\n{MARK}title: Why are models checked twice?",
        "the key `title` stands twice; the first is on line 3",
        "duplicate-key",
        "remove one of them",
    ),
    Case(
        "duplicate-key-in-flow",
        "feedback: That leaks.}",
        f"feedback: That leaks., {MARK}text: x}}",
        f"the key `text` stands twice; the first is on line {line_of('Before the split')}",
        "duplicate-key",
    ),
    Case(
        "role-unknown-in-weight",
        "weight: {managerial: 3}",
        f"weight: {{{MARK}manager: 3}}",
        "`manager` is not allowed here: it must be 'technical' or 'managerial'",
        "bad-key",
    ),
    Case("a-list-as-key", "level: junior", f"level: junior\n? {MARK}[a]\n: b", "a key must be plain text", "yaml-key"),
    # Values
    Case(
        "unknown-level",
        "level: junior",
        f"level: {MARK}expert",
        "`level`: it must be 'junior', 'mid' or 'senior', not 'expert'",
        "bad-value",
    ),
    Case(
        "bad-id",
        "id: q-true",
        f"id: {MARK}Q_true",
        "`quiz[1].id` 'Q_true' is not a valid id",
        "bad-value",
        "lower-case letters, digits and single hyphens, as in `too-high`",
    ),
    Case(
        "blank",
        "focus: [money]\n    adds: [Compare it with an audit.",
        f"focus: [money]\n    adds: [{MARK}' '",
        "`variants.managerial.adds[1]` is blank",
        "bad-value",
    ),
    Case(
        "weight-too-high",
        "{technical: 3, managerial: 2}",
        f"{{technical: {MARK}4, managerial: 2}}",
        "`key_points[1].weight.technical` must be at most 3, not 4",
        "out-of-range",
    ),
    Case(
        "huge-number",
        "roles: [technical, managerial]",
        f"roles: [technical, managerial]\ntime_limit_s: {MARK}{'9' * 90}",
        "`time_limit_s` must be at most 600, not " + "9" * 37 + "...",
        "out-of-range",
    ),
    Case(
        "number-beyond-python",
        "roles: [technical, managerial]",
        f"roles: [technical, managerial]\ntime_limit_s: {MARK}{'9' * 5000}",
        "`time_limit_s` must be a whole number, not text",
        "wrong-type",
    ),
    Case("infinite", "answer: 80", f"answer: {MARK}.inf", "`quiz[3].answer` must be a finite number", "out-of-range"),
    Case(
        "too-few",
        "accept: [it shows how the model does on fresh data, an honest look at generalisation]",
        f"accept: {MARK}[only one]",
        "`key_points[1].accept` needs at least 2 entries and has 1",
        "too-short",
    ),
    Case(
        "too-long",
        "claim: A test set measures",
        f"claim: {MARK}{'A' * 300} measures",
        f"`key_points[1].claim` is too long: {300 + len(' measures the error on unseen cases.')} characters, at most 220",
        "too-long",
    ),
    Case(
        "both-tolerances",
        "{abs: 0.5}",
        f"{MARK}{{abs: 0.5, rel: 0.1}}",
        "`quiz[3].tolerance`: give exactly one of `abs` and `rel`",
        "bad-value",
    ),
    Case(
        "no-locator",
        '{key: book, cite: A book., url: "https://example.org/book",',
        f"{MARK}{{key: book, cite: A book.,",
        "`sources[1]`: a source needs `arxiv`, `doi` or `url`",
        "missing-key",
    ),
    Case(
        "web-address",
        'url: "https://example.org/book"',
        f"url: {MARK}example.org",
        "`sources[1].url` 'example.org' is not a web address",
        "bad-value",
    ),
    Case(
        "quiz-type",
        "type: true_false",
        f"type: {MARK}truefalse",
        "`quiz[1].type` is 'truefalse', not one of 'single', 'multiple', 'true_false', 'numeric', 'ordering', 'cloze'",
        "bad-value",
    ),
    Case(
        "other-format",
        "schema: quizbot/question@1",
        f"schema: {MARK}quiz",
        "`schema` is 'quiz'; it must be quizbot/question@1",
        "bad-value",
    ),
    Case(
        "newer-format",
        "schema: quizbot/question@1",
        f"schema: {MARK}quizbot/question@12",
        "written in a newer format (quizbot/question@12); this quizbot reads quizbot/question@1",
        "newer-format",
        "update quizbot",
    ),
    # References and what makes a question answerable
    Case(
        "id-and-file-name",
        "id: small\n",
        f"id: {MARK}large\n",
        "the id `large` differs from the file name `small.yaml`",
        "id-file-name",
        "rename the file to large.yaml",
    ),
    Case(
        "tests-unknown-point",
        "tests: [unseen, optimistic]",
        f"tests: [unseen, {MARK}optimist]",
        "there is no key point `optimist`",
        "unknown-key-point",
        POINTS,
    ),
    Case(
        "focus-unknown-point",
        "focus: [money]",
        f"focus: [{MARK}cash]",
        "there is no key point `cash`",
        "unknown-key-point",
        POINTS,
    ),
    Case(
        "supports-unknown-point",
        "supports: [unseen, optimistic, leakage, money]",
        f"supports: [unseen, optimistic, leakage, {MARK}gold]",
        "there is no key point `gold`",
        "unknown-key-point",
        POINTS,
    ),
    Case(
        "probes-unknown-point",
        "demo:\n",
        f"followups:\n  - {{ask: Why, listen_for: [x], probes: {MARK}why}}\ndemo:\n",
        "there is no key point `why`",
        "unknown-key-point",
        POINTS,
    ),
    Case(
        "point-twice",
        "  - id: money",
        f"  - {{id: {MARK}unseen, section: role, claim: x, why: x, accept: [x, y],"
        " reject: [{says: x, because: x}], weight: {managerial: 1}}\n  - id: money",
        "two key points have the id `unseen`",
        "duplicate-id",
    ),
    Case(
        "quiz-item-twice",
        "- id: q-single",
        f"- id: {MARK}q-true",
        "two quiz items have the id `q-true`",
        "duplicate-id",
    ),
    Case(
        "role-twice",
        "roles: [technical, managerial]",
        f"roles: [technical, managerial, {MARK}technical]",
        "the role technical stands twice",
        "duplicate-role",
    ),
    Case(
        "alias-is-its-term",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [holdout, {MARK}Test  Set]}}",
        "`Test  Set` is the term itself",
        "duplicate-alias",
    ),
    Case(
        "alias-twice",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [holdout, {MARK}Holdout]}}",
        "`Holdout` stands already under the term `test set`",
        "duplicate-alias",
    ),
    Case(
        "alias-of-two-terms",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [holdout]}}\n- {{term: audit, also: [{MARK}holdout]}}",
        "`holdout` stands already under the term `test set`",
        "duplicate-alias",
        "a wording stands once in all of `aliases`",
    ),
    Case(
        "term-twice",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [a]}}\n- {{term: {MARK}test set, also: [b]}}",
        "`test set` is a term already",
        "duplicate-alias",
    ),
    Case(
        "alias-is-another-term",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [a]}}\n- {{term: b, also: [{MARK}test set]}}",
        "`test set` is a term already",
        "duplicate-alias",
    ),
    Case(
        "term-is-an-alias",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [a]}}\n- {{term: {MARK}a, also: [b]}}",
        "`a` stands already under the term `test set`",
        "duplicate-alias",
    ),
    Case(
        "alias-too-long",
        "level: junior",
        f"level: junior\naliases:\n- {{term: test set, also: [{MARK}{'x' * 61}]}}",
        "`aliases[1].also[1]` is too long: 61 characters, at most 60",
        "too-long",
    ),
    Case(
        "near-miss-inside",
        "- {value: 20, feedback: Those are held back.}",
        f"- {MARK}{{value: 80.25, feedback: Those are held back.}}",
        "the near miss 80.25 lies within the tolerance of the answer",
        "near-miss",
    ),
    Case(
        "gap-without-rule",
        "text: The error on {{which}} cases counts.",
        f"text: {MARK}The {{{{what}}}} on {{{{which}}}} cases counts.",
        "the text has a gap {{what}} that `gaps` does not explain",
        "cloze-gaps",
    ),
    Case(
        "rule-without-gap",
        "gaps: {which: {accept: [unseen, new]}}",
        f"gaps: {{which: {{accept: [unseen, new]}}, {MARK}other: {{accept: [x]}}}}",
        "the text has no gap {{other}}",
        "cloze-gaps",
    ),
    Case(
        "prediction-out-of-range",
        "answer: 1\n",
        f"answer: {MARK}2\n",
        "`answer` is 2; options count from 0 to 1",
        "predict-answer",
    ),
    # YAML
    Case(
        "tab",
        "  why: Managers",
        f"{MARK}\twhy: Managers",
        "a tab is used to indent; YAML wants spaces",
        "yaml-tab",
        "replace the tab by spaces",
    ),
    Case(
        "tab-at-top",
        "level: junior",
        f"{MARK}\tlevel: junior",
        "a tab is used to indent; YAML wants spaces",
        "yaml-tab",
    ),
    Case(
        "colon-in-text",
        "why: Managers decide on it.",
        f"why: Managers decide{MARK}: on it.",
        "not valid YAML: mapping values are not allowed in this context",
        "yaml-syntax",
        "a text with `: ` or ` #` in it needs quotes",
    ),
    Case("unclosed-quote", "key: book", f"key: {MARK}'book", "the quote that opens here is not closed", "yaml-syntax"),
    Case(
        "no-colon",
        "level: junior",
        f"{MARK}level junior",
        "not valid YAML: could not find expected ':' while scanning a simple key",
        "yaml-syntax",
    ),
    Case(
        "at-sign",
        "stem: When is",
        f"stem: {MARK}@When is",
        "not valid YAML: unexpected character while scanning for the next token",
        "yaml-syntax",
    ),
    Case(
        "alias",
        "why: Managers decide on it.",
        f"why: {MARK}*why",
        "aliases (*name) are not allowed in questions",
        "yaml-alias",
    ),
    Case(
        "python-tag",
        "why: Managers decide on it.",
        f"why: {MARK}!!python/object/apply:os.system ['true']",
        "the tag tag:yaml.org,2002:python/object/apply:os.system is not allowed",
        "yaml-tag",
    ),
    Case(
        "own-tag", "why: Managers decide on it.", f"why: {MARK}!secret x", "the tag !secret is not allowed", "yaml-tag"
    ),
    Case(
        "two-documents",
        "level: junior",
        f"level: junior\n{MARK}---\nid: other",
        "a second document starts here; one file holds one question",
        "yaml-syntax",
    ),
    Case(
        "nul",
        "why: Managers",
        f"why: {MARK}\0Managers",
        "control character U+0000 in the file",
        "not-text",
        "remove the character",
    ),
    Case(
        "escape-character",
        "why: Managers",
        f"why: é{MARK}\x1b[2JManagers",
        "control character U+001B in the file",
        "not-text",
    ),
    # Columns count characters, lines only what editors call lines.
    Case(
        "after-wide-characters",
        "{text: Never, feedback",
        f"{{text: Nié🙂vér, {MARK}fedback: x, feedback",
        "unknown key `fedback`",
        "unknown-key",
        "did you mean `feedback`?",
    ),
    Case(
        "after-line-separator",
        "why: Managers decide on it.",
        f'why: "a\u2028b\x85c"\n    {MARK}wy: x',
        "unknown key `wy`",
        "unknown-key",
    ),
]
