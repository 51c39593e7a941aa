"""The short way to see that a name is used never says more than the long one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.semantics.unused import _looked_up, _stands

PIECES = st.lists(st.sampled_from(["images", "volumes", ".", "a", "ab", "_", "é", " ", "{", "(", "['", "']", '["', "\n", ",", "-"]), max_size=14)


@given(PIECES)
@settings(max_examples=500, deadline=None)
def test_what_stands_in_a_text_is_looked_up_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    for context, name in (("images", "a"), ("images", "ab"), ("volumes", "a")):
        if _stands(f"{context}.{name}", text):
            assert name in _looked_up(text).get(context, ())


def test_the_usual_lookups_stand_there() -> None:
    for text in ("x: ${{ images.a.ref }}", "${{images.a}}", "upload(images.a)", "[1,images.a]"):
        assert _stands("images.a", text)
    for text in ("images.ab", "x.images.a", "myimages.a", "images.a"):
        assert not _stands("images.a", text)
