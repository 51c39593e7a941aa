from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from flowlang import resources
from flowlang.diagnostics import Label
from flowlang.reporting import View
from flowlang.reporting.json_report import lines
from flowlang.text import Source
from tests.reporting.make import FLOATING, accepted, found, place, replacement

SOURCE = Source(".neuro/live.yml", "images: {}\njobs:\n  a:\n    image: trian\n")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(resources.read_text("schemas", "report.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def report(view: View) -> Any:
    return json.loads("\n".join(lines(view)))


def test_the_example_of_the_contract(validator: jsonschema.Draft202012Validator) -> None:
    span = place(SOURCE, "trian")
    diagnostic = found(
        SOURCE,
        span,
        message="unknown image 'trian'; did you mean 'train'?",
        help="available: base, train",
        related=(Label(SOURCE, place(SOURCE, "images"), "images are defined here"),),
        fixes=(replacement(SOURCE, span, "train"),),
    )
    result = report(View((diagnostic,), files=3, suppressed=accepted(2)))
    validator.validate(result)
    assert result == {
        "version": 1,
        "summary": {"files": 3, "error": 1, "warning": 0, "info": 0, "suppressed": 2},
        "diagnostics": [
            {
                "code": "FL201",
                "name": "unknown-image",
                "severity": "error",
                "effect": "refused",
                "message": "unknown image 'trian'; did you mean 'train'?",
                "path": ".neuro/live.yml",
                "start": {"line": 4, "column": 12, "offset": 33},
                "end": {"line": 4, "column": 17, "offset": 38},
                "help": "available: base, train",
                "related": [
                    {
                        "path": ".neuro/live.yml",
                        "start": {"line": 1, "column": 1, "offset": 0},
                        "end": {"line": 1, "column": 7, "offset": 6},
                        "message": "images are defined here",
                    }
                ],
                "fixes": [{"title": "Replace by 'train'", "safe": True, "edits": [{"path": ".neuro/live.yml", "start": 33, "end": 38, "text": "train"}]}],
                "url": None,
            }
        ],
    }
    schema = json.loads(resources.read_text("schemas", "report.schema.json"))
    assert list(result["diagnostics"][0]) == schema["$defs"]["diagnostic"]["required"]


def test_all_keys_are_always_there(validator: jsonschema.Draft202012Validator) -> None:
    bare = report(View((found(SOURCE, "trian", FLOATING),)))
    validator.validate(bare)
    assert bare["diagnostics"][0]["help"] is None
    empty = report(View((), files=0))
    validator.validate(empty)
    assert empty == {"version": 1, "summary": {"files": 0, "error": 0, "warning": 0, "info": 0, "suppressed": 0}, "diagnostics": []}


def test_one_line_for_each_line_of_the_document() -> None:
    text = list(lines(View((found(SOURCE, "trian", message="a\nb\u2028c"),))))
    assert all("\n" not in line for line in text)
    assert json.loads("\n".join(text))["diagnostics"][0]["message"] == "a\nb\u2028c"
