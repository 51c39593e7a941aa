"""Random expressions that fit a place: of a wanted type, over the names that the place sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from random import Random

from tests.conformance.workspace_yaml import Raw, Tree

EVERYWHERE = frozenset({"project", "flow"})


@dataclass(frozen=True)
class Sight:
    """What a place sees: the contexts, and the names in those that are mappings."""

    contexts: frozenset[str] = EVERYWHERE
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # outputs by need
    jobs: tuple[str, ...] = ()
    types: dict[str, str] = field(default_factory=dict)  # of `inputs.x`, `matrix.x` that are no texts
    action_path: bool = False
    functions: bool = True  # hash_files and parse_volume have what they need

    def plus(self, *contexts: str, **names: tuple[str, ...]) -> Sight:
        """The same place with more contexts, and with these names in them."""
        return replace(self, contexts=self.contexts | {*contexts, *names}, names={**self.names, **names})


NOWHERE = Sight(frozenset(), functions=False)
"""A place that takes expressions, but without contexts."""


def attribute(owner: str, name: str, random: Random) -> str:
    """``owner.name``, or ``owner['name']`` where a dot cannot reach it."""
    dotted = re.fullmatch(r"(?!True|False|None|(?:or|and|not)$)[A-Za-z]\w*", name, re.ASCII)
    return f"{owner}.{name}" if dotted and random.random() < 0.85 else f"{owner}['{name}']"


class Expressions:
    """Expressions for places; all luck comes from the given generator."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def template(self, expression: str) -> str:
        """The expression between one of the pairs of closers."""
        left, right = self._random.choice((("${{", "}}"), ("${{", "}}"), ("$[[", "]]")))
        # closers close wherever they stand
        expression = re.sub(r"\](?=\])|\}(?=\})", lambda found: found[0] + " ", expression)
        blank = " " if self._random.random() < 0.9 or expression.startswith(("{", "[")) or expression.endswith(("}", "]")) else ""
        return f"{left}{blank}{expression}{blank}{right}"

    def text(self, sight: Sight, depth: int = 2) -> str:
        """An expression of a text."""
        random = self._random
        leaves = self._leaves(sight)
        if depth <= 0 or random.random() < 0.55:
            return random.choice([*leaves, *leaves, f"'{random.choice(('a', 'x-1', '', 'a b', 'ünï'))}'"])
        again = lambda: self.text(sight, depth - 1)  # noqa: E731
        return random.choice(
            (
                lambda: f"fmt('{{}}-{{}}', {again()}, {again()})",
                lambda: f"{random.choice(('lower', 'upper', 'str', 'to_json'))}({again()})",
                lambda: f"replace({again()}, 'a', '_')",
                lambda: f"{again()} + {again()}",
                lambda: f"join('{random.choice(('-', ',', ''))}', {self.texts(sight, depth - 1)})",
                lambda: f"{again()} if {self.truth(sight, depth - 1)} else {again()}",
                lambda: f"({again()} or 'd')",
                lambda: f"str({self.number(sight, depth - 1)})",
                lambda: f"{self.texts(sight, 0, named=True)}[0]" if self.texts(sight, 0, named=True) else "'x'",
                lambda: 'from_json(\'{"a": "b"}\').a',
                lambda: f"hash_files('{random.choice(('*.txt', '**/*.py', 'none*', 'sub/x.py'))}')" if sight.functions and "flow" in sight.contexts else "'h'",
                lambda: (
                    f"parse_volume('storage:a/b:/mnt:ro').{random.choice(('id', 'ref', 'ref_rw'))}"
                    if sight.functions and "project" in sight.contexts
                    else "'v'"
                ),
            )
        )()

    def _leaves(self, sight: Sight) -> list[str]:
        random, seen = self._random, sight.contexts
        found: list[str] = []
        if "project" in seen:
            found += ["project.id", "project.project_name", "str(project.owner)"]
        if "flow" in seen:
            found += ["flow.flow_id", "flow.title", "flow.project_id", "flow.username", "str(flow.workspace)", "str(flow.workspace / 'x')"]
            found += ["str(flow.action_path)"] if sight.action_path else []
        if "git" in seen:
            found += ["git.sha", "git.branch", "git.tags[0]", "git.tags[-1]"]
        if "multi" in seen:
            found.append("multi.suffix")
        for owner in ("env", "params", "state", "inputs", "matrix"):
            for name in sight.names.get(owner, ()) if owner in seen else ():
                reached = attribute(owner, name, random)
                found.append(reached if f"{owner}.{name}" not in sight.types else f"str({reached})")
        for name in sight.names.get("images", ()) if "images" in seen else ():
            image = attribute("images", name, random)
            found += [
                f"{image}.ref",
                f"{image}.ref",
                f"{image}.id",
                f"str({image}.{random.choice(('context', 'dockerfile', 'dockerfile_rel', 'build_preset'))})",
            ]
        for name in sight.names.get("volumes", ()) if "volumes" in seen else ():
            volume = attribute("volumes", name, random)
            found += [
                f"{volume}.{random.choice(('ref', 'ref', 'ref_ro', 'ref_rw', 'id'))}",
                f"str({volume}.{random.choice(('mount', 'remote', 'local', 'full_local_path'))})",
            ]
        for need, outputs in sight.needs.items() if "needs" in seen else ():
            found += [attribute(f"{attribute('needs', need, random)}.outputs", name, random) for name in outputs]
        found += [f"inspect_job('{job}').{random.choice(('name', 'id', 'http_url'))}" for job in sight.jobs[:1]]
        return found or ["'t'"]

    def number(self, sight: Sight, depth: int = 1) -> str:
        """An expression of a whole number that is not negative."""
        random = self._random
        if depth <= 0 or random.random() < 0.5:
            found = ["0", "1", "80", "0x1F", "1_000", "int('7')", "len('abc')"]
            found += ["len(tags)"] if "tags" in sight.contexts else []
            found += ["len(git.tags)"] if "git" in sight.contexts else []
            found += ["matrix.ORDINAL"] if "matrix.ORDINAL" in sight.types else []
            found += [place for place, type_ in sight.types.items() if type_ == "int"]
            return random.choice(found)
        left, right = self.number(sight, depth - 1), self.number(sight, depth - 1)
        return random.choice((f"{left} + {right}", f"({left}) * ({right})", f"len({self.texts(sight, depth - 1)})", f"{left} if True else {right}"))

    def truth(self, sight: Sight, depth: int = 1) -> str:
        """An expression of a truth value."""
        random = self._random
        if depth <= 0 or random.random() < 0.3:
            return random.choice(("True", "False", "not False", "1 < 2"))
        one, other = self.truth(sight, depth - 1), self.truth(sight, depth - 1)
        return random.choice(
            (
                lambda: f"{self.text(sight, 0)} {random.choice(('==', '!='))} {self.text(sight, 0)}",
                lambda: f"{self.number(sight, 0)} {random.choice(('<', '>=', '=='))} {self.number(sight, 0)}",
                lambda: f"({one} {random.choice(('and', 'or'))} {other})",
                lambda: f"not ({one})",
                lambda: f"len({self.text(sight, 0)}) > 1",
            )
        )()

    def texts(self, sight: Sight, depth: int = 1, *, named: bool = False) -> str:
        """An expression of a list of texts; `named`: one that trailers may follow, '' if there is none."""
        random, found = self._random, []
        for owner in ("env", "params", "volumes", "images"):
            if owner in sight.contexts and sight.names.get(owner):
                found.append(f"keys({owner})")
        if named:
            return random.choice(found) if found else ""
        found += ["git.tags"] if "git" in sight.contexts else []
        found.append(f"[{', '.join(self.text(sight, depth - 1) for _ in range(random.randrange(1, 3)))}]")
        found.append("[str(x) for x in range(3) if x != 1]")
        found.append("[x for x in ['p', 'q'] ]")
        return random.choice(found)

    def mapping(self, sight: Sight, depth: int = 1) -> str:
        """An expression of a mapping of texts."""
        random = self._random
        found = [f"{{'E{index}': {self.text(sight, depth - 1)}, 'F': 'f'}}" for index in range(2)] + ["{}"]
        found += [f"{owner} | {{'G': {self.text(sight, 0)}}}" for owner in ("env", "params") if owner in sight.contexts]
        found += ["env"] if "env" in sight.contexts else []
        return random.choice(found)

    def mixed(self, sight: Sight, prefix: str = "") -> str:
        """A text with expressions in it."""
        parts = [prefix, self.template(self.text(sight, 1)), self._random.choice(("", "-x", " and more", ": y", "'s", '"q"', "\n"))]
        if self._random.random() < 0.3:
            parts += [self.template(self.number(sight, 1)), "/z"]
        return "".join(parts)


ODD: tuple[Tree, ...] = (
    *map(Raw, ("yes", "no", "on", "Off", "1.10", "010", "0o10", "08", "1_000", "0x1F", "12:30", "12:30:45", "1e3", "1.5e+3", ".5", "2001-12-14", "y", "n")),
    *map(Raw, ("2001-12-14t21:59:43Z", "2001-12-14 21:59:43.10 -5", "-.inf", ".NaN", "+1", "-0", "0b101", "1.0e+30", "190:20:30.15", "!!str 010", "!!float 1")),
    *(1, 0, -5, 3.5, True, False),
)
"""Scalars that YAML reads as something else than the text they are written as."""
