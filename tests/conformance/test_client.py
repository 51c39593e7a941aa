"""Names and references mean to us what they mean to the platform's client, which comes with the engine."""

from __future__ import annotations

import random
import sys
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("apolo_sdk", reason="the engine is not installed (extra 'conformance', Python 3.11 or newer)")

from flowlang.semantics.image_names import ImageError, image_reference
from flowlang.semantics.job_names import name_problem
from flowlang.semantics.volume_references import VolumeError, volume_reference

pytestmark = [pytest.mark.skipif(sys.version_info < (3, 11), reason="the engine needs Python 3.11"), pytest.mark.filterwarnings("ignore")]

COUNT = 20_000


def made(seed: int, *choices: list[str]) -> list[str]:
    """Texts put together at random: one word of each of `choices`."""
    chance = random.Random(seed)
    return ["".join(chance.choice(words) for words in choices) for _ in range(COUNT)]


@pytest.fixture(scope="module")
def client() -> Any:
    """The client's parser, as for a user of the project `project` on the cluster `cluster`."""
    from apolo_sdk._parser import Parser
    from yarl import URL

    cluster = SimpleNamespace(name="cluster", registry_url=URL("https://registry.example.org"))
    return Parser._create(SimpleNamespace(project_name_or_raise="project", cluster_name="cluster", org_name=None, clusters={"cluster": cluster}))


def test_volumes(client: Any) -> None:
    scheme = ["storage:", "secret:", "disk:", "s3:", "blob:", "data:", "storage", "", "Storage:", "1:", "file:"]
    path = ["a", "", "/a", "/p/a", "//c/p/a", "//c/p/a:b", "..", "~x", "a b", "a?b", "a#b", "a%20b", "//u@c/a", "//c:1/a", "12"]
    mount = [":/x", ":x", ":", "", "/x", ":/x:/y", ":/x y", ": "]
    mode = ["", "", ":ro", ":rw", ":rx", ":RO", ":", ":ro:rw"]
    taken = 0
    for text in made(1, scheme, path, mount, mode):
        try:
            client.volumes([text])
            accepted = True
        except ValueError:
            accepted = False
        try:
            volume_reference(text)
            ours = True
        except VolumeError:
            ours = False
        assert ours == accepted, text
        taken += accepted
    assert taken > COUNT // 10


def test_images(client: Any) -> None:
    """What the client takes we take, and the other way round; behind a registry's host we may take more."""
    place = [
        "image:",
        "image:/p/",
        "image:/",
        "image://cluster/p/",
        "image://cluster/",
        "",
        "ghcr.io/",
        "ghcr.io/p/",
        "localhost:5000/",
        "registry.example.org/p/",
    ]
    name = [
        "foo",
        "foo",
        "Foo",
        "foo/bar",
        "foo/Bar",
        "foo_bar",
        "foo__bar",
        "foo-.bar",
        "-foo",
        "foo-",
        "1",
        "",
        "foo.",
        "latest",
        "fo o",
        "foo%20",
        "a/b/c/d",
    ]
    tag = ["", "", ":v1", ":V1", ":latest", ":.x", ":v1:v2", ":", ":x/y", ":" + "x" * 128, ":" + "x" * 129, ":v 1", ":_"]
    taken = 0
    for text in made(2, place, name, tag):
        try:
            parsed = client.remote_image(text)
        except RuntimeError:  # a cluster that is not there
            continue
        except ValueError:
            parsed = None
        try:
            ours = image_reference(text)
        except ImageError:
            # a tag with '/' is a part of the name, or of the project's, to the client; there can be none of that name
            assert parsed is None or (text.startswith("image:") and ":" in f"{parsed.project_name}/{parsed.name}"), text
            continue
        host = text.partition("/")[0]
        assert parsed is not None or (not text.startswith("image:") and "/" in text and ("." in host or ":" in host)), text
        if parsed is not None:
            assert (ours.tag or "latest") == parsed.tag, text
            taken += 1
    assert taken > COUNT // 10


def test_names_of_jobs() -> None:
    import click
    from apolo_cli.click_types import JOB_NAME

    for text in made(3, *[["a", "b1", "-", "--", "_", "A", "1", "é", "x" * 12, ".", ""]] * 5):
        try:
            JOB_NAME.convert(text, None, None)
            accepted = True
        except (ValueError, click.UsageError):
            accepted = False
        assert (name_problem(text) is None) == accepted, text
