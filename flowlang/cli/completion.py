"""What a shell is told when somebody presses Tab behind an option or in place of an argument.

The shell's side is click's own: ``_FLOWLINT_COMPLETE=bash_source flowlint`` prints it, mended by
`shells` where it has to be. What a value can be follows from its metavar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def completer(metavar: str | None) -> Completer | None:
    """What completes a value that help calls by this name; None: its type alone."""
    return _COMPLETERS.get((metavar or "").strip("[]."))


def _files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [_item(incomplete, type="file")]


def _folders(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [_item(incomplete, type="dir")]


def _rule(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [_item(key, help=summary) for key, summary in _keys(incomplete, families=False)]


def _rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules and families behind the last comma; those before it are there already."""
    before, comma, word = incomplete.rpartition(",")
    given = before.split(",")
    return [_item(f"{before}{comma}{key}", help=summary) for key, summary in _keys(word, families=True) if key not in given]


def _schemas(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from flowlang.cli.schema import known

    return [_item(name) for name in known() if name.startswith(incomplete)]


_COMPLETERS: dict[str, Completer] = {"PATH": _files, "FILE": _files, "DIR": _folders, "RULE": _rule, "RULES": _rules, "SCHEMA": _schemas}


def _keys(word: str, *, families: bool) -> Iterator[tuple[str, str]]:
    """Names of rules that begin with the word, and codes once it begins like one, with what each is about; families before their codes."""
    from flowlang.diagnostics.catalogue import CATALOGUE
    from flowlang.diagnostics.families import FAMILIES

    if word and families:
        yield from ((family.prefix, family.title) for family in FAMILIES if family.prefix.startswith(word.upper()))
    if len(word) > (len("FL") if families else 0):
        yield from ((rule.code, rule.summary) for rule in CATALOGUE if rule.code.startswith(word.upper()))
    yield from ((rule.name, rule.summary) for rule in CATALOGUE if rule.name.startswith(word.lower()))


def _item(value: str, *, type: str = "plain", help: str | None = None) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, type=type, help=help)
