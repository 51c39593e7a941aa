"""The command lines of `flowlint` and `flowlang` in documentation."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from flowlang.cli.lint import command as lint_command
from flowlang.cli.programs import COMMANDS

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
_INLINE = re.compile(r"`(?P<text>flow(?:lint|lang) [^`]+)`")
# Where a shell ends a command.
_ENDS = {"|", "||", "&&", ";", "&", ">", "<", ">>"}
# What stands for more words, in prose.
_MORE = {"...", "…"}


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced blocks of a page in these languages."""
    return [found["text"] for found in _BLOCK.finditer(text) if found["language"] in languages]


def command_lines(text: str) -> Iterator[list[str]]:
    """The words of every command of ours on a page: in its blocks, whatever their language, and between backticks."""
    for found in _BLOCK.finditer(text):
        for line in found["text"].splitlines():
            yield from _commands(line)
    for found in _INLINE.finditer(_BLOCK.sub("", text)):
        yield from _commands(" ".join(found["text"].split()))


def _commands(line: str) -> Iterator[list[str]]:
    # a step of YAML or a string of a pipeline: what is in it counts
    line = re.sub(r"^\s*(?:\$ |- (?:run: )?|run: |entry: |sh '(?=.*'$))", "", line).removesuffix("'" if line.lstrip().startswith("sh '") else "")
    if not re.match(r"flow(?:lint|lang)(?:\s|$)", line):
        return
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word in _ENDS:
            break
        words.append(word)
    yield [word for word in words if word not in _MORE]


def check(words: list[str]) -> None:
    """Fail unless click takes the command line: options exist, values are allowed, arguments fit."""
    program, *arguments = words
    if program == "flowlang":
        assert arguments[0] in COMMANDS, words
        command = COMMANDS[arguments.pop(0)].load()
    else:
        command = lint_command
    command.make_context(program, list(arguments), resilient_parsing=False)
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    assert {word.partition("=")[0] for word in arguments if word.startswith("-") and word != "-"} <= known | {"--"}, words
