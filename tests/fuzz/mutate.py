"""Texts made wrong: characters, lines, values and whole blocks changed, moved, repeated, or taken from other texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

TOKENS = (
    *("${{", "}}", "${{ ", " }}", "$[[ ", " ]]", "$<< ", " >>", "${{ params.x }}", "${{ matrix.a }}", "${{ needs.a.outputs.b }}", "${{ inputs.a }}"),
    *("${{ '' }}", "${{ [x for x in range(9)] }}", "${{ hash_files('**/*') }}", "${{ a if b else c }}", "${{ success('a') }}", "${{ upload(volumes.a).ref }}"),
    *("${{ fmt('{}', 1) }}", "&a ", "*a", "&a [*a]", "<<: *a", "!!str ", "!!binary ", "!x ", "? ", ": ", "- ", "-", ":", "|\n", ">-\n", "|2+\n", "[", "]"),
    *("{", "}", ",", "#", " #", "'", '"', "\\", "\t", "\n", "\r", "\r\n", "\ufeff", "\x85", "\u2028", "\0", "\x1b[2J", "\ud7ff", "\U0001f600", "é"),
    *("%YAML 1.1\n---\n", "---\n", "...\n", "`", "@", "%", "null", "~", "true", "no", "on", "0x1F", "1_000", "1:30:00", ".inf", ".nan", "1e309"),
    *("2020-01-01", "-1", "9" * 30, "''", "[]", "{}", "=", "<<", "0o7", "0777", "# flowlint: ignore[FL101] x", "# flowlint: ignore[]", "# flowlint: ignore"),
    *("# flowlint: ignore-file[unknown-key]", "# flowlint: nothing", "flowlint: ignore[", "FL101", "kind: live\n", "kind: batch\n", "kind: stateful\n"),
    *("kind: local\n", "jobs:\n", "tasks:\n", "  - id: a\n", "mixins: [a]\n", "action: ws:a\n", "module: ws:a\n", "ws:../x", "gh:a/b@c", "storage:"),
    *("image:a:b", "storage://default/a/b:/x:ro", "disk:x:/y", "secret:a", "7d", "1h30m", "8080:80", "strategy: {matrix: {a: [1, 2]}}\n", '"\\0"', '"\\ud800"'),
)

_KEY = re.compile(r"^([ ]*(?:- )?)([\w-]+):", re.M)
_VALUE = re.compile(r"(?<=: )[^\n]+")


def mutated(random: Random, text: str, others: Sequence[str]) -> str:
    """The text with a few changes."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        text = random.choice(_CHANGES)(random, text, others)
    return text[:20_000]


def _spot(random: Random, text: str) -> int:
    return random.randint(0, len(text))


def _insert(random: Random, text: str, others: Sequence[str]) -> str:
    at = _spot(random, text)
    return text[:at] + random.choice(TOKENS) + text[at:]


def _replace(random: Random, text: str, others: Sequence[str]) -> str:
    at = _spot(random, text)
    return text[:at] + random.choice(TOKENS) + text[at + random.randint(1, 6) :]


def _delete(random: Random, text: str, others: Sequence[str]) -> str:
    at = _spot(random, text)
    return text[:at] + text[at + random.choice((1, 1, 2, 5, 30)) :]


def _cut(random: Random, text: str, others: Sequence[str]) -> str:
    at = _spot(random, text)
    return random.choice((text[:at], text[at:]))


def _lines(random: Random, text: str, others: Sequence[str]) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif kind == 1:
        lines.insert(other, lines[one])
    elif kind == 2:
        lines[min(one, other) : max(one, other)] = []
    else:
        lines[one] = random.choice(("  " + lines[one], lines[one][1:], lines[one].lstrip(), lines[one] + random.choice(TOKENS), "\t" + lines[one]))
    return "\n".join(lines)


def _splice(random: Random, text: str, others: Sequence[str]) -> str:
    lines = random.choice(others).split("\n")
    start = random.randrange(len(lines))
    own = text.split("\n")
    at = random.randint(0, len(own))
    return "\n".join([*own[:at], *lines[start : start + random.randint(1, 8)], *own[at:]])


def _value(random: Random, text: str, others: Sequence[str]) -> str:
    found = list(_VALUE.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    other = _VALUE.findall(random.choice(others)) or [""]
    old = match[0]
    new = random.choice((random.choice(TOKENS), random.choice(other), f"'{old}'", f'"{old}"', f"[{old}]", f"{{a: {old}}}", f"${{{{ {old} }}}}", ""))
    return text[: match.start()] + new + text[match.end() :]


def _key(random: Random, text: str, others: Sequence[str]) -> str:
    found = list(_KEY.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    names = [name for _, name in _KEY.findall(random.choice(others))] or ["a"]
    new = random.choice((random.choice(names), random.choice(names), match[2] + "s", match[2][:-1], f"'{match[2]}'", "${{ a }}", "1", "on", "? a\n"))
    return text[: match.start(2)] + new + text[match.end(2) :]


def _breaks(random: Random, text: str, others: Sequence[str]) -> str:
    return text.replace("\n", random.choice(("\r\n", "\r", "\n\n", "\n \n")))


_CHANGES: tuple[Callable[[Random, str, Sequence[str]], str], ...] = (
    *(_insert, _insert, _replace, _replace, _delete, _cut, _lines, _lines, _lines),
    *(_splice, _splice, _value, _value, _value, _key, _key, _key, _breaks),
)


def expression(random: Random, depth: int = 0) -> str:
    """A random expression, most of them nearly right."""
    if depth > 3 or random.random() < 0.3:
        return random.choice(_ATOMS)
    one, other = expression(random, depth + 1), expression(random, depth + 1)
    return random.choice(_SHAPES).format(one, other, random.choice(_FUNCTIONS), random.choice(_OPERATORS))


_ATOMS = (
    *("1", "0", "-1", "1.5", "'a'", '"a"', "''", "True", "None", "[]", "{}", "flow.id", "flow.workspace", "params.lr", "matrix.x", "needs.a.result"),
    *("needs.a.outputs.b", "env.A", "images.i.ref", "volumes['v'].ref", "volumes.v.local", "tags", "git.sha", "project.id", "strategy", "inputs.n", "x"),
    *("y", "a.b[0]['c'].d", "'%s'", "'{0}'"),
)
_FUNCTIONS = (
    *("len", "nothing", "fmt", "to_json", "from_json", "success", "failure", "always", "hash_files", "hash_files_relative", "inspect_job", "parse_volume"),
    *("upload", "str", "int", "float", "keys", "values", "items", "join", "replace", "lower", "upper", "range", "parse_json", "ctx", "zip", "map"),
)
_OPERATORS = ("+", "-", "*", "/", "%", "//", "**", "==", "!=", "<", ">=", "in", "not in", "and", "or", "is", "&&", "||", ".", ",", ":", "=", "")
_SHAPES = (
    *("{0} {3} {1}", "{0}{3}{1}", "({0})", "[{0}, {1}]", "{{{0}: {1}}}", "{2}({0})", "{2}({0}, {1})", "{2}()", "{0}.b", "{0}[{1}]", "not {0}", "-{0}"),
    *("+ {0}", "{0} if {1} else {0}", "[x for x in {0} if {1}]", "{{x: {0} for x in {1}}}", "{0} ? {1} : {0}", "{0}(", "{0})", "{0}]", "'{2}", "{0} {1}"),
    *("{0}\n{1}", "lambda: {0}"),
)
