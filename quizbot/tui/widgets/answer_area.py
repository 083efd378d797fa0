"""The field that answers are written in."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.widgets import TextArea

from quizbot.text import safe
from quizbot.tui.widgets.fields import act_in_turn


class AnswerArea(TextArea):
    """A text area. What is pasted is kept as it is; only what is drawn is made harmless to the terminal."""

    async def on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn, with as many characters as the line itself."""
        return Text(safe(self.document.get_line(line_index)), end="", no_wrap=True)
