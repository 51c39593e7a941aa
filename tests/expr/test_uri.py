"""URIs: the short way is the long way, and the platform's rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import Uri, UriError, absolute_uri, short_uri
from flowlang.expr import uri as module

yarl = pytest.importorskip("yarl")

PIECES = st.sampled_from(
    [
        *[
            "storage:",
            "image:",
            "s3:",
            "disk:",
            "/",
            "//",
            "a",
            "b",
            "proj",
            "test",
            "default",
            ".",
            "..",
            "~",
            "%20",
            "?",
            "#",
            "@",
            ":",
            "123",
            "é",
            "A_b",
            "-",
            "v1.2",
        ],
        " ",
    ]
)
TEXTS = st.lists(PIECES, max_size=7).map("".join)
REFERENCES = st.builds("{}{}".format, st.sampled_from(["storage:", "image:", "", "Storage:", "s3:"]), TEXTS)


@given(REFERENCES)
@settings(max_examples=500, deadline=None)
def test_texts_are_normalised_as_yarl_does(text: str) -> None:
    try:
        expected = str(yarl.URL(text))
    except ValueError:
        with pytest.raises(UriError):
            Uri(text)
        return
    assert str(Uri(text)) == expected
    assert repr(Uri(text)) == repr(yarl.URL(text))
    assert bool(Uri(text)) == bool(yarl.URL(text))


@given(
    REFERENCES, st.sampled_from(["proj", "test", "a b"]), st.sampled_from(["default", "Xx"]), st.sampled_from([None, "org"]), st.sampled_from(["proj", "test"])
)
@settings(max_examples=500, deadline=None)
def test_the_short_way_is_the_long_way(text: str, project: str, cluster: str, org: str | None, current: str) -> None:
    def long(short: bool) -> str | None:
        try:
            made = module._absolute(text, project, cluster, org, ())
            return str(module._shorten(made, current, cluster, org) if short else made)
        except UriError:
            return None

    def fast(short: bool) -> str | None:
        try:
            if short:
                return short_uri(text, project=project, cluster=cluster, org=org, current=current)
            return absolute_uri(text, project=project, cluster=cluster, org=org)
        except UriError:
            return None

    for short in (False, True):
        assert fast(short) == long(short)


@pytest.mark.parametrize(
    ("text", "absolute", "short"),
    [
        ("storage:a", "storage://c/p/a", "storage:a"),
        ("storage:/p/a", "storage://c/p/a", "storage:a"),
        ("storage:/q/a", "storage://c/q/a", "storage://c/q/a"),
        ("storage:", "storage://c/p", "storage:"),
        ("storage:a/b/", "storage://c/p/a/b/", "storage:a/b"),
        ("storage:a b", "storage://c/p/a%20b", "storage:a%20b"),
        ("storage:a/../b", "storage://c/p/b", "storage:b"),
        ("storage://c/", "storage://c/", "storage://c/"),
        ("storage://other/p/a", "storage://other/p/a", "storage://other/p/a"),
        ("image:train:v1", "image://c/p/train:v1", "image:train:v1"),
        ("s3://b/x", "s3://b/x", "s3://b/x"),
    ],
)
def test_references(text: str, absolute: str, short: str) -> None:
    assert absolute_uri(text, project="p", cluster="c", org=None) == absolute
    assert short_uri(text, project="p", cluster="c", org=None) == short


def test_another_project_becomes_visible() -> None:
    assert short_uri("storage:a", project="other", cluster="c", org="o", current="mine") == "storage://c/o/other/a"
    assert short_uri("storage:a", project="mine", cluster="c", org="o") == "storage:a"
    assert short_uri("storage://c/mine/a", project="mine", cluster="c", org="o") == "storage://c/mine/a"


@pytest.mark.parametrize("text", ["a", "s3:x", "storage:a?b", "storage:a#b", "storage:~a", "storage://u@c/a", "storage://c:80/a", "storage:a?"])
def test_what_is_refused(text: str) -> None:
    with pytest.raises(UriError) as caught:
        absolute_uri(text, project="p", cluster="c", org=None)
    assert str(caught.value)[:1] in "'a"


def test_only_some_schemes() -> None:
    with pytest.raises(UriError, match="only 'storage:'"):
        absolute_uri("image:a", project="p", cluster="c", org=None, schemes=("storage",))


def test_joining() -> None:
    assert Uri("storage:a").join("b c") == Uri("storage:a/b%20c")
    assert str(Uri("storage:a").query({"x": "1"})) == "storage:a?x=1"
    with pytest.raises(UriError):
        Uri("storage:a").join("/b")
    assert Uri("storage:a") < Uri("storage:b")
    assert len({Uri("storage:a"), Uri("storage:a")}) == 1
