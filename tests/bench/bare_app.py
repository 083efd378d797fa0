"""The least that a Textual app can do: what quizbot's own start is compared with."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Hello from a bare app.")


if __name__ == "__main__":
    BareApp().run()
