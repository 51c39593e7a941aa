from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.hover import Hover, hover
from tests.lsp.features.indexed import NOTATIONS, STYLES, indexed

PROJECT = ".neuro/project.yml"
LIVE = ".neuro/live.yml"
SECTIONS = """\
kind: live
images:
  base: {ref: image:base:v1, dockerfile: Dockerfile}
volumes:
  data: {remote: storage:data, mount: /data, local: data}
mixins:
  small: {preset: cpu-small}
"""
FLOW = f"{SECTIONS}jobs:\n  train:\n    params: {{lr: {{default: 0.1, descr: how fast it learns}}}}\n    image: ${{{{ images.base.ref }}}}\n"


def shown(folder: Path, files: dict[str, str]) -> tuple[Hover | None, str]:
    """What is said at the one cursor, and the text that it is said of."""
    index, marked = indexed(folder, files)
    path, offset = marked.cursors[0]
    found = hover(index, path, offset)
    return found, marked.files[path][found.span.start : found.span.end] if found is not None else ""


def said(folder: Path, text: str) -> tuple[str, str]:
    """What is said in the live flow, which holds the only cursor, and of what."""
    found, of = shown(folder, {PROJECT: "id: demo\ndefaults: {env: {A-B: 1}}\n", LIVE: text})
    assert found is not None
    return found.text, of


@pytest.mark.parametrize(
    ("line", "of", "lines"),
    [
        ("life_s‸pan: 1d", "life_span", ["**life_span**", "How long the job may run", "*time span*, in seconds"]),
        ("'pre‸set': a", "'preset'", ["**preset**"]),
        ("life_span: 1d6‸h", "1d6h", ["108000 seconds"]),
        ("schedule_timeout: '‸1m'", "'1m'", ["60 seconds"]),
        ("title: 1_0‸0", "1_00", ["YAML reads `1_00` as `100`; the value is `'100'`."]),
    ],
)
def test_attributes(tmp_path: Path, line: str, of: str, lines: list[str]) -> None:
    text, of_what = said(tmp_path, f"{FLOW}    {line}\n")
    assert of_what == of
    assert all(each in text for each in lines), text


@pytest.mark.parametrize(
    ("expression", "of", "told"),
    [
        ("vol‸umes.data.ref", "volumes", "**volumes**\n\nVolumes of the flow and of project.yml, by id.\n\n*mapping*"),
        ("volumes.da‸ta.ref", "data", "*volume*, its `ref` is `'storage:data:/data:rw'`\n\nvolume `data`, in .neuro/live.yml:5\n\n"),
        ("volumes.data.re‸f", "volumes.data.ref", "*str*: `'storage:data:/data:rw'`"),
        ("volumes['da‸ta'].ref", "data", "volume `data`, in .neuro/live.yml:5"),
        ("params.l‸r", "lr", "*str*: `'0.1'`\n\nparam `lr` of `train`, in .neuro/live.yml:10\n\nhow fast it learns"),
        ("le‸n(params.lr) + 1", "len(params.lr)", "```\nlen(value) → int\n```\n\nThe length of a text, list or mapping.\n\n*int*: `3`"),
        ("len(params.lr) ‸+ 1", "len(params.lr) + 1", "*int*: `4`"),
        ("git.sh‸a", "git.sha", "*str*: `'abc'`"),
        ("git.bra‸nch", "git.branch", "*str*: waits for `git.branch`"),
        ("env['A‸-B']", "A-B", "variable `A-B`, in .neuro/project.yml:2"),
        ("[x.id for x in values(vol‸umes)]", "volumes", "*mapping*"),
        ("[x.id for ‸x in values(volumes)]", "[x.id for x in values(volumes)]", "*list[str]*: `['data']`"),
        ("[‸x.id for x in values(volumes)]", "x", "**x**\n\nEach item of `values(volumes)`, one after the other."),
        ("params.no‸pe", "params.nope", "unknown param 'nope'"),
        ("inspect_job('tr‸ain').id", "train", "job `train`, in .neuro/live.yml:9"),
    ],
)
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_expressions(tmp_path: Path, expression: str, of: str, told: str, opener: str, closer: str) -> None:
    text, of_what = said(tmp_path, f"{FLOW}    cmd: {opener}{expression}{closer}\n")
    assert (of_what, told in text) == (of, True), text


@pytest.mark.parametrize("style", STYLES)
def test_every_style(tmp_path: Path, style: str) -> None:
    text, of = said(tmp_path, f"{FLOW}    cmd: {style.format('${{ params.l‸r }}')}\n")
    assert (of, text.startswith("*str*: `'0.1'`")) == ("lr", True), text


def test_on_the_braces_the_whole_is_told(tmp_path: Path) -> None:
    for expression in ("$‸{{ len(params.lr) * 2 }}", "${{ len(params.lr) * 2 }‸}"):
        text, of = said(tmp_path, f"{FLOW}    cmd: a {expression} b\n")
        assert (text, of) == ("*int*: `6`", "len(params.lr) * 2")


def test_a_step_of_a_comprehension_has_no_one_value(tmp_path: Path) -> None:
    found, _ = shown(tmp_path, {LIVE: f"{FLOW}    cmd: ${{{{ [x.i‸d for x in values(volumes)] }}}}\n"})
    assert found is None


def test_files_of_a_hash(tmp_path: Path) -> None:
    call = "hash_‸files('src/*.py')"
    for files, told in ({}, "No file matches."), ({"src/a.py": "a", "src/b.py": "b"}, "2 files match:\n\n- `src/a.py`\n- `src/b.py`"):
        found, of = shown(tmp_path, {LIVE: f"{FLOW}    cmd: ${{{{ {call} }}}}\n", **files})
        assert found is not None
        assert (of, found.text.endswith(told)) == ("hash_files('src/*.py')", True), found.text


def test_many_files_are_counted(tmp_path: Path) -> None:
    files = {f"src/{number:02}.py": "" for number in range(13)}
    found, _ = shown(tmp_path, {LIVE: f"{FLOW}    cmd: ${{{{ hash_files‸('**/*.py') }}}}\n", **files})
    assert found is not None
    assert found.text.partition("13 files match:")[2].splitlines()[2:] == [*(f"- `src/{number:02}.py`" for number in range(10)), "- and 3 more"]


JOB = """\
job `train`, in .neuro/live.yml:9

```yaml
image: image:base:v1
cmd: run --lr 0.1 ${{ multi.suffix }}
preset: cpu-small
env: {A-B: 1}
volumes: [storage:data:/data:ro]
life_span: 60 seconds
params: {lr: 0.1}
```"""


def test_a_job_in_short(tmp_path: Path) -> None:
    job = "    mixins: [small]\n    multi: true\n    life_span: 1m\n"
    job += "    volumes: ['${{ volumes.data.ref_ro }}']\n    cmd: run --lr ${{ params.lr }} ${{ multi.suffix }}\n"
    text, of = said(tmp_path, f"{FLOW.replace('train:', 'tr‸ain:')}{job}")
    assert (of, text) == ("train", JOB.replace("params:", "multi: True\nparams:"))


def test_a_call_in_short(tmp_path: Path) -> None:
    files = {LIVE: "kind: live\njobs:\n  te‸ll: {action: ws:tell, args: {text: x}}\n", "tell.yml": "kind: live\ninputs: {text: {}}\njob: {image: u}\n"}
    found, _ = shown(tmp_path, files)
    assert found is not None
    assert found.text.endswith("```yaml\naction: ws:tell\nargs: {text: x}\nimage: u\n```")


TASKS = """\
kind: batch
tasks:
  - id: prepare
    image: ubuntu
  - id: train_${{ matrix.lr }}
    needs: [prep‸are]
    image: ubuntu
    strategy: {matrix: {lr: [1, 2, 3]}}
    cmd: train ${{ matrix.lr }}
  - needs: [train_1, train_2]
    image: ubuntu
    cmd: echo ${{ needs.train_1.result }}
"""


@pytest.mark.parametrize(
    ("place", "of", "told"),
    [
        ("[prep‸are]", "prepare", "task `prepare`, in .neuro/b.yml:3\n\nNeeds nothing.\n\n```yaml\nimage: ubuntu\n```"),
        (
            "id: tr‸ain_${{ matrix.lr }}",
            "train_${{ matrix.lr }}",
            "3 rows of a matrix, the first is `train_1`; needs `prepare`.\n\n```yaml\nimage: ubuntu\ncmd: train 1\n```",
        ),
        ("cmd: train ${{ matrix.l‸r }}", "lr", "- task 'train_1': *int*: `1`\n- task 'train_2': *int*: `2`\n- task 'train_3': *int*: `3`\n\n"),
        ("needs.train_1.res‸ult", "needs.train_1.result", "*status*: waits for `needs.train_1.result`"),
    ],
)
def test_tasks(tmp_path: Path, place: str, of: str, told: str) -> None:
    text = TASKS.replace("‸", "").replace(place.replace("‸", ""), place)
    found, of_what = shown(tmp_path, {".neuro/b.yml": text})
    assert found is not None
    assert (of_what, told in found.text) == (of, True), found.text


def test_a_value_that_differs_is_told_for_each_who_reads_it(tmp_path: Path) -> None:
    flow = "kind: live\nmixins: {m: {cmd: '${{ params.n‸ }}'}}\njobs:\n"
    flow += "  a: {mixins: [m], image: u, params: {n: 1}}\n  b: {mixins: [m], image: u, params: {n: 2}}\n"
    found, _ = shown(tmp_path, {LIVE: flow})
    assert found is not None
    assert found.text.startswith("- job 'a': *str*: `'1'`\n- job 'b': *str*: `'2'`\n\n")


@pytest.mark.parametrize("text", ["# com‸ment\nkind: live\n", "kind: l‸ive\n", "‸\nkind: live\njobs: {}\n", "kind: live\njobs: {a: {image: u, tags: [x‸]}}\n"])
def test_where_there_is_nothing_to_say(tmp_path: Path, text: str) -> None:
    assert shown(tmp_path, {LIVE: text})[0] is None


def test_in_a_file_that_is_broken(tmp_path: Path) -> None:
    text, of = said(tmp_path, f"{FLOW}    cmd: ${{{{ params.l‸r }}}}\n    env: {{A: [\n  other:\n    image\n")
    assert (of, text.startswith("*str*: `'0.1'`")) == ("lr", True)


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {LIVE: FLOW})
    assert hover(index, "nothing.yml", 3) is None
