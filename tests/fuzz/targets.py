"""What is fuzzed, and what must hold whatever it is given: no exception, places inside the texts, the same twice."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import xml.etree.ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from flowlang.compiling import compile_path
from flowlang.diagnostics import Diagnostic
from flowlang.expr import Budget, Scope, evaluate, parse_template, unparse
from flowlang.linting import lint
from flowlang.project import workspace_of
from flowlang.reporting import View, reporter
from flowlang.reporting.formats import FORMATS
from flowlang.runs import Options
from flowlang.semantics import Environment
from flowlang.text import Source, json_text
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, offsets, parse, walk
from flowlang.yamltree.parse import judge
from flowlang.yamltree.recovery import recover
from tests.fuzz.mutate import expression, mutated
from tests.fuzz.seeds import Files
from tests.fuzz.trees import tree

# --- texts ------------------------------------------------------------------------------------------


def check_reading(text: str) -> None:
    """A text is read; every node lies inside the one around it, every scalar's map inside the scalar; both readers say the same."""
    source = Source("a.yml", text)
    tree = parse(source)
    for problem in tree.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text), problem
        for fix in problem.fixes:
            assert all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in fix.edits)
    for node in walk(tree.root) if tree.root is not None else ():
        assert 0 <= node.start <= node.end <= len(text), node
        if isinstance(node, Scalar):
            table = offsets(source, node)
            last = node.start
            for index in range(len(node.value) + 1):
                at = table.source(index)
                # the last line break of a block is no part of the node, nor are the blank lines that '+' keeps
                assert node.start <= at <= node.end or (node.style in ("|", ">") and not text[node.end : at].strip()), (node, index, at)
                assert at >= last, (node, index)
                last = at
    if tree.complete and not tree.problems:
        judged = judge(source)
        assert not judged.problems, judged.problems
        assert _shape(judged.root) == _shape(tree.root)
    recover(tree)


def _shape(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.start, node.end, node.value, node.style, node.tag
    if isinstance(node, Mapping):
        return node.start, node.end, [(_shape(pair.key), _shape(pair.value)) for pair in node.pairs]
    return (node.start, node.end, [_shape(item) for item in node.items]) if isinstance(node, Sequence) else None


def check_template(text: str) -> None:
    """A template is read, evaluated and written again; places lie inside, and what is written again is read as the same."""
    template = parse_template(text)
    for problem in template.problems:
        assert 0 <= problem.start <= problem.end <= len(text), problem
        for fix in problem.fixes:
            assert all(0 <= start <= end <= len(text) for start, end, _ in fix.edits)
    outcome = evaluate(template, Scope({"params": {"lr": 1}, "flow": {}}, budget=Budget()))
    for problem in outcome.problems:
        assert 0 <= problem.start <= problem.end <= len(text), problem
    for part in template.expressions if not template.problems else ():
        written = unparse(part.tree)
        again = parse_template(f"${{{{ {written} }}}}")
        assert not again.problems, (written, again.problems)
        assert again.whole is not None
        assert unparse(again.whole.tree) == written


# --- workspaces -------------------------------------------------------------------------------------

OPTIONS = Options(environment=Environment(project_name="p", cluster="default", username="u"))


def _inside(diagnostic: Diagnostic) -> None:
    assert diagnostic.rule.name != "internal-error", diagnostic.message
    for source, span in [(diagnostic.source, diagnostic.span), *((label.source, label.span) for label in diagnostic.related)]:
        assert 0 <= span.start <= span.end <= len(source.text), diagnostic
    assert diagnostic.message.isprintable(), diagnostic
    for fix in diagnostic.fixes:
        assert fix.edits
        for edit in fix.edits:
            assert 0 <= edit.edit.span.start <= edit.edit.span.end <= len(edit.source.text), diagnostic


def check_lint(root: Path, files: Files, random: Random) -> None:
    """A workspace is linted, the same twice, and reported in every format."""
    report = lint([str(root)], OPTIONS)
    for diagnostic in report.diagnostics:
        _inside(diagnostic)
    view = View(report.diagnostics, report.files, report.suppressed, paths=report.paths, statistics=True)
    for name in FORMATS:
        text = "\n".join(reporter(name)(view))
        if name in ("json", "sarif", "gitlab"):
            json.loads(text)
        elif name in ("checkstyle", "junit"):
            xml.etree.ElementTree.fromstring(text)
        else:
            assert all(char.isprintable() for line in text.split("\n") for char in line), name
    again = lint([str(root)], OPTIONS)
    assert [(each.message, each.span) for each in again.diagnostics] == [(each.message, each.span) for each in report.diagnostics]


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def check_compile(root: Path, files: Files, random: Random) -> None:
    """A workspace is compiled, with all of the mistakes told that keep it from being so."""
    for relocatable in (False, True):
        compiled = compile_path(str(root), OPTIONS._replace(keep_going=True, relocatable=relocatable))
        for diagnostic in compiled.diagnostics:
            _inside(diagnostic)
        if compiled.document is not None:
            json.loads(json_text(compiled.document), parse_constant=_no_constant)


def check_fix(root: Path, files: Files, random: Random) -> None:
    """All fixes are made, unsafe ones too; no second run finds any to make, and nothing but what is told changes."""
    from flowlang.cli.lint import command

    arguments = [str(root), "--fix", *(["--unsafe-fixes"] if random.random() < 0.5 else []), "--no-cache", "--quiet"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = command.run(arguments, "flowlint")
        assert status in (0, 1, 2), out.getvalue()
        made = _texts(root)
        assert command.run(arguments, "flowlint") == status, out.getvalue()
    assert _texts(root) == made
    assert "internal error" not in out.getvalue(), out.getvalue()


def _texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def check_editor(root: Path, files: Files, random: Random) -> None:
    """The findings of the language server after some edits are those of a fresh lint."""
    from tests.fuzz.lsp_edits import play

    if workspace_of(str(root)) is not None:
        play(root, 8, random.randrange(1 << 30), features=False)


Check = Callable[[Path, Files, Random], None]
WORKSPACES: dict[str, Check] = {"lint": check_lint, "compile": check_compile, "fix": check_fix, "editor": check_editor}
TEXTS: dict[str, Callable[[str], None]] = {"reading": check_reading, "template": check_template}
TARGETS = (*TEXTS, *WORKSPACES)


def case(target: str, seed: int, seeds: tuple[Files, ...]) -> str | Files:
    """The input that a seed makes for a target."""
    random = Random(f"{target} {seed}")
    if target == "template":
        pieces = [random.choice(("${{ ", "$[[ ", "$<< ", "${{", "")) + expression(random) + random.choice((" }}", " ]]", " >>", "}}", "")) for _ in range(2)]
        text = "".join(random.choice(("", "a", "\n", "{", "$")) + piece for piece in pieces)
        return mutated(random, text, [text]) if random.random() < 0.4 else text
    files = random.choice(seeds)
    others = list(random.choice(seeds).values()) + list(files.values())
    if target == "reading":
        return mutated(random, tree(random) if random.random() < 0.2 else random.choice(list(files.values())), others)
    if random.random() < 0.2:
        files = {**files, random.choice(sorted(files)): tree(random)}
    names = random.sample(sorted(files), random.randint(0, len(files)))
    return {path: mutated(random, text, others) if path in names else text for path, text in files.items()}


def run(target: str, given: str | Files, folder: Path, seed: int = 0) -> None:
    """Try one input; raises whatever goes wrong."""
    if isinstance(given, str):
        TEXTS[target](given)
        return
    with _written(folder / "work", given) as root:
        WORKSPACES[target](root, given, Random(seed))


@contextlib.contextmanager
def _written(root: Path, files: Files) -> Iterator[Path]:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    before = os.getcwd()
    os.chdir(root)
    try:
        yield root
    finally:
        os.chdir(before)
        shutil.rmtree(root)
