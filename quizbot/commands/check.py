"""`lint` and `schema`: for people who write questions."""

from __future__ import annotations

from quizbot.commands.context import Context, note, print_json, say, user_path, wrong_call


def run_lint(context: Context) -> int:
    """`quizbot lint [PATH…]`: every problem with its place; exit status 1 when there is an error."""
    from quizbot.lint import lint

    given = [user_path(path) for path in context.arguments.paths]
    for path in given:
        if not path.exists():
            wrong_call(f"there is no file or folder {path}")
    report = lint(given or context.folders, known=context.folders, score_samples=not context.arguments.no_samples)
    if context.arguments.json:
        print_json([problem.as_json() for problem in report.problems])
    else:
        for problem in report.problems:
            say(str(problem))
            if problem.hint:
                say(f"    {problem.hint}")
        errors = sum(problem.severity == "error" for problem in report.problems)
        warnings = len(report.problems) - errors
        note(f"{report.files} files checked: {errors} errors, {warnings} warnings")
    return 1 if any(problem.severity == "error" for problem in report.problems) else 0


def run_schema(_context: Context) -> int:
    """`quizbot schema`: JSON Schema (draft-07) of a question."""
    from quizbot.content.schema import json_schema

    print_json(json_schema())
    return 0
