"""Rules about outputs of tasks and about the cache: what must be silent, and the words of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.text import apply_edits
from tests.workspaces import findings, marked, told

FLOW = ".neuro/train.yml"


def batch(tasks: str, head: str = "") -> dict[str, str]:
    return {FLOW: f"kind: batch\n{head}tasks:\n{tasks}"}


def script(kind: str, text: str, more: str = "") -> dict[str, str]:
    """One task with a script."""
    body = "".join(f"    {line}\n" for line in text.splitlines())
    return batch(f"- id: a\n  image: u\n{more}  {kind}: |\n{body}")


IGNORED = [
    ('echo "::set-output name=my-out::1"', "my-out", "'my-out' is no name that a command can give: the engine ignores the line"),
    ("echo ::set-output name=1a::1", "1a", "'1a' is no name that a command can give: the engine ignores the line"),
    ("echo '::set-output name=a b::1'", "a b", "'a b' is no name that a command can give: the engine ignores the line"),
    ('echo "::set_output name=x::1"', "set_output", "the engine knows no command 'set_output' and ignores the line"),
    ('echo "::Set-Output name=x::1"', "Set-Output", "the engine knows no command 'Set-Output' and ignores the line"),
    ('echo "::save_state name=x::1"', "save_state", "the engine knows no command 'save_state' and ignores the line"),
    ('echo "::set-output x::1"', "set-output", "the engine ignores this line: there is no 'name=NAME'"),
    ('echo "::set-output name=::1"', "set-output", "the engine ignores this line: there is no 'name=NAME'"),
    ('echo "::set-output name=x:1"', "set-output", "the engine ignores this line: there is no '::' and a value after the name"),
    ('echo "score ::set-output name=x::1"', "::", "the engine ignores a command that does not begin its line"),
]


@pytest.mark.parametrize(("line", "place", "message"), IGNORED)
def test_lines_that_are_ignored(line: str, place: str, message: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, script("bash", f"train\n{line}"))
    assert (found.rule.name, marked(found), found.message) == ("set-output-name", place, message)


READ = [
    'echo "::set-output name=x::1"',
    "echo ::set-output name=x::$(date) && ls",
    'echo "  ::  set-output   name = x ::a b"',
    'echo -e "done\\n::set-output name=x::1"',
    'printf "::set-output name=%s::%s\\n" a b',
    'echo "::set-output name=$NAME::1"',
    'echo "::set-output name=x_${{ project.id }}::1"',
    'grep "::set_output" log',
    "# echo '::set-output name=my-out::1'",
    'V=$(date)\necho "::set-output name=x::$V"',
    'read V < file\necho "::set-output name=x::$V"',
    'source env.sh\necho "::set-output name=x::$V"',
    'echo "::set-output name=x::$HOME"',
    'echo "::set-output name=x::$1"',
    'echo "::set-output name=x::${V:-none}"',
    'echo "::set-output name=x::a$V"',
]


@pytest.mark.parametrize("line", READ)
def test_lines_that_are_read(line: str, tmp_path: Path) -> None:
    assert told(findings(tmp_path, script("bash", f"train\n{line}"))) == []


@pytest.mark.parametrize(
    ("line", "place", "why"),
    [
        ('echo "::set-output name=x::"', "::set-output name=x::", "this value is empty"),
        ("echo ::set-output name=x::", "::set-output name=x::", "this value is empty"),
        ('echo "::set-output name=x::${V:-}"', "${V:-}", "this may be empty"),
        ('echo "::set-output name=x::$(grep a b || true)"', "$(grep a b || true)", "this may be empty"),
        ('V=\necho "::set-output name=x::$V"', "$V", "'V' may be empty"),
        ('V=$(grep a b || true)\necho "::set-output name=x::${V}"', "${V}", "'V' may be empty"),
        ('echo "::set-output name=x::$EMPTY"', "$EMPTY", "'EMPTY' is empty"),
        ('echo "::set-output name=x::$V"', "$V", "'V' is set neither here nor in 'env' and may be empty"),
    ],
)
def test_values_that_may_be_empty(line: str, place: str, why: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, script("bash", f"train\n{line}", "  env: {EMPTY: '', FULL: a}\n"))
    assert (found.rule.name, marked(found)) == ("set-output-maybe-empty", place)
    assert found.message == f"{why}: the engine then ignores the line, and there is no output 'x'"


READER = "- {id: b, image: u, needs: [a], cmd: 'echo ${{ needs.a.outputs.score }}'}\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("  cmd: echo hi\n", "'a' never sets an output 'score'"),
        ("  cmd: echo ${{ project.id }}\n", "'a' never sets an output 'score'"),
        ('  bash: echo "::set-output name=other::1"\n', "'a' never sets an output 'score'"),
        ('  bash: |\n    train\n    echo "::set-output name=scores::1"\n', "'a' never sets an output 'score'; did you mean 'scores'?"),
        ("  python: print('::set-output name=other::1')\n", "'a' never sets an output 'score'"),
        ("  cmd: train\n", None),
        ("", None),
        ("  cmd: echo hi\n  entrypoint: train\n", None),
        ('  bash: |\n    train\n    echo "::set-output name=other::1"\n', None),
        ('  bash: echo "::set-output name=$NAME::1"\n', None),
        ('  bash: echo "::set-output name=score::1"\n', None),
        ("  bash: ${{ project.id }}\n", None),
        ("  python: |\n    import train\n    print('::set-output name=other::1')\n", None),
    ],
)
def test_outputs_that_are_never_set(source: str, message: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, batch(f"- id: a\n  image: u\n{source}{READER}"))
    assert [(one.rule.name, marked(one), one.message) for one in found] == ([("output-never-set", "score", message)] if message else [])


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("kind: stateful\noutputs: {scores: {}}\nmain: {image: u, cmd: train}\n", "'a' declares no output 'score'; did you mean 'scores'?"),
        ("kind: local\noutputs: {path: {}}\ncmd: train\n", "'a' declares no output 'score'"),
        ("kind: local\ncmd: train\n", None),
        ("kind: stateful\nmain: {image: u, cmd: train}\n", None),
    ],
)
def test_outputs_of_actions(action: str, message: str | None, tmp_path: Path) -> None:
    files = batch(f"- {{id: a, action: ws:act, args: {{}}}}\n{READER}") | {"act.yml": action}
    assert [one.message for one in findings(tmp_path, files)] == ([message] if message else [])


def two(enable: str, cmd: str, head: str = "", first: str = "") -> dict[str, str]:
    """A task, and one that reads its outputs."""
    return batch(f'- {{id: a, image: u{first}}}\n- id: b\n  image: u\n  needs: [a]\n  enable: "{enable}"\n  cmd: "{cmd}"\n', head)


GUARDED = {
    "only after success": two("${{ success() }}", "echo ${{ needs.a.outputs.x }}"),
    "a need with a condition, and success": two("${{ success() }}", "echo ${{ needs.a.outputs.x }}", first=", enable: \"${{ git.branch == 'main' }}\""),
    "a branch": two("${{ always() }}", "echo ${{ needs.a.outputs.x if needs.a.result == 'succeeded' else '' }}"),
    "a branch by function": two("${{ always() }}", "echo ${{ needs.a.outputs.x if success('a') else '' }}"),
    "a condition that fail_fast keeps": two("${{ needs.a.outputs.x == '1' }}", "ls"),
    "a branch in the condition": two("${{ needs.a.outputs.x == '1' if success() else False }}", "ls"),
    "a result joined with always": two("${{ needs.a.result == 'succeeded' and always() }}", "echo ${{ needs.a.outputs.x }}"),
    "and where nothing can be missing": two("${{ success() }}", "echo ${{ success('a') and needs.a.outputs.x }}"),
}


@pytest.mark.parametrize("case", GUARDED)
def test_outputs_that_are_there(case: str, tmp_path: Path) -> None:
    assert told(findings(tmp_path, GUARDED[case])) == []


@pytest.mark.parametrize(
    ("files", "rule", "message"),
    [
        (
            two("${{ always() }}", "echo ${{ needs.a.outputs.x }}"),
            "unguarded-output-after-always",
            "'a' may have failed or been skipped when this is read, and then has no output 'x': the run ends with an error",
        ),
        (
            two("${{ needs.a.outputs.x == '1' }}", "ls", first=", enable: \"${{ git.branch == 'main' }}\""),
            "unguarded-output-after-always",
            "'a' may have been skipped when this is read, and then has no output 'x': the run ends with an error",
        ),
        (
            two("${{ not failure() }}", "echo ${{ needs.a.outputs.x }}", first=", enable: \"${{ git.branch == 'main' }}\""),
            "unguarded-output-after-always",
            "'a' may have failed or been skipped when this is read, and then has no output 'x': the run ends with an error",
        ),
        (
            two("${{ always() }}", "echo ${{ success('a') and needs.a.outputs.x }}"),
            "and-or-not-short-circuit",
            "'and' evaluates both sides: output 'x' is read, and may be missing, also where what stands before it is false",
        ),
        (
            two("${{ failure() or needs.a.outputs.x == '1' }}", "ls"),
            "and-or-not-short-circuit",
            "'or' evaluates both sides: output 'x' is read, and may be missing, also where what stands before it is true",
        ),
    ],
)
def test_outputs_that_may_be_missing(files: dict[str, str], rule: str, message: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, files)
    assert (found.rule.name, found.message) == (rule, message)
    place = found.related[0].span if found.related else found.span
    assert found.source.slice(place) == "needs.a.outputs.x"
    assert marked(found) == (message.split("'")[1] if found.related else "needs.a.outputs.x")


def test_the_operator_before_what_is_read_is_marked(tmp_path: Path) -> None:
    files = two("${{ git.branch == 'm' and success() and needs.a.outputs.x == '1' and git.sha != '' }}", "ls")
    (found,) = (found for found in findings(tmp_path, files) if found.rule.name == "and-or-not-short-circuit")
    assert found.source.text[found.span.start :].startswith("and needs.a.outputs.x")


@pytest.mark.parametrize(
    ("condition", "after"),
    [
        ("success() and needs.a.outputs.x == '1'", "needs.a.outputs.x == '1' if success() else False"),
        ("failure() or needs.a.outputs.x == '1'", "True if failure() else needs.a.outputs.x == '1'"),
        ("not (success() and needs.a.outputs.x == '1')", "not (needs.a.outputs.x == '1' if success() else False)"),
        (
            "(success() and git.branch == 'm') and needs.a.outputs.x and needs.a.outputs.y",
            "needs.a.outputs.x and needs.a.outputs.y if success() and git.branch == 'm' else False",
        ),
    ],
)
def test_branches_in_place_of_and_and_or(condition: str, after: str, tmp_path: Path) -> None:
    files = two(f"${{{{ {condition} }}}}", "ls")
    (found,) = (found for found in findings(tmp_path, files) if found.rule.name == "and-or-not-short-circuit")
    assert f'enable: "${{{{ {after} }}}}"' in apply_edits(files[FLOW], [part.edit for part in found.fixes[0].edits])


def test_the_output_of_an_action_that_reads_a_task_that_may_be_skipped(tmp_path: Path) -> None:
    action = """\
    kind: batch
    outputs:
      one: {value: "${{ needs.i.outputs.x }}"}
      two: {value: "${{ needs.j.outputs.x }}"}
    tasks:
    - {id: i, image: u, enable: "${{ git.branch == 'main' }}"}
    - {id: j, image: u, needs: []}
    """
    (found,) = findings(tmp_path, batch("- {action: ws:act, args: {}}\n") | {"act.yml": action})
    assert (found.rule.name, marked(found)) == ("unguarded-output-after-always", "needs.i.outputs.x")


@pytest.mark.parametrize(
    ("tasks", "place"),
    [
        ("- {id: a, image: u}\n- {id: b, image: u, needs: [a]}\n- {id: c, image: u, needs: [b, a]}\n", "a"),
        ("- {id: a, image: u}\n- {id: b, image: u}\n- {id: c, image: u}\n- {id: d, image: u, needs: [a, c]}\n", "a"),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: [a]}\n- {id: c, image: u, needs: [b, a], cmd: '${{ needs.a.outputs.x }}'}\n", None),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: [a]}\n- {id: c, image: u, needs: [b, a], cmd: '${{ to_json(needs) }}'}\n", None),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: [a]}\n- {id: c, image: u, needs: [b, a], enable: '${{ always() }}'}\n", None),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: [a], enable: '${{ always() }}'}\n- {id: c, image: u, needs: [b, a]}\n", None),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: {a: running}}\n- {id: c, image: u, needs: [b, a]}\n", None),
        ("- {id: a, image: u}\n- {id: b, image: u, needs: []}\n- {id: c, image: u, needs: [b, a]}\n", None),
    ],
)
def test_needs_that_others_imply(tasks: str, place: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, batch(tasks))
    assert [(one.rule.name, marked(one)) for one in found] == ([("implied-need", place)] if place else [])


def test_why_a_need_is_implied_though_nothing_says_so(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, batch("- {id: a, image: u}\n- {id: b, image: u}\n- {id: c, image: u, needs: [a, b]}\n"))
    assert found.message == "'a' is implied: 'b' needs it already, as a task without 'needs' needs the one before it"


@pytest.mark.parametrize(
    ("cache", "head", "message"),
    [
        ("{life_span: 60}", "", "the engine takes the seconds of this span for days: results are reused for 60 days"),
        ("{life_span: 1h}", "", "the engine takes the seconds of this span for days: results are reused for 10 years"),
        ("{life_span: '${{ 60 }}'}", "", "the engine takes the seconds of this span for days: results hardly ever expire"),
        ("{life_span: 31d}", "", "this is longer than the 14 days that hold without it: only a shorter span counts"),
        ("{life_span: 0}", "", None),
        ("{strategy: none, life_span: 1h}", "", None),
        ("{strategy: default}", "", None),
        ("{life_span: 1h}", "defaults: {cache: {strategy: none}}\n", None),
    ],
)
def test_life_spans_of_the_cache(cache: str, head: str, message: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, batch(f"- {{image: 'u:1', cache: {cache}}}\n", head))
    assert [one.message for one in found] == ([message] if message else [])


def test_a_life_span_is_measured_by_the_one_around_it(tmp_path: Path) -> None:
    files = batch("- {image: 'u:1', cache: {life_span: 2h}}\n", "defaults: {cache: {life_span: 60}}\n")
    assert [(one.rule.name, marked(one)) for one in findings(tmp_path, files)] == [("cache-life-span-ineffective", "60"), ("cache-life-span-capped", "2h")]
    project = {".neuro/project.yml": "id: demo\ndefaults: {cache: {life_span: 1h}}\n"}
    found = findings(tmp_path / "project", project | batch("- {image: 'u:1'}\n", "defaults: {cache: {life_span: 2h}}\n"))
    assert [(one.rule.name, one.source.path.rpartition("/")[2]) for one in found] == [
        ("cache-life-span-ineffective", "project.yml"),
        ("cache-life-span-capped", "train.yml"),
    ]


@pytest.mark.parametrize(
    ("image", "floats"), [("u", True), ("u:latest", True), ("image:u", True), ("ghcr.io/o/u", True), ("u:1", False), ("u@sha256:12", False)]
)
def test_images_that_a_cache_does_not_see_change(image: str, floats: bool, tmp_path: Path) -> None:
    found = [one for one in findings(tmp_path, batch(f"- {{image: '{image}', cache: {{strategy: default}}}}\n")) if one.rule.name == "cached-floating-image"]
    assert [marked(one) for one in found] == (["default"] if floats else [])
    none = findings(tmp_path / "none", batch(f"- {{image: '{image}'}}\n"))
    assert "cached-floating-image" not in [one.rule.name for one in none]
