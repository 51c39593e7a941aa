"""The loop: together, judged, to a fixpoint, with an end."""

from __future__ import annotations

from flowlang.diagnostics import Effect
from flowlang.fixing.run import MOST_ROUNDS
from tests.fixing.world import BASE, Pattern, World, after

ONE = Pattern("one", r"\bone\b", "1")


def test_fixes_of_several_files_are_made_together() -> None:
    world = World({"a.yml": "x: one\ny: one\n", "b.yml": "z: one\n", "c.yml": "w: two\n"}, ONE)
    fixed = world.fix()
    assert after(fixed) == {"a.yml": "x: 1\ny: 1\n", "b.yml": "z: 1\n"}
    assert (fixed.count(), fixed.notes, fixed.report.diagnostics) == (3, (), ())
    assert world.runs == 2


def test_nothing_to_fix_takes_one_look() -> None:
    world = World({"a.yml": "x: 2\n"}, ONE)
    assert world.fix().changed == ()
    assert world.runs == 1


def test_unsafe_fixes_are_made_when_asked_for() -> None:
    world = World({"a.yml": "x: one\n"}, ONE._replace(safe=False))
    assert after(world.fix()) == {}
    assert after(world.fix(unsafe=True)) == {"a.yml": "x: 1\n"}


def test_what_is_not_wanted_stays() -> None:
    world = World({"a.yml": "x: one\ny: two\n"}, ONE, Pattern("two", "two", "2"))
    assert after(world.fix(unwanted=frozenset({"one"}))) == {"a.yml": "x: one\ny: 2\n"}


def test_overlapping_fixes_follow_one_another() -> None:
    world = World({"a.yml": "x: aab\n"}, Pattern("left", "aa", "a"), Pattern("right", "ab", "b"))
    fixed = world.fix()
    assert after(fixed) == {"a.yml": "x: b\n"}
    assert fixed.count() == 2


def test_two_findings_with_one_edit_are_both_fixed() -> None:
    world = World({"a.yml": "x: one\n"}, ONE, ONE._replace(name="uno", code="FL801"))
    fixed = world.fix()
    assert (after(fixed), fixed.count()) == ({"a.yml": "x: 1\n"}, 2)


def test_a_fix_that_leaves_its_finding_is_dropped_and_told_and_the_others_are_made() -> None:
    world = World({"a.yml": "x: one\ny: bad\nz: one\n"}, ONE, Pattern("vain", "bad!?", "bad!"))
    fixed = world.fix()
    assert after(fixed) == {"a.yml": "x: 1\ny: bad\nz: 1\n"}
    assert fixed.count() == 2
    assert fixed.notes == ('a.yml:2:4: the fix "Mend bad" of FL800 vain was not made: the finding would remain',)


def test_a_dropped_fix_is_told_where_it_stands_at_the_end() -> None:
    world = World({"a.yml": "x: bad\ny: |\n  one\n"}, Pattern("vain", "bad", "bad "), Pattern("more", "^x", "w: 0\nx"))
    assert world.fix().notes == ('a.yml:2:4: the fix "Mend bad" of FL800 vain was not made: the finding would remain',)


def test_a_fix_must_not_make_the_engine_refuse_anything() -> None:
    world = World({"a.yml": "x: one\n", "b.yml": ""}, ONE, Pattern("worse", r"\b1\b", effect=Effect.REFUSED))
    fixed = world.fix()
    assert fixed.changed == ()
    assert fixed.notes == ('a.yml:1:4: the fix "Mend one" of FL800 one was not made: the engine would refuse the result: 1 is wrong',)


def test_what_a_refused_finding_hid_may_come_up() -> None:
    first = Pattern("first", "one$", "one 1", effect=Effect.REFUSED, code="FL005")
    hidden = Pattern("hidden", r"one 1", "1", effect=Effect.REFUSED, code="FL201")
    world = World({"a.yml": "x: one\n"}, first._replace(pattern=r"one(?=\n)"), hidden)
    fixed = world.fix()
    assert (after(fixed), fixed.count()) == ({"a.yml": "x: 1\n"}, 2)
    # but not the other way round: what is refused earlier was not hidden by what is refused later
    world = World({"a.yml": "x: one\n"}, first._replace(pattern=r"one(?=\n)", code="FL201"), hidden._replace(code="FL005", text=None))
    assert world.fix().changed == ()


def test_a_fix_must_not_change_what_stands_beside_it() -> None:
    world = World({"a.yml": "x: one\ny: 2 # two\n"}, Pattern("greedy", r"one\n(?=y)", "1 "), Pattern("uncomment", " # two", " two"))
    fixed = world.fix()
    assert fixed.changed == ()
    assert [note.rpartition(": ")[2] for note in fixed.notes] == ["it would change more than what it mends"] * 2


def test_fixes_that_undo_one_another_end_and_leave_the_file_as_it_was() -> None:
    world = World({"a.yml": "x: ping\ny: one\n"}, Pattern("ping", "ping", "pong"), Pattern("pong", "pong", "ping"), ONE)
    fixed = world.fix()
    assert after(fixed) == {"a.yml": "x: ping\ny: 1\n"}
    assert fixed.count() == 1
    assert fixed.notes == ("a.yml:1:4: the fix \"Mend ping\" of FL800 ping was not made: the fixes of 'ping' and 'pong' undo one another",)


def test_a_longer_circle_ends_too() -> None:
    rules = [Pattern(name, name, text) for name, text in (("red", "green"), ("green", "blue"), ("blue", "red"))]
    fixed = World({"a.yml": "x: red\n"}, *rules).fix()
    assert fixed.changed == ()
    assert "the fixes of 'red' and 'green' and 'blue' undo one another" in fixed.notes[0]


def test_fixes_without_an_end_are_stopped() -> None:
    world = World({"a.yml": "x0: 1\n"}, Pattern("more", r"x([0-9]+): 1\n\Z", lambda match: f"{match[0]}x{int(match[1]) + 1}: 1\n"))
    fixed = world.fix()
    assert after(fixed)["a.yml"].endswith(f"\nx{MOST_ROUNDS}: 1\n")
    assert fixed.notes == (f"stopped after {MOST_ROUNDS} rounds of fixes: those of 'more' go on without end",)


def test_edits_in_several_files_are_made_all_or_none() -> None:
    world = World({"a.yml": "x: one\n", "b.yml": "y: 2\n"}, ONE._replace(other=("b.yml", "z: 3\n")))
    fixed = world.fix()
    assert after(fixed) == {"a.yml": "x: 1\n", "b.yml": "y: 2\nz: 3\n"}
    assert fixed.groups == (frozenset({f"{BASE}/a.yml", f"{BASE}/b.yml"}),)
    assert world.fix(may_edit=lambda path: path.endswith("a.yml")).changed == ()


def test_a_fix_in_another_file_that_is_dropped_is_told_where_its_finding_stands() -> None:
    world = World({"a.yml": "x: one\n", "b.yml": "y: 2\n"}, ONE._replace(other=("b.yml", "z: 3\n"), only_other=True))
    fixed = world.fix()
    assert fixed.changed == ()
    assert fixed.notes == ('a.yml:1:4: the fix "Mend one" of FL800 one was not made: the finding would remain',)
