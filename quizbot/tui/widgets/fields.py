"""A field of one line, in which every key acts in its turn."""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from quizbot.text import safe_line


class Field(Input):
    """A field of one line."""

    def validate_value(self, value: str) -> str:
        """What is pasted is made harmless; what such a field is for needs no control characters."""
        return safe_line(value)

    async def on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)


async def act_in_turn(field: Widget, event: events.Key) -> None:
    """Run what `field` itself binds to a key now.

    Textual handles letters in the field, but sends bound keys such as Backspace and the arrows on to the app, which runs
    them later. On a busy machine letters typed after a Backspace would overtake it, and it would delete the wrong one.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        event.stop()
        event.prevent_default()
        if await field.app.run_action(binding.action, field):
            break
