"""What is told about mistakes that more than one place knows of: once, at its place, with its effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Effect
from tests.workspaces import findings, live, marked

CALLS = {
    ".neuro/b.yml": "kind: batch\ntasks:\n- action: ws:a\n  args: {src: x, both: y}\n",
    "s.yml": "kind: stateful\ninputs:\n  path: {}\n  both: {}\nmain: {image: x, cmd: 'a ${{ inputs.path }} ${{ inputs.both }}'}\n",
}


def seen(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Name, effect and marked text of each finding."""
    return [(found.rule.name, found.effect.value, marked(found)) for found in findings(folder, files)]


def test_an_expression_that_is_not_allowed_ends_nothing(tmp_path: Path) -> None:
    text = "kind: live\ntitle: a ${{ flow.username }}\njobs:\n  a:\n    image: x\n    multi: ${{ True }}\n"
    assert [name for name, _, _ in seen(tmp_path, live(text))] == ["expression-not-allowed"] * 2


def test_a_job_that_is_looked_for_must_be_defined(tmp_path: Path) -> None:
    text = "kind: live\njobs:\n  db: {image: x}\n  a:\n    image: x\n    env:\n      A: ${{ inspect_job('DB').id }}\n      B: ${{ inspect_job('dbb').id }}\n"
    assert seen(tmp_path, live(text)) == [("unknown-job", "betrayed", "dbb")]


def test_inputs_of_a_stateful_call_are_looked_for_in_the_wrong_action(tmp_path: Path) -> None:
    action = "kind: batch\ninputs:\n  src: {}\n  both: {}\ntasks:\n- action: ws:s\n  args:\n    path: ${{ inputs.src }}\n    both: ${{ inputs.both }}\n"
    assert seen(tmp_path, CALLS | {"a.yml": action}) == [("nested-input-name-clash", "refused", "src")]


def test_params_of_a_mixin_are_dropped_or_crash(tmp_path: Path) -> None:
    text = "kind: live\nmixins:\n  m:\n    params: {p: q}\njobs:\n  a: {image: x, mixins: [m], params: {r: s}, cmd: 'a ${{ params.r }}'}\n"
    assert seen(tmp_path / "own", live(text)) == [("mixin-params", "betrayed", "params")]
    assert seen(tmp_path / "none", live(text.replace(", params: {r: s}, cmd: 'a ${{ params.r }}'", ""))) == [("mixin-params", "refused", "params")]


def test_three_keys_that_exclude_one_another_are_one_mistake(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, live("kind: live\njobs:\n  a: {image: x, cmd: a, bash: b, python: c}\n"))
    assert found.message == "'cmd', 'bash' and 'python' exclude one another"
    assert [label.source.slice(label.span) for label in found.related] == ["cmd", "bash"]


def test_an_input_in_short_form_is_declared(tmp_path: Path) -> None:
    files = live("kind: live\njobs:\n  a: {action: ws:t, args: {}}\n")
    files["t.yml"] = "kind: live\ninputs:\n  n: 10\njob:\n  image: x\n  cmd: run ${{ inputs.n }}\n"
    assert seen(tmp_path, files) == [("input-short-form", "refused", "10")]


def test_the_config_folder_is_searched_for_an_action(tmp_path: Path) -> None:
    files = live("kind: live\njobs:\n  a: {action: ws:t, args: {}}\n") | {".neuro/actions/t.yml": "kind: live\njob: {image: x}\n"}
    assert [found.message for found in findings(tmp_path, files)] == ["there is no action file 't'; did you mean 'ws:.neuro/actions/t'?"]


@pytest.mark.parametrize(
    ("attribute", "found"),
    [
        ("workdir: ${{ inspect_job('a').http_url }}", [("bad-value", "${{ inspect_job('a').http_url }}")]),
        ("http_port: ${{ inspect_job('a').uri }}", [("bad-number", "${{ inspect_job('a').uri }}")]),
        ("life_span: ${{ inspect_job('a').uri }}", [("bad-timedelta", "${{ inspect_job('a').uri }}")]),
        ("workdir: ${{ inspect_job('a').id }}", []),
        ("http_port: ${{ inspect_job('a').id }}", []),
        ("workdir: ${{ inspect_job('a').life_span }}", []),
        ("title: ${{ inspect_job('a').uri }}", []),
        ("params: {p: \"${{ inspect_job('a').uri }}\"}\n    cmd: ${{ replace(params.p, 'a', 'b') }}", []),
        ("multi: true\n    workdir: ${{ git.branch }}", []),
    ],
)
def test_a_value_that_waits_for_the_run_may_be_of_no_type_that_will_do(tmp_path: Path, attribute: str, found: list[tuple[str, str]]) -> None:
    flow = f"kind: live\njobs:\n  a: {{image: u}}\n  b:\n    image: u\n    {attribute}\n"
    diagnostics = [each for each in findings(tmp_path, {".neuro/live.yml": flow}) if each.effect is Effect.REFUSED]
    assert [(each.rule.name, marked(each)) for each in diagnostics] == found


def test_a_path_that_is_an_alias_is_wrong_where_it_is_used(tmp_path: Path) -> None:
    image = "images: {zz: {ref: 'image:a', context: 'storage:ctx', dockerfile: *a }}"
    diagnostics = findings(tmp_path, {".neuro/live.yml": f"kind: live\njobs: &a {{in: {{image: u}}}}\n{image}\n"})
    (mixed,) = [each for each in diagnostics if each.rule.name == "mixed-image-context"]
    assert (marked(mixed), mixed.source.position(mixed.span.start).line) == ("dockerfile", 3)
