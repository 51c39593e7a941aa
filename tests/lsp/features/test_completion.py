"""Completion: what is offered, in which order, and what the text becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.completion import Candidate, complete
from flowlang.text import Edit, apply_edits
from tests.lsp.features.indexed import NOTATIONS, indexed, with_text
from tests.marked import unmark

AROUND = {
    ".neuro/project.yml": "id: demo\nmixins:\n  common: {image: ubuntu}\nvolumes: {shared: {remote: 'storage:s', mount: /s}}\n",
    "act.yml": "kind: live\ndescr: It acts\ninputs: {n: {type: int, descr: how many}, m: {default: x}, b: {type: bool, default: true}}\njob: {image: ubuntu}\n",
    "tools/bact.yml": "kind: batch\ninputs: {n: {}}\noutputs: {res: {value: a}}\ntasks: [{image: ubuntu}]\n",
    "tools/notes.yml": "a: b\n",
    "loc.yaml": "kind: local\ncmd: x\n",
}
LIVE = """\
kind: live
images: {base: {ref: 'image:b'}}
volumes:
  data: {remote: 'storage:d', mount: /d}
defaults: {env: {TOKEN: abc}}
jobs:
  one:
    image: ubuntu
    preset: cpu-small
    params: {lr: 1}
"""
BATCH = """\
kind: batch
params: {p: 1}
tasks:
  - id: a_${{ matrix.x }}
    strategy: {matrix: {x: [1, 2]}}
    image: ubuntu
    bash: |
      echo ::set-output name=acc::1
  - id: call
    action: ws:tools/bact
    args: {n: 1}
  - id: me
    image: ubuntu
"""


def offered(folder: Path, text: str, path: str = ".neuro/live.yml") -> tuple[list[Candidate], str, int]:
    """The candidates at the cursor in order, the text without the mark, and the cursor."""
    index, marked = indexed(folder, {**AROUND, path: text})
    found = complete(index, *marked.cursors[0])
    return sorted(found, key=lambda candidate: candidate.sort), marked.files[path], marked.cursors[0][1]


def labels(candidates: list[Candidate], kind: str | None = None) -> list[str]:
    return [candidate.label for candidate in candidates if kind in (None, candidate.kind)]


def taken(candidates: list[Candidate], label: str, text: str, *, replace: bool = False) -> str:
    """The text when a candidate is taken."""
    candidate = next(candidate for candidate in candidates if candidate.label == label)
    return apply_edits(text, [Edit(candidate.replace if replace else candidate.insert, candidate.text)])


UNIT = ["title", "name", "preset", "schedule_timeout", "entrypoint", "cmd", "bash", "python", "workdir", "env", "volumes", "tags", "life_span"]
REST = ["http_port", "http_auth", "pass_config", "restart"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‸", ["kind", "jobs", "id", "title", "images", "volumes", "defaults", "mixins"]),
        ("ki‸", ["kind", "jobs", "id", "title", "images", "volumes", "defaults", "mixins"]),
        ("kind: live\n‸\njobs: {}\n", ["id", "title", "images", "volumes", "defaults", "mixins"]),
        ("kind: live\ndefaults:\n  ‸\njobs: {}\n", ["env", "volumes", "tags", "workdir", "life_span", "preset", "schedule_timeout"]),
        ("kind: live\nvolumes:\n  a:\n    mount: /a\n    ‸\njobs: {}\n", ["remote", "local", "read_only"]),
        ("kind: live\nvolumes: {a: {‸\njobs: {}\n", ["remote", "mount", "local", "read_only"]),
        (LIVE + "    ‸\n", [*UNIT[:2], *UNIT[3:], *REST, "detach", "browse", "port_forward", "multi", "mixins"]),
        (LIVE + "    cmd: x\n    t‸\n  two: {}\n", ["title", "name", *UNIT[3:5], *UNIT[8:], *REST, "detach", "browse", "port_forward", "multi", "mixins"]),
        (LIVE + "  two:\n    action: ws:act\n    ‸", ["args", "params"]),
        (LIVE + "  two:\n    args: {}\n    ‸", ["module", "params", "action"]),
        (LIVE + "  two:\n    params:\n      p:\n        ‸\n", ["default", "descr"]),
        (LIVE + "# ‸", []),
        (LIVE + "  ‸", []),
        (LIVE + "    cmd: ec‸ho\n", []),
        (LIVE + "    bash: |\n      ec‸ho\n", []),
        (LIVE + "    env:\n      A‸\n", []),
    ],
)
def test_keys(tmp_path: Path, text: str, expected: list[str]) -> None:
    candidates, _, _ = offered(tmp_path, text)
    assert labels(candidates) == expected


def test_a_new_job_may_become_a_call(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "  two:\n    ‸\n")
    assert labels(candidates)[0] == "image"
    assert {"action", "module", "args", "params", "detach"} <= set(labels(candidates))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  - ‸", ["id", "needs", "image", "strategy", "enable", "cache"]),
        ("    ‸\n", ["needs", "strategy", "enable", "cache", "title"]),
        ("    cache: {‸}\n", ["strategy", "life_span"]),
        ("    strategy:\n      ‸\n", ["matrix", "fail_fast", "max_parallel"]),
        ("    strategy:\n      matrix:\n        y: [1]\n        ‸\n", ["include", "exclude"]),
        ("    strategy:\n      matrix:\n        y: [1]\n        z: [1]\n        exclude:\n          - z: 1\n            ‸\n", ["y"]),
        ("    needs: {‸}\n", ["call", "a_1", "a_2"]),
        ("    needs: {call: completed, ‸\n", ["a_1", "a_2"]),
    ],
)
def test_keys_of_tasks(tmp_path: Path, text: str, expected: list[str]) -> None:
    candidates, _, _ = offered(tmp_path, BATCH + text, ".neuro/b.yml")
    assert labels(candidates)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", ["kind", "name", "author"]),
        ("kind: local\n", ["cmd", "bash", "python", "name", "author", "descr", "inputs", "outputs"]),
        ("kind: stateful\n", ["main", "name", "author", "descr", "inputs", "outputs", "post", "post_if"]),
        ("kind: live\n", ["job", "name", "author", "descr", "inputs"]),
        ("kind: batch\ntasks: []\n", ["name", "author", "descr", "inputs", "outputs", "images", "cache"]),
    ],
)
def test_keys_of_actions(tmp_path: Path, kind: str, expected: list[str]) -> None:
    caller = "kind: live\njobs: {a: {action: ws:new}}\n"
    index, marked = indexed(tmp_path, {".neuro/live.yml": caller, "new.yml": kind + "‸"})
    candidates = sorted(complete(index, *marked.cursors[0]), key=lambda candidate: candidate.sort)
    assert labels(candidates)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: ‸", ["live"]),
        (LIVE + "    restart: ‸\n", ["never", "on-failure", "always", "${{ }}"]),
        (LIVE + "    restart: 'al‸'\n", ["never", "on-failure", "always"]),
        (LIVE + "    detach: ‸\n", ["true", "false", "${{ }}"]),
        (LIVE + "    mixins: [‸]\n", ["common", "${{ }}"]),
        (LIVE + "    mixins:\n      - ‸\n", ["common", "${{ }}"]),
        (LIVE + "    mixins: [common, ‸]\n", ["${{ }}"]),
        (LIVE + "    volumes:\n      - ‸\n", ["${{ volumes.shared.ref }}", "${{ volumes.data.ref }}", "${{ }}"]),
        (LIVE + "  two:\n    image: ‸\n", ["${{ images.base.ref }}", "${{ }}"]),
        (LIVE + "  two: {preset: ‸}\n", ["cpu-small", "${{ }}"]),
        (LIVE + "  two:\n    action: ‸\n", ["ws:act", "ws:", "gh:"]),
        (LIVE + "  two:\n    module: ws:‸\n", ["ws:act"]),
        (LIVE + "  two:\n    action: ws:act\n    args: {‸}\n", ["n", "m", "b"]),
        (LIVE + "  two:\n    action: ws:act\n    args:\n      n: 1\n      ‸\n", ["m", "b"]),
        (LIVE + "  two:\n    action: ws:act\n    args:\n      b: ‸\n", ["${{ True }}", "${{ False }}", "${{ }}"]),
        (LIVE + "    multi: ‸\n", ["true", "false"]),
        (LIVE + "    title: x $‸\n", ["${{ }}"]),
    ],
)
def test_values(tmp_path: Path, text: str, expected: list[str]) -> None:
    candidates, _, _ = offered(tmp_path, text)
    assert labels(candidates) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("    needs: [‸]\n", ["call", "a_1", "a_2", "${{ }}"]),
        ("    needs: [call, ‸\n", ["a_1", "a_2", "${{ }}"]),
        ("    needs:\n      ‸\n", ["call", "a_1", "a_2"]),
        ("    needs: {call: ‸}\n", ["running", "completed"]),
        ("    enable: ‸\n", ["${{ always() }}", "${{ success() }}", "${{ failure() }}", "${{ }}"]),
        ("  - action: ‸\n", ["ws:loc", "ws:tools/bact", "ws:", "gh:"]),
        ("  - module: ‸\n", ["ws:tools/bact", "ws:"]),
        ("    cache: {strategy: ‸\n", ["none", "default", "inherit"]),
        ("    needs: [call]\n    cmd: ${{ needs.‸ }}\n", ["call"]),
        ("    needs: [call]\n    cmd: ${{ needs['‸\n", ["call"]),
        ("    needs: [call]\n    cmd: ${{ needs.call.‸\n", ["result", "outputs"]),
        ("    needs: [call]\n    cmd: ${{ needs.call.outputs.‸\n", ["res"]),
        ("    needs: [a_1]\n    cmd: ${{ needs.a_1.outputs.‸\n", ["acc"]),
        ("    needs: [call]\n    enable: ${{ success('‸\n", ["call"]),
        ("    strategy: {matrix: {y: [1]}}\n    cmd: ${{ matrix.‸\n", ["y", "ORDINAL"]),
        ("    cmd: ${{ params.‸ }}\n", ["p"]),
    ],
)
def test_values_of_tasks(tmp_path: Path, text: str, expected: list[str]) -> None:
    candidates, _, _ = offered(tmp_path, BATCH + text, ".neuro/b.yml")
    assert labels(candidates) == expected


SCOPE = ["project", "flow", "git", "env", "tags", "volumes", "images", "params"]


EXPRESSIONS = [
    ("‸", SCOPE, []),
    ("vol‸", SCOPE, []),
    ("len(‸", SCOPE, []),
    ("volumes.data.ref + ‸", SCOPE, []),
    ("volumes.‸", [], ["shared", "data"]),
    ("volumes.da‸ta.ref", [], ["shared", "data"]),
    ("flow.‸", [], ["flow_id", "project_id", "workspace", "title", "username"]),
    ("env.‸", [], ["TOKEN"]),
    ("params.l‸", [], ["lr"]),
    ("upload(volumes.data).r‸", [], ["id", "remote", "mount", "read_only", "local", "full_local_path", "ref_ro", "ref_rw", "ref"]),
    ("x.‸", [], []),
    ("params.lr ‸", [], []),
    ("'vol‸'", [], []),
]
"""An expression, and the contexts and fields that are offered in it."""


@pytest.mark.parametrize("style", ["{}", "'{}'", '"{}"', "|\n      {}\n", ">-\n      a {}\n", "{}\n  two: {{image: x}}\n", '"a {}\n    tags: [a]\n', "'{}\n"])
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_expressions(tmp_path: Path, style: str, opener: str, closer: str) -> None:
    index, _ = indexed(tmp_path, {**AROUND, ".neuro/live.yml": LIVE})
    for expression, contexts, fields in EXPRESSIONS:
        quote = {"'": '"', '"': "'"}.get(style[0], "'")
        for end in (closer, ""):
            text = f"{LIVE}    cmd: {style.format(opener + expression.replace(chr(39), quote) + end)}"
            found = complete(with_text(index, ".neuro/live.yml", text.replace("‸", "")), ".neuro/live.yml", text.index("‸"))
            candidates = sorted(found, key=lambda candidate: candidate.sort)
            assert (labels(candidates, "context"), labels(candidates, "field")) == (contexts, fields), text
            assert bool(labels(candidates, "function")) == bool(contexts)


def test_names_of_comprehensions(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "    cmd: ${{ [‸ for vol in values(volumes)] }}\n")
    assert labels(candidates)[0] == "vol"
    assert labels(offered(tmp_path / "2", LIVE + "    cmd: ${{ [x for ‸\n")[0]) == []


def test_functions_are_those_of_the_place(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "    cmd: ${{ ‸ }}\n")
    found = labels(candidates, "function")
    assert "inspect_job" in found
    assert "success" not in found
    length = next(candidate for candidate in candidates if candidate.label == "len")
    assert (length.text, length.snippet, length.detail) == ("len()", "len($0)", "len(value) → int")
    nothing = next(candidate for candidate in candidates if candidate.label == "nothing")
    assert (nothing.text, nothing.snippet) == ("nothing()", None)


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [
        (LIVE + "    re‸", "restart", LIVE + "    restart: "),
        (LIVE + "    re‸: never\n", "restart", LIVE + "    restart: never\n"),
        (LIVE + "    're‸': never\n", "restart", LIVE + "    'restart': never\n"),
        (LIVE + "  two: {‸}\n", "image", LIVE + "  two: {image: }\n"),
        (LIVE + "  two: {image: ‸}\n", "${{ images.base.ref }}", LIVE + '  two: {image: "${{ images.base.ref }}"}\n'),
        (LIVE + "  two: {image: '‸'}\n", "${{ images.base.ref }}", LIVE + "  two: {image: '${{ images.base.ref }}'}\n"),
        (LIVE + "  two:\n    image: im‸\n", "${{ images.base.ref }}", LIVE + "  two:\n    image: ${{ images.base.ref }}\n"),
        (LIVE + "    volumes: [‸]\n", "${{ volumes.data.ref }}", LIVE + '    volumes: ["${{ volumes.data.ref }}"]\n'),
        (LIVE + "    volumes: ‸\n", "${{ volumes.data.ref }}", LIVE + '    volumes: ["${{ volumes.data.ref }}"]\n'),
        (LIVE + "    volumes:\n      ‸\n", "${{ volumes.data.ref }}", LIVE + "    volumes:\n      - ${{ volumes.data.ref }}\n"),
        (LIVE + "    mixins: ‸\n", "common", LIVE + "    mixins: [common]\n"),
        (LIVE + "    mixins:\n      ‸\n", "common", LIVE + "    mixins:\n      - common\n"),
        (LIVE + "  two: {action: ws:a‸}\n", "ws:act", LIVE + "  two: {action: ws:act}\n"),
        (LIVE + "    cmd: ${{ volumes['da‸\n", "data", LIVE + "    cmd: ${{ volumes['data']\n"),
        (LIVE + "    cmd: ${{ volumes['da‸'] }}\n", "data", LIVE + "    cmd: ${{ volumes['data'] }}\n"),
        (LIVE + "    cmd: '${{ volumes[''da‸\n", "data", LIVE + "    cmd: '${{ volumes[''data'']\n"),
        (LIVE + "    cmd: ${{ volumes[‸] }}\n", "'data'", LIVE + "    cmd: ${{ volumes['data'] }}\n"),
        (LIVE + "    cmd: '${{ volumes[‸] }}'\n", '"data"', LIVE + "    cmd: '${{ volumes[\"data\"] }}'\n"),
        (LIVE + "    cmd: ${{ volumes.‸ }}\n", "data", LIVE + "    cmd: ${{ volumes.data }}\n"),
        (LIVE + "    cmd: ${{ inspect_job('o‸\n", "one", LIVE + "    cmd: ${{ inspect_job('one')\n"),
        (LIVE + "    title: a $‸\n", "${{ }}", LIVE + "    title: a ${{ }}\n"),
        (LIVE + "    tags: [$‸]\n", "${{ }}", LIVE + "    tags: [${{ }}]\n"),
    ],
)
def test_what_the_text_becomes(tmp_path: Path, before: str, label: str, after: str) -> None:
    candidates, text, _ = offered(tmp_path, before)
    assert taken(candidates, label, text) == after


def test_a_key_that_no_dot_reaches_takes_brackets(tmp_path: Path) -> None:
    files = {".neuro/project.yml": "id: demo\ndefaults: {env: {A-B: 1}}\n", ".neuro/live.yml": "kind: live\njobs: {a: {image: '${{ env.A‸ }}'}}\n"}
    index, marked = indexed(tmp_path, files)
    candidates = complete(index, *marked.cursors[0])
    assert taken(candidates, "A-B", marked.files[".neuro/live.yml"]) == "kind: live\njobs: {a: {image: '${{ env[\"A-B\"] }}'}}\n"
    assert candidates[0].filter == ".A-B"


def test_the_word_behind_the_cursor_may_be_replaced(tmp_path: Path) -> None:
    candidates, text, _ = offered(tmp_path, LIVE + "    cmd: ${{ volumes.da‸ta.ref }}\n")
    assert taken(candidates, "shared", text) == LIVE + "    cmd: ${{ volumes.sharedta.ref }}\n"
    assert taken(candidates, "shared", text, replace=True) == LIVE + "    cmd: ${{ volumes.shared.ref }}\n"


@pytest.mark.parametrize(
    ("text", "label", "snippet"),
    [
        (LIVE + "    ‸", "env", "env:\n  $0"),
        (LIVE + "    ‸", "tags", "tags:\n  - $0"),
        (LIVE + "    ‸", "bash", "bash: |\n  $0"),
        (LIVE + "    ‸", "title", None),
        (LIVE + "  two: {‸}", "env", "env: {$0\\}"),
        (LIVE + "  two: {‸}", "tags", "tags: [$0]"),
        (LIVE + "    title: ‸", "${{ }}", "\\${{ $0 \\}\\}"),
    ],
)
def test_snippets(tmp_path: Path, text: str, label: str, snippet: str | None) -> None:
    candidates, _, _ = offered(tmp_path, text)
    assert next(candidate for candidate in candidates if candidate.label == label).snippet == snippet


def test_snippets_behind_a_dash_are_indented_from_their_line(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, BATCH + "  - ‸", ".neuro/b.yml")
    assert next(candidate for candidate in candidates if candidate.label == "env").snippet == "env:\n    $0"


def test_documentation_says_type_unit_default_and_scope(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "    ‸")
    docs = {candidate.label: candidate for candidate in candidates}
    assert docs["life_span"].detail == "time span"
    assert docs["life_span"].doc.startswith("How long the job may run before it is killed: seconds, or `1d2h3m4s`.")
    assert "*time span*, in seconds" in docs["life_span"].doc
    assert "default `never`" in docs["restart"].doc
    assert docs["multi"].doc.endswith("Takes no expressions.")
    assert docs["title"].doc.endswith("Expressions see `project`, `flow`, `git`, `env`, `tags`, `volumes`, `images`, `params`.")


def test_names_are_documented_by_their_definition(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "  two:\n    action: ws:act\n    args: {‸}\n")
    number = candidates[0]
    assert (number.label, number.kind, number.detail) == ("n", "input", "int, mandatory")
    assert number.doc == "input `n`, in act.yml:3\n\nhow many\n\n```yaml\nn: {type: int, descr: how many}\n```"
    candidates, _, _ = offered(tmp_path / "2", LIVE + "    cmd: ${{ volumes.‸ }}\n")
    assert candidates[1].doc == "volume `data`, in .neuro/live.yml:4\n\n```yaml\ndata: {remote: 'storage:d', mount: /d}\n```"


def test_values_of_fields_are_shown(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "    cmd: ${{ volumes.data.‸ }}\n")
    remote = next(candidate for candidate in candidates if candidate.label == "remote")
    assert (remote.detail, remote.doc) == ("uri", "URI of the data.\n\nValue: `'storage:d'`")


def test_the_notation_of_the_file_is_used(tmp_path: Path) -> None:
    candidates, _, _ = offered(tmp_path, LIVE + "    cmd: $[[ params.lr ]]\n    volumes:\n      - ‸\n")
    assert labels(candidates) == ["$[[ volumes.shared.ref ]]", "$[[ volumes.data.ref ]]", "$[[ ]]"]


def test_broken_elsewhere(tmp_path: Path) -> None:
    text = "kind: live\nimages: {base: {ref: 'image:b'}\nvolumes:\n  data\njobs:\n  one:\n    ima\n    env: {A: [\n  two:\n    image: ${{ images.‸\n  three\n"
    candidates, _, _ = offered(tmp_path, text)
    assert labels(candidates) == ["base"]


def test_mixins_of_the_project_see_what_their_users_see(tmp_path: Path) -> None:
    files = {
        ".neuro/project.yml": "id: demo\nmixins:\n  m: {cmd: '${{ params.‸ }}'}\n",
        ".neuro/live.yml": "kind: live\njobs: {a: {image: u, mixins: [m], params: {lr: 1}}}\n",
        ".neuro/b.yml": "kind: batch\nparams: {epochs: 1}\ntasks: [{image: u, mixins: [m]}]\n",
    }
    index, marked = indexed(tmp_path, files)
    assert sorted(labels(complete(index, *marked.cursors[0]))) == ["epochs", "lr"]


def test_an_action_that_nothing_calls(tmp_path: Path) -> None:
    text = "kind: batch\ninputs: {n: {type: int}}\nimages: {i: {ref: u}}\ntasks:\n  - id: x\n    image: ${{ ‸ }}\n"
    index, marked = indexed(tmp_path, {".neuro/live.yml": "kind: live\njobs: {a: {action: ws:other}}\n", ".neuro/act.yml": text})
    found = complete(index, *marked.cursors[0])
    assert labels(found, "context") == ["flow", "git", "images", "inputs", "matrix", "strategy", "needs", "state"]
    index, marked = indexed(tmp_path / "2", {".neuro/act.yml": text.replace("‸", "inputs.‸")})
    assert [(found.label, found.detail) for found in complete(index, *marked.cursors[0])] == [("n", "int")]


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, AROUND)
    assert complete(index, "nothing.yml", 5) == []


def test_copies_of_remote_actions_are_known(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": "kind: live\njobs:\n  a: {action: 'gh:o/r@v1'}\n  b: {action: ‸}\n",
        ".flowlang/actions/p/q@v2/action.yml": "kind: live\njob: {image: u}\n",
    }
    index, marked = indexed(tmp_path, files)
    assert labels(complete(index, *marked.cursors[0])) == ["gh:o/r@v1", "gh:p/q@v2", "ws:", "gh:"]


def test_marks_are_taken_out() -> None:
    assert unmark({"a": "x‸«y»«=z»"}) == ({"a": "xyz"}, [("a", 1)], [("a", (1, 2))], [("a", (2, 3))])
