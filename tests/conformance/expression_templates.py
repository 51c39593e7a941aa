"""A generator of templates: mostly sensible ones, some broken in every way that people break them."""

from __future__ import annotations

import random
from collections.abc import Callable

_LOOKUPS = (
    *("env.A", "env.NUM", "env.EMPTY", "params.p", "params.n", "flow.title", "flow.workspace", "flow.flow_id", "project.id", "project.owner"),
    *("git.sha", "git.tags", "git", "tags", "env", "params", "volumes", "images", "flow", "volumes.data", "volumes.code.ref", "volumes.data.remote"),
    *("volumes.data.mount", "volumes.data.read_only", "volumes.code.local", "volumes.data.full_local_path", "images.train", "images.train.ref"),
    *("images.train.env", "images.train.build_args", "images.train.extra_kaniko_args", "multi.suffix", "strategy.max_parallel", "strategy.fail_fast"),
    *("matrix.x", "matrix.y", "matrix.ORDINAL", "needs.dep.result", "needs.bad.result", "needs.dep.outputs.out", "needs.dep.outputs.num", "needs"),
    *("needs.dep", "state.s", "matrix", "flow.life_span", "needs.bad.outputs", "git.branch", "flow['title']", "env['A']", "env['or']", "env['True1']"),
    *("git.tags[0]", "params.p[0]", "matrix['y']", "env[params.p]", "env[keys(env)[0] ]", "images.train.volumes[0]", "images.train.env.E", "state"),
)
_WRONG_LOOKUPS = (
    *("env.B", "volumes.dat", "flow.id", "inputs.x", "nope", "nope.x", "multi.args", "true", "null", "env._X", "env.True1", "env.or", "params.x.y"),
    *("flow.title.x", "tags[0]", "git.tags.x", "needs.nope.result", "flow.with_action", "matrix.z", "git.tags[5]", "params['q']", "tags.x", "env[1]"),
    *("flow[0]", "volumes[volumes]", "env[[]]", "volumes.data.ref.x", "env.A.B", "project['id']", "if", "else.x", "for", "in", "multi", "strategy"),
)
_STRINGS = (
    *("'a'", "''", '"b"', "'x y'", "'a\\nb'", "'%s'", "'{}'", "'{0}-{0}'", "'1'", "'12'", "'0x1f'", "'1.5'", "'it\"s'", "'\\q'", "'\\x41'", "'A'", "'dep'"),
    *("'storage:a:/b'", "'storage:a:/b:ro'", "'*.txt'", "'**/*'", "'[1, 2]'", "'{\"a\": [1, null]}'", "'true'", "'succeeded'", "'}}'", "']]'", "'é'", "','"),
    *("'{:>5}'", "'{1} {0}'", "'%d'", "'/x'", "'b/c'", "'\\N{DASH}'", "'\\u00e9'", "'ab'", "'${{ 1 }}'", "'\t'", "'%(a)s'", "'{!r}'"),
)
_WRONG_STRINGS = ("'a\\'b'", "'a''b'", "'a\\'", "'\\x4'", "'\\N{nope}'", "'a\nb'", "'a\\\nb'", "'abc", '"', "'{0.x}'", "'\\U00110000'", "'{'", "'%'", "'{x}'")
_NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "-1",
    "10",
    "1.5",
    "1.",
    "-2.5e3",
    "2.E-2",
    "0x1F",
    "0b101",
    "0o17",
    "1_000",
    "00",
    "01.5",
    "0x_1",
    "True",
    "False",
    "None",
    "1e",
    "-0",
)
_WRONG_NUMBERS = (
    ".5",
    "1e5",
    "017",
    "1__0",
    "1_",
    "-0x1",
    "1_0.5",
    "1.5e3e4",
    "0x",
    "1.2.3",
    "Nonesuch",
    "Trueif",
    "1if",
    "1else",
    "-.5",
    "5a",
    "0b2",
    "None1",
)
_OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "|", "and", "or")
_FOREIGN = ("&&", "||", "//", "**", "in", "not in", "is", "===", "=", "&", "<>", "<<", "??", "@")
_ARGUMENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("len", "int", "keys", "values", "lower", "upper", "str", "to_json", "from_json", "parse_volume", "upload"), (1, 1)),
    "nothing": (0, 0),
    "range": (1, 3),
    "fmt": (1, 3),
    "replace": (3, 3),
    "join": (2, 3),
    "hash_files": (0, 2),
    "hash_files_relative": (1, 2),
    "inspect_job": (1, 2),
    "success": (0, 2),
    "failure": (0, 2),
    "always": (0, 1),
}
_NOISE = (*"()[]{}.,:'\"+-*/%|=<>!&?@#$~^`\\ \t\n_aN01", "}}", "]]", "${{", "$[[", "True", " if ", " or ", "not ", " for x in ", "é", "\u00a0", "{{", "  ")
_TEXTS = ("", "a", " b ", "$", "$$", "}}", "]]", "{{ x }}", "${ x }", "\n", "x\ny", ">>", "'", "é", "$ {{ 1 }}", "#")


class Generator:
    """Makes templates from a source of randomness."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self._makers: tuple[tuple[int, Callable[[int], str]], ...] = (
            (14, self._lookup),
            (9, self._string),
            (9, self._number),
            (12, self._binary),
            (4, self._unary),
            (14, self._call),
            (5, self._ternary),
            (5, self._list),
            (4, self._mapping),
            (6, self._comprehension),
            (4, self._group),
        )
        self._names: list[str] = []

    def template(self) -> str:
        """A template; about half are broken on purpose or by chance."""
        pick = self.random
        pieces = []
        for _ in range(1 if pick.random() < 0.75 else pick.randrange(2, 4)):
            if pick.random() < 0.2:
                pieces.append(pick.choice(_TEXTS))
            body = self.expression(pick.choice((1, 2, 2, 3)))
            if pick.random() < 0.15:
                body = self._broken(body)
            opener, closer = pick.choice((("${{", "}}"), ("${{", "}}"), ("$[[", "]]")))
            if pick.random() < 0.01:
                closer = pick.choice(("}}", "]]", "", "}"))
            pieces.append(f"{opener}{self._pad()}{body}{self._pad()}{closer}")
        if pick.random() < 0.2:
            pieces.append(pick.choice(_TEXTS))
        return "".join(pieces)

    def _pad(self) -> str:
        return self.random.choice((" ", " ", " ", " ", "", "  ", "\t")) if self.random.random() < 0.98 else "\n"

    def _broken(self, body: str) -> str:
        """A text with some of its characters lost, doubled or put in."""
        pick = self.random
        for _ in range(pick.choice((1, 1, 2))):
            at = pick.randrange(len(body) + 1)
            match pick.randrange(4):
                case 0:
                    body = body[:at] + body[at + 1 :]
                case 1:
                    body = body[:at] + pick.choice(_NOISE) + body[at:]
                case 2:
                    body = body[:at] + body[at : at + 2] + body[at:]
                case _:
                    body = body.replace(" ", "", 1) if pick.random() < 0.5 else body[:at].rstrip() + body[at:].lstrip()
        return body

    def expression(self, depth: int) -> str:
        """An expression of some depth."""
        if depth <= 0:
            return self.random.choice((self._lookup, self._string, self._number))(0)
        (maker,) = self.random.choices([maker for _, maker in self._makers], [weight for weight, _ in self._makers])
        return maker(depth - 1)

    def _rare(self) -> bool:
        return self.random.random() < 0.05

    def _lookup(self, depth: int) -> str:
        if self._names and self.random.random() < 0.5:
            return self.random.choice(self._names)
        return self.random.choice(_WRONG_LOOKUPS if self._rare() else _LOOKUPS)

    def _string(self, depth: int) -> str:
        return self.random.choice(_WRONG_STRINGS if self._rare() else _STRINGS)

    def _number(self, depth: int) -> str:
        return self.random.choice(_WRONG_NUMBERS if self._rare() else _NUMBERS)

    def _binary(self, depth: int) -> str:
        pick = self.random
        kind = pick.randrange(5)
        if kind == 0:
            return f"{pick.choice(_NUMBERS)} {self._operator()}{self._number(0)}"
        if kind == 1:
            return f"{self._string(0)} {pick.choice(('+', '==', '%', '<', '!='))} {self._string(0)}"
        left, right = self.expression(depth), self.expression(depth)
        return f"{left}{pick.choice((' ', ' ', ''))}{self._operator()}{right}"

    def _operator(self) -> str:
        operator = self.random.choice(_FOREIGN if self._rare() and self._rare() else _OPERATORS)
        if operator in ("and", "or"):
            return f" {operator} "
        return operator + ("" if self._rare() else self.random.choice((" ", " ", "\t", "  ")))

    def _unary(self, depth: int) -> str:
        operator = self.random.choice(("not ", "- ", "+ ", "not", "-", "! ") if self._rare() else ("not ", "- ", "+ ", "- - ", "not not "))
        return operator + self.expression(depth)

    def _call(self, depth: int) -> str:
        pick = self.random
        name = pick.choice(("lenn", "parse_json", "not", "if")) if self._rare() and self._rare() else pick.choice(tuple(_ARGUMENTS))
        least, most = _ARGUMENTS.get(name, (0, 2))
        count = pick.randrange(4) if self._rare() else pick.randint(least, most)
        args = [self._argument(name, index, depth) for index in range(count)]
        comma = "," if self._rare() and self._rare() else ""
        trailer = pick.choice(("[0]", ".id", ".x", "['a']", "[0] [1]", ".ref")) if pick.random() < 0.1 else ""
        return f"{name}{' ' if self._rare() else ''}({', '.join(args)}{comma}){trailer}"

    def _argument(self, name: str, index: int, depth: int) -> str:
        """An argument, of a fitting kind more often than not."""
        pick = self.random
        if pick.random() < 0.3:
            return self.expression(depth)
        fitting = {
            "range": _NUMBERS,
            "keys": ("env", "volumes", "params", "{'a': 1}", "{}"),
            "values": ("env", "images", "params", "{'a': 1}"),
            "upload": ("volumes.data", "volumes.code", "parse_volume('storage:a:/b')"),
            "parse_volume": ("'storage:a:/b'", "volumes.data.ref", "'storage:/p/q:/m:ro'", "'s3:x:/y'", "'storage:a'", "'storage:a:b:rx'", "'image:a:/b'"),
            "hash_files": (
                "'*.txt'",
                "'**'",
                "'**/*'",
                "'sub/*'",
                "'nope'",
                "'sub/../a.txt'",
                "'*'",
                "'/abs'",
                "''",
                "'sub'",
                "'**/*.py'",
                "'a[.]txt'",
                "'s**'",
            ),
            "success": ("'dep'", "'bad'", "'nope'", "1"),
            "failure": ("'dep'", "'bad'", "'nope'", "params.p"),
            "from_json": ("'[1, 2]'", "'{\"a\": [1, null]}'", "'nope'", "'1.5'", "'\"a\"'", "to_json(env)", "'NaN'"),
            "fmt": ("'{}'", "'{} {}'", "'{0}'", "'{:>4}'", "'{!r}'", "'{1}'", "'{:{}}'", "'{'", "'{x}'") if index == 0 else _LOOKUPS,
            "join": (
                ("','", "''", "params.p"),
                ("git.tags", "['a', 'b']", "'abc'", "keys(env)", "range(3)", "tags", "env", "[1, 'a']"),
                ("True", "False", "1"),
            )[index % 3],
            "hash_files_relative": ("flow.workspace", "flow.workspace / 'sub'", "'x'") if index == 0 else ("'*'", "'c.txt'", "'**/*'"),
        }.get(name)
        return pick.choice(fitting) if fitting else self.expression(depth)

    def _ternary(self, depth: int) -> str:
        return f"{self.expression(depth)} if {self.expression(depth)} else {self.expression(depth)}"

    def _list(self, depth: int) -> str:
        items = [self.expression(depth) for _ in range(self.random.randrange(4))]
        return self._bracketed("[", items, "]")

    def _mapping(self, depth: int) -> str:
        pick = self.random
        items = [f"{pick.choice((*_STRINGS[:9], '1', 'params.p', 'None'))}: {self.expression(depth)}" for _ in range(pick.randrange(3))]
        return self._bracketed("{", items, "}")

    def _bracketed(self, opener: str, items: list[str], closer: str) -> str:
        """Items in brackets, with a blank where two closing ones would meet."""
        inner = ", ".join(items) + ("," if items and self.random.random() < 0.1 else "")
        gap = " " if inner.endswith(closer) and not self._rare() else ""
        return f"{opener}{inner}{gap}{closer}"

    def _comprehension(self, depth: int) -> str:
        pick = self.random
        name = pick.choice(("x", "y", "env", "i", "for", "if", "t"))
        source = pick.choice(("range(3)", "git.tags", "keys(env)", "['a', 'b', '']", "env", "params.p", "[1, 2, 3]", "values(params)", self.expression(depth)))
        self._names.append(name)
        item = self.expression(depth)
        condition = f" if {self.expression(depth)}" if pick.random() < 0.4 else ""
        self._names.pop()
        inner = f"{item} for {name} in {source}{condition}"
        return f"[{inner}{' ' if inner.endswith(']') else ''}]"

    def _group(self, depth: int) -> str:
        inner = f"({self.expression(depth)})"
        return inner + self.random.choice((".x", "[0]", "(1)")) if self._rare() else inner
