"""Random YAML texts: well-formed ones of every construct, mutations of good ones, and heaps of tokens."""

from __future__ import annotations

import random

TOKENS = [
    "a", "b", "key", "1", "x y", "- ", "-", ": ", ":", "? ", "?", ", ", ",", "[", "]", "{", "}", "\n", "\n", "\n ", "\n  ", "\n    ", "  ", " ", "\t",
    "#", "# c", "|", ">", "|-", ">+", "|2", '"', "'", '"q"', "'s'", "\\n", "\\", "&a ", "*a", "!t ", "! ", "!!str ", "%", "@", "`", "---", "...",
    "\r\n", "\r", "\u2028", "\x85", "\ufeff", "é", "😀", "${{ x }}", "<<", "\\'", "k: v\n", "- i\n", "~", "=", "''", "\\\n", "|\n  t\n", " #", "0", ".",
]  # fmt: skip
BASES = [
    "a: 1\nb:\n  - x\n  - y: z\n    w: |\n      text\n\n      more\n  - [q, 'r s', \"t\\n\"]\nc: {d: e, f: g}\n",
    "jobs:\n  a:\n    cmd: >-\n      foo\n      bar\n    env: {A: '1'}\n",
    "kind: live\nimages:\n  i: &i\n    ref: x\njobs:\n  a:\n    image: *i\n    bash: |\n      #!/bin/sh\n      echo $x # y\n\n  b:\n    cmd: ${{ x }}  # c\n",
]
_CHARS = ["a", "b", "1", ".", ":x", "#y", "é", "😀", "-", "?", "!", "&", "*", "{", "}", "[", "]", ",", '"', "'", "\\", "$", "%", "|", ">", "@", "`", "="]


def heap(rng: random.Random) -> str:
    """A few tokens in a row."""
    return "".join(rng.choice(TOKENS) for _ in range(rng.randint(1, 14)))


def mutated(rng: random.Random) -> str:
    """A good text with a few cuts and insertions."""
    text = rng.choice(BASES)
    for _ in range(rng.randint(1, 3)):
        at, kind = rng.randrange(len(text) + 1), rng.random()
        if kind < 0.6:
            text = text[:at] + rng.choice(TOKENS) + text[at:]
        elif kind < 0.8:
            text = text[:at] + text[at + rng.randint(1, 3) :]
        else:
            low, high = sorted((at, rng.randrange(len(text) + 1)))
            text = text[:low] + text[low:high] + text[low:]
    return text


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_CHARS) for _ in range(rng.randint(1, 6)))


def _scalar(rng: random.Random, indent: int, flow: bool) -> str:
    kind = rng.random()
    if kind < 0.45:
        text = " ".join(_word(rng) for _ in range(rng.randint(1, 3)))
        return text + "\n" * rng.randint(1, 2) + " " * (indent + 1) + _word(rng) if rng.random() < 0.2 else text
    if kind < 0.6:
        tail = "\n" + " " * (indent + 1) + "\t z" if rng.random() < 0.2 else ""
        return "'" + f"{_word(rng)} {_word(rng)}".replace("'", "''") + tail + "'"
    if kind < 0.75:
        tail = rng.choice(["\\n", "\\x41", "\\u263a", "\\\n   ", "\n\n  x", "\t", "\\'", "\\/", "\\ "])
        return '"' + f"{_word(rng)} {_word(rng)}".replace("\\", "").replace('"', "") + tail + '"'
    if flow:
        return rng.choice(["1", "yes", "", "~", "a?b", "?", "? a : b", "a: b", ":", "-", "- a"])
    text = rng.choice("|>") + rng.choice(["", "-", "+", "2", "2-", "+1"]) + rng.choice(["", " # c", "  ", "#c", "\t"]) + "\n"
    for _ in range(rng.randint(0, 4)):
        lead = rng.choice([" " * (indent + 2) + "l ", " " * (indent + 4), "", " " * indent, " " * (indent + 3), " " * (indent + 2) + "\t", "\t"])
        text += lead + (_word(rng) if lead.strip(" ") or rng.random() < 0.5 else "") + "\n"
    return text.rstrip("\n") if rng.random() < 0.5 else text


def _node(rng: random.Random, indent: int, depth: int, flow: bool = False) -> str:
    kind = rng.random()
    if depth == 0 or kind < 0.4:
        return rng.choice([""] * 12 + ["&a ", "!!str ", "! ", "&b !t ", "*a"]) + _scalar(rng, indent, flow)
    if flow or kind < 0.55:
        count = rng.randint(0, 3)
        if rng.random() < 0.5:
            glue = rng.choice([", ", ",", "\n , ", " ,# c\n"])
            return "[" + glue.join(_node(rng, indent, depth - 1, True) for _ in range(count)) + rng.choice(["", " ", ",", "\n"]) + "]"
        pairs = (_scalar(rng, 0, True) + rng.choice([": ", ":", "", " : "]) + _node(rng, indent, depth - 1, True) for _ in range(count))
        return "{" + ", ".join(pairs) + rng.choice(["", "\n ", " ,"]) + "}"
    lead = rng.choice(["\n"] * 6 + [" # c\n", "\n# c\n", "\n\n  # c\n", " &a\n", "\t\n", " ! \n"])
    pad = " " * indent
    if kind < 0.75:
        gaps = [" ", "  ", "\n" + " " * (indent + 2), "\t", ""]
        return lead + "\n".join(pad + "-" + rng.choice(gaps) + _node(rng, indent + 2, depth - 1) for _ in range(rng.randint(1, 3)))
    keys = ["a", "b", "k e", '"q"', "'s'", "? a", "? - x\n", "[x]", "{y: 1}", "&b z", "*a ", "yes", "1"]
    lines = (
        pad + rng.choice(keys) + rng.choice([":", "\n" + pad + ":", " :"]) + rng.choice([" ", " ", " ", "\t", "  ", ""])
        + _node(rng, indent + rng.choice([0, 2, 2, 2]), depth - 1)
        for _ in range(rng.randint(1, 3))
    )  # fmt: skip
    return lead + "\n".join(lines)


def structured(rng: random.Random) -> str:
    """A text put together of constructs, mostly right."""
    text = _node(rng, 0, rng.randint(1, 4)).lstrip("\n")
    for chance, change in ((0.15, "\r\n"), (0.05, "\r")):
        if rng.random() < chance:
            text = text.replace("\n", change)
    if rng.random() < 0.05:
        text = "\ufeff" + text
    if rng.random() < 0.05:
        text = "---\n" + text
    return text + rng.choice(["", "\n", "\n\n", "\n# end", "\n...\n"])


KINDS = (heap, mutated, structured, structured)
