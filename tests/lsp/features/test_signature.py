from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.signature import Signature, signature
from tests.lsp.features.indexed import NOTATIONS, indexed


def asked(folder: Path, value: str) -> Signature | None:
    index, marked = indexed(folder, {".neuro/live.yml": f"kind: live\njobs:\n  a:\n    image: ubuntu\n    cmd: {value}\n"})
    return signature(index, *marked.cursors[0])


@pytest.mark.parametrize(
    ("expression", "label", "active"),
    [
        ("len(‸", "len(value) → int", "value"),
        ("replace(‸)", "replace(text, old, new) → str", "text"),
        ("replace('a', ‸)", "replace(text, old, new) → str", "old"),
        ("replace('a', 'b', to‸", "replace(text, old, new) → str", "new"),
        ("replace('a', 'b', 'c', ‸", "replace(text, old, new) → str", None),
        ("range(1, 2‸)", "range(start, [stop], [step]) → list[int]", "[stop]"),
        ("fmt('{} {}', 1, 2, ‸)", "fmt(spec, value, …) → str", "value, …"),
        ("len(str(‸", "str(value) → str", "value"),
        ("join(', ', [str(x) for ‸", "join(separator, items, [convert]) → str", "items"),
        ("join(str(1), ‸", "join(separator, items, [convert]) → str", "items"),
        ("len(unknown(‸", "len(value) → int", "value"),
        ("hash_files('a,b‸", "hash_files(pattern, …) → str", "pattern, …"),
        ("nothing(‸)", "nothing() → none", None),
    ],
)
@pytest.mark.parametrize(("opener", "closer"), [*NOTATIONS, ("${{ ", "")])
def test_the_argument_that_is_written(tmp_path: Path, expression: str, label: str, active: str | None, opener: str, closer: str) -> None:
    found = asked(tmp_path, f"{opener}{expression}{closer}")
    assert found is not None
    assert found.label == label.replace("none", "None")
    names = [found.label[span.start : span.end] for span in found.parameters]
    assert (names[found.active] if found.active is not None else None) == active


@pytest.mark.parametrize("style", ["'{}'", '"{}"', "|\n      {}\n", ">-\n      a\n      {}\n"])
def test_every_style(tmp_path: Path, style: str) -> None:
    found = asked(tmp_path, style.format("${{ range(1, ‸) }}"))
    assert found is not None
    assert (found.label, found.active) == ("range(start, [stop], [step]) → list[int]", 1)
    assert found.doc == "A list of whole numbers."


@pytest.mark.parametrize("value", ["len(‸", "${{ (‸", "${{ unknown(‸", "${{ len(1) ‸", "${{ 'len(‸", "${{ len(1) }} ‸"])
def test_where_nothing_is_called(tmp_path: Path, value: str) -> None:
    assert asked(tmp_path, value) is None
