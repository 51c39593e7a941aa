"""The LALR table of the expression grammar: the only door to `lark`.

Lark builds the table from ``grammar/expression.lark``; the result is kept beside it, in
``grammar/expression.table.json``, so that a run neither imports Lark nor waits for it. The kept
table names the checksum of the grammar it was made from: a changed grammar is built afresh, and
``python -m flowlang.expr.grammar`` writes the table anew.
"""

from __future__ import annotations

from functools import lru_cache

from flowlang.light import NamedTuple
from flowlang.resources import folder, read_text

GRAMMAR = "expression.lark"
TABLE = "expression.table.json"
END = "$END"
"""The terminal that stands for the end of an expression."""


class Production(NamedTuple):
    """One alternative of a rule: what it makes, of how many symbols, and the builder's method ('': hand the one value on)."""

    origin: str
    length: int
    action: str


class Table(NamedTuple):
    """An LALR(1) automaton and its terminals.

    `states[s]` maps a symbol to what to do there: a state to go to, or ``-1 - p`` to reduce by
    production `p`. `patterns` holds the regular expressions of the terminals that are one, `words`
    the terminals of fixed texts.
    """

    checksum: int
    states: list[dict[str, int]]
    productions: list[Production]
    start: int
    accept: int
    patterns: dict[str, str]
    words: dict[str, str]


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, from the kept file where that fits the grammar, else by Lark."""
    import json
    from zlib import crc32

    text = read_text("grammar", GRAMMAR)
    checksum = crc32(text.encode())
    try:
        kept = json.loads(read_text("grammar", TABLE))
    except (OSError, ValueError):
        kept = None
    if isinstance(kept, dict) and kept.get("checksum") == checksum:
        kept["productions"] = [Production(*row) for row in kept["productions"]]
        return Table(**kept)
    return build(text, checksum)


def build(text: str, checksum: int) -> Table:
    """The table of a grammar's text, made by Lark; states are numbered breadth-first, so that equal grammars give equal tables."""
    import lark

    made = lark.Lark(text, parser="lalr", lexer="basic", maybe_placeholders=False)
    data, memo = made.memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
    automaton = data["parser"]["parser"]
    names = {int(key): name for key, name in automaton["tokens"].items()}
    rules = {key: _production(row) for key, row in memo.items() if row["__type__"] == "Rule"}
    productions = sorted(set(rules.values()))
    number = {production: index for index, production in enumerate(productions)}
    first = automaton["start_states"]["start"]
    order, seen = [first], {first: 0}
    for state in order:
        for _, (reduces, target) in sorted((names[int(key)], row) for key, row in automaton["states"][state].items()):
            if not reduces and target not in seen:
                seen[target] = len(order)
                order.append(target)
    states = []
    for state in order:
        row = {names[int(key)]: cell for key, cell in automaton["states"][state].items()}
        states.append({name: -1 - number[rules[cell[1]["@"]]] if cell[0] else seen[cell[1]] for name, cell in sorted(row.items())})
    terminals = [row for row in memo.values() if row["__type__"] == "TerminalDef"]
    return Table(
        checksum=checksum,
        states=states,
        productions=productions,
        start=0,
        accept=seen[automaton["end_states"]["start"]],
        patterns={row["name"]: row["pattern"]["value"] for row in terminals if row["pattern"]["__type__"] == "PatternRE"},
        words={row["pattern"]["value"]: row["name"] for row in terminals if row["pattern"]["__type__"] == "PatternStr"},
    )


def _production(row: dict[str, object]) -> Production:
    """One of Lark's serialised rules as ours."""
    origin, expansion = row["origin"], row["expansion"]
    assert isinstance(origin, dict)
    assert isinstance(expansion, list)
    alias = row["alias"]
    return Production(str(origin["name"]), len(expansion), str(alias) if alias else "")


def write() -> None:
    """Build the table and keep it beside the grammar."""
    import json
    import os.path
    from zlib import crc32

    text = read_text("grammar", GRAMMAR)
    made = build(text, crc32(text.encode()))
    with open(os.path.join(folder("grammar"), TABLE), "w", encoding="utf-8", newline="\n") as file:
        json.dump(made._asdict(), file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    write()
