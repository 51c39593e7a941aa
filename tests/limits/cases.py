"""Workspaces that are too much for a tool that trusts them: each a function that writes one, and what must be told of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from flowlang.filesystem import LARGEST
from flowlang.semantics.bounds import DEEPEST_CALL


class Case(NamedTuple):
    """How to write the workspace, and names of rules that must be found in it. `often`: cheap enough for every run of the tests."""

    make: Callable[[Path], None]
    told: tuple[str, ...] = ()
    often: bool = False


def _write(root: Path, name: str, text: str) -> None:
    path = root / name if "/" in name else root / ".neuro" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _file(text: Callable[[], str], name: str = "live.yml") -> Callable[[Path], None]:
    return lambda root: _write(root, name, text())


def _live(body: Callable[[], str]) -> Callable[[Path], None]:
    return _file(lambda: f"kind: live\n{body()}")


def _batch(body: Callable[[], str]) -> Callable[[Path], None]:
    return _file(lambda: f"kind: batch\ntasks:\n{body()}", "b.yml")


def _many(count: int, piece: Callable[[int], str]) -> str:
    return "".join(map(piece, range(count)))


def _fill(piece: str, before: str = "", after: str = "") -> Callable[[], str]:
    """As many pieces as a file may hold; ``#`` in a piece is its number, but where it begins a comment."""

    def text() -> str:
        numbered = "#" in piece.replace("# ", "").replace("#\t", "")
        size = len(piece) + 6 * piece.count("#") * numbered
        count = (LARGEST - 1000 - len(before) - len(after)) // size
        middle = piece * count if not numbered else _many(count, lambda number: piece.replace("#", str(number)))
        return before + middle + after

    return text


_JOB = "jobs:\n  train:\n    image: python\n"


def _command(cmd: Callable[[], str]) -> Callable[[Path], None]:
    return _live(lambda: f"{_JOB}    cmd: {cmd()}\n")


def _hashing(pattern: str) -> str:
    return f"kind: live\ndefaults:\n  env:\n    H: \"${{{{ hash_files('{pattern}') }}}}\"\n{_JOB}"


# --- documents ------------------------------------------------------------------------------------

_DEEP = 100_000


def _laughs(wide: int, deep: int, indent: str = "  ") -> str:
    rows = [f"{indent}a0: &a0 [{', '.join(['x'] * wide)}]\n"]
    rows += [f"{indent}a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * wide)}]\n" for n in range(1, deep)]
    return "".join(rows)


def _laughing_mappings(wide: int, deep: int) -> str:
    rows = [f"  a{n}: &a{n} {{{', '.join(f'k{m}: *a{n - 1}' for m in range(wide))}}}\n" for n in range(1, deep)]
    return "  a0: &a0 {x: 1}\n" + "".join(rows)


def _laughing_merges(deep: int) -> str:
    return "  a0: &a0 {x: 1}\n" + _many(deep, lambda n: f"  a{n + 1}: &a{n + 1}\n    <<: [*a{n}, *a{n}]\n    k{n}: 1\n")


_DOCUMENTS = {
    "nested brackets": Case(_live(lambda: "jobs: " + "[" * _DEEP), ("too-deep",), True),
    "nested brackets, closed": Case(_live(lambda: "jobs: " + "[" * _DEEP + "]" * _DEEP), ("too-deep",), True),
    "nested braces": Case(_live(lambda: "jobs: " + "{a: " * _DEEP), ("too-deep",), True),
    "nested braces with tags": Case(_live(lambda: "jobs: " + "!!map {a: " * 50_000), ("too-deep",)),
    "nested brackets with an anchor": Case(_live(lambda: "x: &a 1\njobs: " + "[" * _DEEP), ("too-deep",), True),
    "nested brackets with a tab": Case(_live(lambda: "x:\t1\njobs: " + "[" * _DEEP), ("tab-indent",)),
    "nested brackets with a directive": Case(_file(lambda: "%YAML 1.1\n---\njobs: " + "[" * _DEEP), ("too-deep",), True),
    "nested dashes": Case(_live(lambda: "jobs:\n" + "- " * _DEEP + "x\n"), ("too-deep",), True),
    "nested question marks": Case(_live(lambda: "jobs:\n" + "? " * _DEEP + "x\n"), ("too-deep",), True),
    "nested block mappings": Case(_live(lambda: "jobs:\n" + _many(900, lambda n: " " * (n + 1) + "a:\n")), ("too-deep",)),
    "closers alone": Case(_live(lambda: "jobs: " + "]" * _DEEP), ("yaml-syntax",)),
    "many open quotes": Case(_live(lambda: "jobs: " + "\n'" * _DEEP), ("yaml-syntax",)),
    "many broken lines": Case(_live(lambda: "jobs:\n" + "  a: [\n" * 20_000), ("too-deep",)),
    "billion laughs": Case(_live(lambda: f"x:\n{_laughs(9, 12)}jobs: {{}}\n"), ("too-deep",), True),
    "billion laughs in env": Case(_live(lambda: f"defaults:\n  env:\n{_laughs(9, 12, '    ')}{_JOB}"), ("too-deep",), True),
    "billion laughs of mappings": Case(_live(lambda: f"x:\n{_laughing_mappings(9, 12)}jobs: {{}}\n"), ("too-deep",), True),
    "billion laughs of merges": Case(_live(lambda: f"x:\n{_laughing_merges(60)}jobs: {{}}\n"), ("merge-key",), True),
    "quadratic blow-up": Case(_live(lambda: "x:\n  a: &a " + "x" * 100_000 + "\n  b: [" + ", ".join(["*a"] * 20_000) + "]\njobs: {}\n"), ("unknown-key",)),
    "quadratic blow-up of tags": Case(
        _live(lambda: "defaults:\n  env: {A: &a " + "x" * 100_000 + "}\n  tags: [" + ", ".join(["*a"] * 20_000) + "]\njobs: {}\n"),
    ),
}

# --- files ----------------------------------------------------------------------------------------


def _big_action(root: Path) -> None:
    _write(root, "live.yml", "kind: live\njobs:\n  train:\n    action: ws:big\n")
    _write(root, "./big.yml", "kind: live\njob: {image: python}\n" + "# comment\n" * 5_000_000)


def _big_project(root: Path) -> None:
    _write(root, "live.yml", f"kind: live\n{_JOB}")
    _write(root, "project.yml", "id: x\n" + "# comment\n" * 5_000_000)


def _holes(*names: str) -> Callable[[Path], None]:
    """Files of 20 GB that take no room on the disk: whoever reads one whole takes more than all of the memory."""

    def make(root: Path) -> None:
        _write(root, "live.yml", "kind: live\njobs:\n  train:\n    action: ws:big\n")
        for name in names:
            _write(root, name, "kind: live\n")
            os.truncate(root / name if "/" in name else root / ".neuro" / name, 20 << 30)

    return make


_LIVE = "kind: live\njobs: {}\n"
_SCRIPT = f"kind: live\n{_JOB}    cmd: |\n"

_FILES = {
    "50 MB": Case(_file(lambda: _LIVE + "# comment\n" * 5_000_000), ("too-large",), True),
    "50 MB of an action": Case(_big_action, ("too-large",), True),
    "50 MB of a project file": Case(_big_project, ("too-large",), True),
    "20 GB": Case(_holes("live.yml", "b.yml", "project.yml", "./big.yml"), ("too-large",), True),
    "a million keys": Case(_live(lambda: _many(1_000_000, lambda n: f"k{n}: 1\n")), ("too-large",), True),
    "comments": Case(_file(_fill("# comment\n", _LIVE))),
    "one scalar": Case(_file(_fill("x", f"kind: live\n{_JOB}    cmd: "))),
    "one block": Case(_file(_fill("      " + "x" * 93 + "\n", _SCRIPT))),
    "jobs": Case(_file(_fill("  j#:\n    image: python\n    cmd: echo\n", "kind: live\njobs:\n"))),
    "jobs that mix in": Case(_file(_fill("  j#: {mixins: [m]}\n", "kind: live\nmixins: {m: {image: python, env: {A: x}}}\njobs:\n"))),
    "tasks": Case(_file(_fill("  - id: j#\n    image: python\n    cmd: echo\n", "kind: batch\ntasks:\n"), "b.yml"), ("analysis-limit",)),
    "expressions": Case(_file(_fill("      ${{ flow.title }}\n", _SCRIPT))),
    "wrong expressions": Case(_file(_fill("      ${{ a }}\n", _SCRIPT)), ("unknown-context",)),
    "broken expressions": Case(_file(_fill("      ${{ a a }}\n", _SCRIPT)), ("expr-syntax",)),
    "no line break": Case(_file(_fill("a: 1, ", "{", "}")), ("duplicate-key",)),
    "lists": Case(_file(_fill("[],", "{kind: live, jobs: [", "]}")), ("section-type",)),
    "numbers": Case(_file(_fill("1,", "{kind: live, jobs: {}, tags: [", "]}")), ("unknown-key",)),
    "NUL": Case(_file(_fill("\0")), ("special-character",)),
    "blanks": Case(_file(_fill(" ", "kind: live\njobs: {}"))),
    "line breaks": Case(_file(_fill("\n", _LIVE))),
    "tabs": Case(_file(_fill("\t", "kind: live\njobs: {}")), ("tab-indent",)),
    "what breaks at its end": Case(_file(_fill("  a: 1\n", "kind: live\njobs:\n", "  b: [\n")), ("yaml-syntax",)),
    "tabs in comments": Case(_file(_fill("#\tx\n", _LIVE))),
    "keys": Case(_file(_fill("k#: 1\n", _LIVE)), ("unknown-key",)),
    "keys of env": Case(_file(_fill("    K#: x\n", f"kind: live\n{_JOB}defaults:\n  env:\n"))),
    "keys alike": Case(_file(_fill("k: 1\n", _LIVE)), ("duplicate-key",)),
    "unknown keys of jobs": Case(_file(_fill("  j#: {a: 1}\n", "kind: live\njobs:\n")), ("unknown-key", "analysis-limit")),
    "mistakes that aliases repeat": Case(
        _file(_fill("  j#: {image: &i# a, env: &e# {A#: '${{ x }}'}, name: j, a: *e#, b: *i#}\n", "kind: live\njobs:\n")), ("unknown-key", "analysis-limit")
    ),
    "tags": Case(_file(_fill("  - t\n", f"kind: live\n{_JOB}defaults:\n  tags:\n"))),
    "suppressions": Case(_file(_fill("# flowlint: ignore[FL101] x\n", _LIVE)), ("misplaced-ignore",)),
    "suppressed mistakes": Case(
        _live(lambda: "jobs:\n" + _many(5_500, lambda n: f"  # flowlint: ignore[unknown-key, FL703] x\n  j{n}: {{a: 1}} # flowlint: ignore[FL205]\n")),
        ("unused-ignore",),
    ),
    "one suppression": Case(_file(_fill("FL101, ", "kind: live\njobs: {} # flowlint: ignore[", "]\n")), ("unused-ignore",)),
    "params": Case(_file(_fill("  p#: ~\n", "kind: batch\ntasks: [{image: python, cmd: '${{ params.q }}'}]\nparams:\n"), "b.yml")),
    "images": Case(_file(_fill("  i#: {ref: 'image:x:1'}\n", f"kind: live\n{_JOB}images:\n"))),
    "volumes": Case(_file(_fill("  v#: {remote: 'storage:x', mount: /x}\n", f"kind: live\n{_JOB}volumes:\n"))),
}

# --- numbers and matrices -------------------------------------------------------------------------


def _matrix(keys: int, values: int, more: str = "") -> str:
    row = f"[{', '.join(map(str, range(values)))}]\n"
    return "  - image: python\n    cmd: x\n    strategy:\n      matrix:\n" + _many(keys, lambda key: f"        k{key}: {row}") + more


def _excludes(count: int) -> str:
    return "        exclude:\n" + _many(count, lambda n: f"          - {{k0: '{n}', k1: '{n + 1}'}}\n")


_MATRICES = {
    "a huge integer": Case(_live(lambda: f"{_JOB}    http_port: {'9' * 400_000}\n"), ("bad-scalar",), True),
    "a huge sexagesimal": Case(_live(lambda: f"{_JOB}    http_port: 1{':59' * 150_000}\n"), ("bad-scalar",), True),
    "a huge binary": Case(_live(lambda: f"{_JOB}    http_port: 0b{'1' * 400_000}\n"), ("bad-scalar",), True),
    "a huge float": Case(_live(lambda: f"{_JOB}    http_port: {'9' * 400_000}.5\n"), ("bad-number",)),
    "a huge exponent": Case(_command(lambda: "${{ 1e999999999 }} ${{ 10 ** 999999999 }} ${{ 99999999999 * 99999999999 }}"), ("foreign-syntax",)),
    "a matrix of 10^12": Case(_batch(lambda: _matrix(12, 10)), ("matrix-too-large",), True),
    "a matrix of 10^12 with exclude": Case(_batch(lambda: _matrix(12, 10, "        exclude: [{k0: 0}]\n")), ("matrix-too-large",), True),
    "a matrix of many values": Case(
        _file(_fill("1,", "kind: batch\ntasks: [{image: a, cmd: x, strategy: {matrix: {a: [", "]}}}]\n"), "b.yml"), ("matrix-too-large",)
    ),
    "a matrix of many keys": Case(_batch(lambda: _matrix(10_000, 2)), ("matrix-too-large",)),
    "a matrix with many excludes": Case(_batch(lambda: _matrix(2, 500, _excludes(2000))), ("matrix-too-large",), True),
    "many matrices": Case(_batch(lambda: _matrix(2, 16) * 200), ("analysis-limit",)),
    "256 rows of heavy expressions": Case(
        _batch(lambda: _matrix(1, 256) + '    env: {A: "${{ [y for y in range(90000)] }}", B: "${{ \'a\' * 900000 }}"}\n'), ("evaluation-limit",)
    ),
}

# --- expressions ----------------------------------------------------------------------------------

_EXPRESSIONS = {
    "heavy expressions": Case(
        _live(lambda: "jobs:\n" + _many(1000, lambda n: f'  j{n}: {{image: python, cmd: "${{{{ [y for y in range(99999)] }}}}"}}\n')), ("evaluation-limit",)
    ),
    "nested comprehensions": Case(_command(lambda: "${{ [[[z for z in range(999)] for y in range(999)] for x in range(999)] }}"), ("evaluation-limit",)),
    "a long expression": Case(_command(lambda: "${{ " + "1 + " * 100_000 + "1 }}"), ("evaluation-limit",)),
    "many openers": Case(_command(lambda: "'" + "${{ " * 100_000 + "'"), ("unclosed-expression",)),
    "many old openers": Case(_command(lambda: "'" + "$[[ " * 100_000 + "'"), ("unclosed-expression",)),
    "many dots": Case(_command(lambda: "'${{ a" + ".b" * 200_000 + " }}'"), ("unknown-context",)),
    "names alike": Case(
        _live(
            lambda: (
                "jobs:\n"
                + _many(1000, lambda n: f"  {'a' * 60}{n}: {{image: python, cmd: '${{{{ images.{'a' * 60}{n}.ref }}}}'}}\n")
                + "images:\n"
                + _many(1000, lambda n: f"  {'a' * 60}b{n}: {{ref: x}}\n")
            )
        ),
        ("unknown-image",),
    ),
}

# --- mixins, actions, tasks -----------------------------------------------------------------------


def _mixins(count: int, includes: Callable[[int], str]) -> str:
    rows = _many(count, lambda n: f"  m{n}: {{mixins: [{includes(n)}], env: {{V{n}: x}}}}\n")
    return f"mixins:\n{rows}jobs:\n  train: {{image: python, mixins: [m{count - 1}]}}\n"


def _call(name: str, count: int = 1) -> str:
    return "kind: batch\ntasks:\n" + _many(count, lambda n: f"  - id: t{n}\n    action: ws:{name}\n")


def _chain(deep: int, wide: int) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _write(root, "b.yml", _call("a0", wide))
        for n in range(deep):
            _write(root, f"./a{n}.yml", _call(f"a{n + 1}", wide))
        _write(root, f"./a{deep}.yml", "kind: batch\ntasks:\n  - id: t\n    image: python\n    cmd: x\n")

    return make


def _circle(count: int, wide: int = 2) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _write(root, "b.yml", _call("a0", wide))
        for n in range(count):
            _write(root, f"./a{n}.yml", _call(f"a{(n + 1) % count}", wide))

    return make


def _tasks(count: int, needs: Callable[[int], str]) -> str:
    return _many(count, lambda n: f"  - {{id: t{n}, image: python, cmd: x, needs: [{needs(n)}]}}\n")


_GRAPHS = {
    "a deep chain of mixins": Case(_live(lambda: _mixins(8_000, lambda n: f"m{n - 1}" if n else "")), ("analysis-limit",)),
    "a wide chain of mixins": Case(_live(lambda: _mixins(1_000, lambda n: ", ".join(f"m{max(0, n - w)}" for w in (1, 2)) if n else "")), ("analysis-limit",)),
    "a circle of mixins": Case(_live(lambda: _mixins(5_000, lambda n: f"m{(n or 5_000) - 1}")), ("mixin-cycle",)),
    "mixins in 256 rows": Case(
        _file(
            lambda: (
                "kind: batch\nmixins: {m: {image: python, env: {"
                + ", ".join(f"A{n}: x" for n in range(9))
                + "}, tags: [a, b]}}\ntasks:\n"
                + _matrix(2, 16).replace("image: python", "mixins: [" + "m, " * 20 + "]")
            ),
            "b.yml",
        ),
        ("analysis-limit",),
    ),
    "a chain of actions": Case(_chain(DEEPEST_CALL - 1, 1), (), True),
    "a deep chain of actions": Case(_chain(300, 1), ("analysis-limit",), True),
    "a tree of actions": Case(_chain(30, 3), ("analysis-limit",)),
    "a circle of actions": Case(_circle(200), ("analysis-limit",)),
    "an action that calls itself": Case(_circle(1), ("recursive-action",), True),
    "a chain of tasks": Case(_batch(lambda: _tasks(5_000, lambda n: f"t{n - 1}" if n else ""))),
    "a graph of tasks": Case(_batch(lambda: _tasks(400, lambda n: ", ".join(f"t{m}" for m in range(n)))), ("implied-need",)),
    "a circle of tasks": Case(_batch(lambda: _tasks(2_900, lambda n: f"t{(n or 2_900) - 1}")), ("needs-cycle",)),
    "limits of many tasks": Case(
        _batch(lambda: _many(2_000, lambda n: f"  - {{id: t{n}, image: python, cmd: x, needs: [], strategy: {{max_parallel: 2}}}}\n"))
    ),
}

# --- the disk -------------------------------------------------------------------------------------


def _many_files(pattern: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _write(root, "live.yml", _hashing(pattern))
        for folder in range(100):
            place = root / "data" / f"d{folder}"
            place.mkdir(parents=True)
            for number in range(1000):
                os.close(os.open(place / f"f{number}", os.O_CREAT | os.O_WRONLY))

    return make


def _different_globs(root: Path) -> None:
    """Five files more than the analysis may look at, if each pattern is looked up by itself."""
    jobs = _many(600, lambda n: f"  j{n}: {{image: python, cmd: \"${{{{ hash_files('**/x{n}') }}}}\"}}\n")
    _write(root, "live.yml", f"kind: live\njobs:\n{jobs}")
    (root / "data").mkdir()
    for number in range(1000):
        (root / "data" / f"f{number}").touch()


def _linked_folders(root: Path) -> None:
    _write(root, "live.yml", _hashing("*/*/*/*/*/*/*.txt"))
    for n in range(20):
        (root / f"d{n}").mkdir()
        for m in range(20):
            (root / f"d{n}" / f"l{m}").symlink_to(root / f"d{m}")


def _large_files(root: Path) -> None:
    """A hundred files of 20 GB that take no room on the disk: reading them would take an hour."""
    _write(root, "live.yml", _hashing("data/*"))
    (root / "data").mkdir()
    for number in range(100):
        with (root / "data" / f"f{number}").open("wb") as file:
            os.truncate(file.fileno(), 20 << 30)


_DISK = {
    "files of 20 GB": Case(_large_files, (), True),
    "100 000 files": Case(_many_files("**/*")),
    "100 000 files, many stars": Case(_many_files("**/**/**/**/**/*")),
    "100 000 files, no match": Case(_many_files("**/x/**/y/**/*.none"), ("hash-files-no-match",)),
    "many globs": Case(_different_globs, ("evaluation-limit",)),
    "folders that link to each other": Case(_linked_folders, ("evaluation-limit",)),
    "stars to match": Case(_file(lambda: _hashing("*a" * 40 + "b")), ("hash-files-no-match",)),
}

# --- slow patterns --------------------------------------------------------------------------------

_SLOW = {
    "a long name": Case(_live(lambda: f"jobs:\n  {'a' * 900}: {{image: python}}\n  ? {'b' * 400_000}\n  : {{image: python}}\n")),
    "a long volume": Case(_live(lambda: "volumes:\n  a: {remote: 'storage:" + "/" * 100_000 + "', mount: /" + "a/" * 100_000 + "}\njobs: {}\n")),
    "a long image": Case(
        _live(lambda: "images:\n  a: {ref: 'image:" + "a-" * 100_000 + "!'}\njobs: {train: {image: 'image:" + "a.-_" * 70_000 + "!'}}\n"), ("bad-image-ref",)
    ),
    "a long life span": Case(_live(lambda: f"jobs:\n  train: {{image: python, life_span: {'1d' * 200_000}}}\n"), ("bad-timedelta",)),
    "a long job name": Case(_live(lambda: f"jobs:\n  train: {{image: python, name: {'a-' * 200_000}!}}\n"), ("job-name-invalid",)),
    "a long port": Case(_live(lambda: f"jobs:\n  train: {{image: python, port_forward: ['{'1' * 4000}:{'1:' * 200_000}']}}\n"), ("bad-port-pair",)),
    "an open script": Case(
        _live(lambda: f"{_JOB}    bash: |\n" + "".join(f"      {piece * 40_000}\n" for piece in ("((", "$(", "`\\", "'\"", "${")) + "      cat <<E\n" * 2_000)
    ),
    "a script of lines": Case(_file(_fill("      python x.py --a \\\n", f"kind: live\n{_JOB}    bash: |\n"))),
    "an open Python script": Case(_live(lambda: f"{_JOB}    python: |\n      " + "(" * 200_000 + "\n")),
    "a deep Python script": Case(_live(lambda: f"{_JOB}    python: |\n      " + "(" * 50_000 + ")" * 50_000 + "\n      " + "-" * 50_000 + "1\n")),
    "a long command": Case(_command(lambda: '"' + "' \\\\ " * 80_000 + '"')),
    "a long secret": Case(_live(lambda: "defaults:\n  env:\n    TOKEN: " + "a1-" * 150_000 + f"\n{_JOB}"), ("plain-secret",)),
    "a long URL": Case(_live(lambda: "defaults:\n  env:\n    URL: http://" + "a:" * 100_000 + "@" + f"\n{_JOB}")),
}

CASES: dict[str, Case] = {**_DOCUMENTS, **_FILES, **_MATRICES, **_EXPRESSIONS, **_GRAPHS, **_DISK, **_SLOW}
