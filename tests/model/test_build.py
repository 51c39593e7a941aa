"""The walk that builds the model against jsonschema, which it stands in for."""

from __future__ import annotations

from random import Random

import pytest
import yaml

from flowlang.model.build import Builder
from flowlang.model.structure import plain
from flowlang.schema import shape_of
from flowlang.text import Source
from flowlang.yamltree import parse
from tests.corpus.places import CORPUS, needs_corpus
from tests.schemas.generate import Generator
from tests.schemas.vocabulary import KINDS, accepts


def walked(kind: str, text: str) -> tuple[bool, object]:
    """Whether the walk accepts the text, and the document that jsonschema would be asked about."""
    source = Source("file.yml", text)
    root = parse(source).root
    assert root is not None
    builder = Builder(source)
    builder.build(root, shape_of(kind))
    return builder.accepted, plain(root)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(60))
def test_what_the_schemas_accept_the_walk_accepts(kind: str, seed: int) -> None:
    document = Generator(kind, Random(seed)).document().value
    accepted, seen = walked(kind, yaml.safe_dump(document, allow_unicode=True))
    assert accepts(kind, seen)
    assert accepted


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(120))
def test_what_the_walk_accepts_is_valid(kind: str, seed: int) -> None:
    generator = Generator(kind, Random(seed))
    value = generator.damaged()[0] if seed % 2 else generator.surprised()[0]
    text = yaml.safe_dump(value, allow_unicode=True)
    accepted, seen = walked(kind, text)
    assert accepts(kind, seen) or not accepted, text


@needs_corpus
def test_the_walk_judges_real_files_as_jsonschema_does() -> None:
    checked = 0
    for path in sorted(CORPUS.rglob("*.y*ml")):
        folder = path.parent.name
        kind = "live" if path.stem == "live" else "project" if path.stem == "project" else "batch"
        if folder not in (".neuro", ".apolo"):
            continue
        accepted, seen = walked(kind, path.read_text("utf-8"))
        assert accepted == accepts(kind, seen), path
        checked += 1
    assert checked > 20
