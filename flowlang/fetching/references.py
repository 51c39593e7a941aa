"""References to remote actions: reading them, refusing those that git or the file system must not see, finding them."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.light import NamedTuple
from flowlang.model import ConfigFile
from flowlang.patterns import pattern
from flowlang.project import FileStore, Workspace
from flowlang.project.reading import read_config
from flowlang.semantics.actions import Action, Actions
from flowlang.text import quoted
from flowlang.yamltree import Mapping, Node, Scalar, Sequence

_SCHEMES = ("gh", "github")
_NAME = pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# What git itself allows in no ref (git-check-ref-format), and what means something in a refspec.
_FORBIDDEN = frozenset("~^:?*[\\+")


class Refused(Exception):
    """A reference that is not fetched: why, in words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Reference(NamedTuple):
    """``gh:OWNER/REPO@REF`` in its parts."""

    owner: str
    repo: str
    ref: str

    def __str__(self) -> str:
        return f"gh:{self.owner}/{self.repo}@{self.ref}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders that its copy lies in, below one another."""
        return (self.owner, *f"{self.repo}@{self.ref}".split("/"))


def is_remote(reference: str) -> bool:
    """Whether a reference is one to GitHub."""
    return reference.partition(":")[0] in _SCHEMES and ":" in reference


def read_reference(text: str) -> Reference:
    """The parts of a reference; raises `Refused` for anything that is not plainly a repository and a ref."""
    name, at, ref = text.partition(":")[2].partition("@")
    owner, slash, repo = name.partition("/")
    if not (at and slash and ref):
        raise Refused("it is no reference to GitHub: write gh:OWNER/REPO@REF")
    for what, word in (("owner", owner), ("repository", repo)):
        if not _NAME.fullmatch(word) or ".." in word:
            raise Refused(f"{quoted(word)} is no name of {'an' if what == 'owner' else 'a'} {what}")
    problem = ref_problem(ref)
    if problem is not None:
        raise Refused(f"the ref {quoted(ref)} {problem}")
    return Reference(owner, repo, ref)


def ref_problem(ref: str) -> str | None:
    """Why a ref is not handed to git, in words; None for one that is."""
    parts = ref.split("/")
    checks = (
        (ref.startswith("-"), "starts with '-', which git would take for an option"),
        (".." in ref, "holds '..'"),
        (any(not char.isprintable() or char.isspace() for char in ref), "holds a blank or a control character"),
        (any(char in _FORBIDDEN for char in ref), "holds a character that no ref has: one of ~ ^ : ? * [ \\ +"),
        ("@{" in ref or ref == "@", "holds '@{', which means something else to git"),
        (any(part == "" or part.startswith(".") or part.endswith((".", ".lock")) for part in parts), "is no name of a branch, tag or commit"),
        (len(ref) > 200, "is too long"),
    )
    return next((words for wrong, words in checks if wrong), None)


def references(workspace: Workspace, folders: tuple[str, ...], flows: tuple[str, ...] | None = None) -> dict[str, Action | None]:
    """Every reference to a remote action that flows (all of the workspace, or these files) reach, with the copy that is at hand.

    Local actions, and copies of remote ones, are looked into as well.
    """
    store = FileStore(workspace.root)
    actions = Actions(workspace, store, folders)
    todo: list[ConfigFile] = [read_config(store, path, within=workspace) for path in (workspace.flow_files() if flows is None else flows)]
    seen: set[str] = set()
    found: dict[str, Action | None] = {}
    while todo:
        for reference in _called(todo.pop().tree.root):
            if reference in seen:
                continue
            seen.add(reference)
            action = actions.find(reference)
            if is_remote(reference):
                found[reference] = action if isinstance(action, Action) else None
            if isinstance(action, Action):
                todo.append(action.file)
    return dict(sorted(found.items()))


def _called(root: Node | None) -> Iterator[str]:
    """The references in the jobs and tasks of a file, as they are written."""
    if not isinstance(root, Mapping):
        return
    units: list[Node] = []
    for name in ("jobs", "tasks"):
        pair = root.get(name)
        if pair is not None and isinstance(pair.value, Mapping):
            units += [each.value for each in pair.value.pairs]
        elif pair is not None and isinstance(pair.value, Sequence):
            units += pair.value.items
    for unit in units:
        for key in ("action", "module"):
            called = unit.get(key) if isinstance(unit, Mapping) else None
            if called is not None and isinstance(called.value, Scalar):
                yield called.value.value
