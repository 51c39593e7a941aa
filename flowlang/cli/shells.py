"""What click's completion for bash, zsh and fish gets wrong, mended (seen in click 8.1 to 8.5)."""

from __future__ import annotations

from collections.abc import Iterable

from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class


class Bash(BashComplete):
    """bash tells the ``=`` between an option and its value as a word of its own, which is not the value."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to complete, and that one."""
        args, incomplete = super().get_completion_args()
        return [word for word in args if word != "="], incomplete


class Zsh(ZshComplete):
    """zsh puts what it is told in place of the whole word, the option before a ``=`` included."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """The completions of the word."""
        return _of_the_word(super().get_completions(args, incomplete), incomplete)


class Fish(FishComplete):
    """So does fish, and its script cuts lists of rules and summaries off at their first comma."""

    source_template = FishComplete.source_template.replace('string split "," $completion', 'string split -m 1 "," $completion')

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """The completions of the word."""
        return _of_the_word(super().get_completions(args, incomplete), incomplete)


def _of_the_word(found: Iterable[CompletionItem], incomplete: str) -> list[CompletionItem]:
    option, equals, _ = incomplete.partition("=")
    lead = f"{option}=" if equals and option.startswith("--") else ""
    return [CompletionItem(lead + item.value, item.type, item.help) if item.type == "plain" else item for item in found]


def mend() -> None:
    """Let click use these."""
    for each in (Bash, Zsh, Fish):
        add_completion_class(each)
