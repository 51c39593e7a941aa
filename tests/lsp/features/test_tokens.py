from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.tokens import tokens
from flowlang.text import Span
from tests.lsp.features.indexed import NOTATIONS, indexed

LIVE = ".neuro/live.yml"
FLOW = "kind: live\njobs:\n  a:\n    image: ubuntu\n"


def found(folder: Path, line: str) -> list[tuple[str, str]]:
    index, marked = indexed(folder, {LIVE: f"{FLOW}    {line}\n"})
    return [(marked.files[LIVE][token.span.start : token.span.end], token.kind) for token in tokens(index, LIVE)]


@pytest.mark.parametrize(
    ("expression", "kinds"),
    [
        ("volumes.data.ref", "volumes=variable data=property ref=property"),
        ("env['A b'].x", "env=variable 'A b'=string x=property"),
        ("len(flow.id) + 1.5 == 2", "len=function flow=variable id=property +=operator 1.5=number ===operator 2=number"),
        ("'a' if not True else None", "'a'=string if=keyword not=keyword True=keyword else=keyword None=keyword"),
        (
            "[x.id for x in values(images) if x.ref]",
            "x=parameter id=property for=keyword x=parameter in=keyword values=function images=variable if=keyword x=parameter ref=property",
        ),
        ("inspect_job('a').http_url", "inspect_job=function 'a'=string http_url=property"),
        ("a and b | c", "a=variable and=keyword b=variable |=operator c=variable"),
        ("len(", "len=function"),
        ("a +", "a=variable +=operator"),
        ("", ""),
    ],
)
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_kinds(tmp_path: Path, expression: str, kinds: str, opener: str, closer: str) -> None:
    made = [*(part.rpartition("=")[::2] for part in kinds.replace("'A b'", "'A_b'").split())]
    braces = (opener.strip(), "macro"), (closer.strip(), "macro")
    expected = [braces[0], *((text.replace("A_b", "A b"), kind) for text, kind in made), braces[1]]
    broken = opener == "$<< " and expression in ("len(", "a +", "")  # with a mistake in it this notation is text
    assert found(tmp_path, f"cmd: x {opener}{expression}{closer} y") == ([] if broken else expected)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("cmd: '${{ env[''A''] }}'", ["${{", "env", "''A''", "}}"]),
        ('cmd: "${{ \\x65nv.A }}"', ["${{", "\\x65nv", "A", "}}"]),
        ("cmd: |\n      ${{ env.A }}\n      $[[ env.B ]]", ["${{", "env", "A", "}}", "$[[", "env", "B", "]]"]),
        ("cmd: ${{ env[\n      'A'] }}", ["${{", "env", "'A'", "}}"]),
        ("cmd: ${{ 'a b\n      c' }}", ["${{", "'a b", "c'", "}}"]),
    ],
)
def test_where_they_stand(tmp_path: Path, line: str, texts: list[str]) -> None:
    assert [text for text, _ in found(tmp_path, line)] == texts


@pytest.mark.parametrize("line", ["cmd: plain $x }}", "# ${{ env.A }}", "multi: '${{ True }}'"])
def test_where_there_are_none(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, line) == []


def test_only_in_the_range(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {LIVE: f"{FLOW}    cmd: ${{{{ env.A }}}}\n    title: «${{{{ env.B }}}}»\n"})
    ((_, span),) = marked.ranges
    assert tokens(index, LIVE, Span(span.start - 1, span.end))[0].span.start == span.start


def test_what_an_alias_repeats_is_there_once(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {LIVE: "kind: live\njobs:\n  a: {image: u, env: &e {A: '${{ env.x }}'}}\n  b: {image: u, env: *e}\n"})
    assert [marked.files[LIVE][token.span.start : token.span.end] for token in tokens(index, LIVE)] == ["${{", "env", "x", "}}"]


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {LIVE: FLOW})
    assert tokens(index, "nothing.yml") == []
