"""What can go wrong when a demo is asked for; each message is written for the person who asked."""


class DemoError(ValueError):
    """Base of every error that a wrong demo name or parameter raises."""


class UnknownDemo(DemoError):  # noqa: N818 (reads as what it is where it is caught)
    """No demo has this name. `matches` holds the registered names that look like it, best first."""

    def __init__(self, name: str, matches: tuple[str, ...], names: tuple[str, ...]) -> None:
        self.name = name
        self.matches = matches
        hint = f"did you mean {matches[0]}?" if matches else f"there are: {', '.join(names)}"
        super().__init__(f"no demo is called {_shortened(name)}; {hint}")


class ParamError(DemoError):
    """A parameter is unknown, malformed or out of range. `param` is its name, `reason` the message without it."""

    def __init__(self, param: str, reason: str) -> None:
        self.param = param
        self.reason = reason
        super().__init__(f"{_shortened(param)}: {reason}")


def _shortened(text: str, limit: int = 40) -> str:
    """`text` on one line and cut to `limit` characters: names arrive from content files and command lines."""
    line = "".join(char if char.isprintable() else "?" for char in text)
    return line if len(line) <= limit else line[: limit - 1] + "…"
