from __future__ import annotations

from typing import Any

import pytest

from tests.schemas.rows import BASES, ROWS, UNKNOWN, with_value
from tests.schemas.values import At
from tests.schemas.vocabulary import accepts, validator


def where(kind: str, document: Any) -> list[str]:
    return [error.json_path for error in validator(kind).iter_errors(document)]


@pytest.mark.parametrize(("base", "document"), [pytest.param(*row, id=name) for name, row in BASES.items()])
def test_base_documents_are_good(base: str, document: Any) -> None:
    assert accepts(base, document)


@pytest.mark.parametrize(("base", "path", "good", "bad"), [pytest.param(*row, id=f"{row[0]}:{row[1]}") for row in ROWS])
def test_attribute(base: str, path: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        kind, document = with_value(base, path, value)
        assert where(kind, document) == [], value
    for value in bad:
        deeper = value.path if isinstance(value, At) else ""
        kind, document = with_value(base, path, value.value if isinstance(value, At) else value)
        assert set(where(kind, document)) == {path + deeper}, value


@pytest.mark.parametrize(("base", "more", "path"), UNKNOWN)
def test_keys_that_do_not_belong(base: str, more: dict[str, Any], path: str) -> None:
    kind, document = BASES[base]
    assert set(where(kind, {**document, **more})) == {path}


@pytest.mark.parametrize(
    ("kind", "document", "missing"),
    [
        ("live", {"kind": "live"}, "jobs"),
        ("live", {"jobs": {}}, "kind"),
        ("batch", {"kind": "batch"}, "tasks"),
        ("batch", {"tasks": []}, "kind"),
        ("project", {"owner": "me"}, "id"),
        ("action", {"kind": "live"}, "job"),
        ("action", {"kind": "batch"}, "tasks"),
        ("action", {"kind": "stateful"}, "main"),
        ("action", {"cmd": "ls", "inputs": {}}, "kind"),
        ("action", {"tasks": [], "outputs": {"a": {"value": "x"}}}, "kind"),
    ],
)
def test_mandatory_keys(kind: str, document: Any, missing: str) -> None:
    (error,) = validator(kind).iter_errors(document)
    assert (error.json_path, error.validator) == ("$", "required")
    assert repr(missing) in error.message


@pytest.mark.parametrize("key", ["cmd", "bash", "python"])
def test_a_local_action_has_one_command(key: str) -> None:
    assert accepts("action", {"kind": "local", key: "ls"})
    assert accepts("action", {"kind": "local", key: None}) == (key != "cmd")
    assert where("action", {"kind": "local"}) == ["$"]


@pytest.mark.parametrize("kind", [None, "", "job", 1, [], "Live"])
def test_an_unknown_kind_of_action_is_one_error(kind: Any) -> None:
    assert set(where("action", {"kind": kind, "job": {}, "inputs": {}})) == {"$.kind"}


@pytest.mark.parametrize("kind", ["live", "batch", "project", "action"])
@pytest.mark.parametrize("document", [None, "", "text", 1, [], True])
def test_a_file_is_a_mapping(kind: str, document: Any) -> None:
    assert not accepts(kind, document)


def test_a_name_may_be_what_python_takes() -> None:
    """Some letters of identifiers are no `\\w`; the schema leaves everything beyond ASCII to the exact check."""
    for name in ("a·", "℘a", "ü", "aª"):
        assert name.isidentifier()
        assert accepts("live", {"kind": "live", "jobs": {name: {"image": "x"}}})
