"""Actions and modules: finding the file that a call refers to."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flowlang.diagnostics import Label, Severity
from flowlang.expr import Budget
from flowlang.light import NamedTuple
from flowlang.model import ACTION, Block, ConfigFile, Leaf
from flowlang.project import FileStore, Workspace
from flowlang.project.reading import read_config
from flowlang.text import closest, listing, quoted

_LOCAL = ("ws", "workspace")
_GITHUB = ("gh", "github")
_ENDINGS = (".yml", ".yaml")
_SCHEMES = "write 'ws:PATH' for a file of the workspace, 'gh:OWNER/REPO@TAG' for GitHub"


class Action(NamedTuple):
    """An action's file, read. `remote`: it is a copy of another repository's."""

    reference: str
    path: str
    file: ConfigFile
    remote: bool

    @property
    def block(self) -> Block | None:
        """What the file says; None where it could not be read."""
        return self.file.block if self.file.complete else None

    @property
    def kind(self) -> str | None:
        """``live``, ``batch``, ``stateful`` or ``local``; None where the file does not say."""
        leaf = self.file.block.leaf("kind") if self.file.block is not None else None
        return leaf.value if isinstance(leaf, Leaf) and isinstance(leaf.value, str) else None


class Missing(NamedTuple):
    """Why a reference leads nowhere: the rule it breaks, in words, what helps, and the reference that was surely meant."""

    rule: str
    message: str
    help: str | None = None
    replacement: str | None = None


class Actions:
    """Finds and reads the actions of a workspace, each once.

    `folders` hold copies of remote ones; `missing_severity` is how loudly one that is not at hand is told.
    `calls` are the places where each reference is called. `budget` is what the expressions of all flows share.
    """

    def __init__(
        self,
        workspace: Workspace,
        store: FileStore,
        folders: tuple[str, ...] = (),
        missing_severity: Severity = Severity.INFO,
        budget: Budget | None = None,
    ) -> None:
        self.workspace = workspace
        self.store = store
        self.folders = folders
        self.missing_severity = missing_severity
        self._found: dict[str, Action | Missing] = {}
        self.calls: dict[str, list[Label]] = {}
        self.budget = budget or Budget()

    def find(self, reference: str) -> Action | Missing:
        """The action that a reference such as ``ws:PATH`` or ``gh:OWNER/REPO@TAG`` leads to."""
        known = self._found.get(reference)
        if known is None:
            known = self._found[reference] = self._find(reference)
        return known

    def reading(self, files: Mapping[str, ConfigFile]) -> Actions:
        """The same actions, with other readings of their files by reported path."""
        made = Actions(self.workspace, self.store, self.folders, self.missing_severity)
        made.calls = self.calls
        for reference, found in self._found.items():
            file = files.get(found.file.source.path) if isinstance(found, Action) else None
            made._found[reference] = found._replace(file=file) if isinstance(found, Action) and file is not None and file.kind == ACTION else found
        return made

    def called(self, reference: str, leaf: Leaf) -> Action | Missing:
        """The same, for a call that stands at `leaf`."""
        self.calls.setdefault(reference, []).append(Label(leaf.source, leaf.span, "called here"))
        return self.find(reference)

    def all(self) -> list[Action]:
        """Every action that was found, in the order of its reference."""
        return [action for _, action in sorted(self._found.items()) if isinstance(action, Action)]

    def _find(self, reference: str) -> Action | Missing:
        scheme, colon, spec = reference.partition(":")
        if not colon:
            return Missing("bad-action-ref", f"{quoted(reference)} has no scheme", _SCHEMES)
        if scheme in _LOCAL:
            return self._local(reference, spec)
        if scheme in _GITHUB:
            return self._remote(reference, spec)
        return Missing("bad-action-ref", f"{quoted(scheme + ':')} is no scheme of actions", _SCHEMES)

    def _local(self, reference: str, spec: str) -> Action | Missing:
        root, disk = self.workspace.real_root, self.store.disk
        if not _inside(root, os.path.join(root, spec)):
            return Missing("outside-workspace", f"{quoted(reference)} leaves the workspace and is not read", "keep actions inside the workspace")
        for ending in ("", *_ENDINGS):
            path = os.path.join(self.workspace.root, spec + ending)
            if disk.is_dir(path):
                meant = next((reference.rstrip("/") + more for more in _ENDINGS if disk.is_file(path.rstrip("/") + more)), None)
                help = f"write {quoted(meant)}" if meant is not None else "name the file"
                return Missing("ws-path-is-directory", f"{quoted(reference)} is a folder", help, meant)
            if path in self.store.overlay or disk.lexists(path):
                if not _inside(root, disk.realpath(path)):
                    return Missing("outside-workspace", f"{quoted(reference)} leads out of the workspace and is not read", "keep actions inside the workspace")
                return Action(reference, path, read_config(self.store, path, ACTION), False)
        return self._no_file(reference, spec)

    def leads_out(self, path: str) -> bool:
        """Whether a path below the workspace leads out of it by a link, as what somebody else has made may; one's own settings may point anywhere."""
        return _inside(self.workspace.root, path) and not _inside(self.workspace.real_root, self.store.disk.realpath(path))

    def _leads_out(self, reference: str) -> Missing:
        message = f"the copy of {quoted(reference)} is a link that leads out of the workspace and is not read"
        return Missing("outside-workspace", message, "keep the copy itself inside the workspace, or name its folder with --actions-dir")

    def _no_file(self, reference: str, spec: str) -> Missing:
        folder = os.path.dirname(os.path.join(self.workspace.root, spec))
        if not _inside(self.workspace.real_root, self.store.disk.realpath(folder)):
            return Missing("outside-workspace", f"{quoted(reference)} leads out of the workspace and is not read", "keep actions inside the workspace")
        try:
            names = sorted(os.path.splitext(name)[0] for name in self.store.disk.names(folder) if name.endswith(_ENDINGS))
        except OSError:
            names = []
        guess = closest(os.path.basename(spec), names)
        prefix = reference[: len(reference) - len(os.path.basename(spec))]
        meant = prefix + guess if guess else self._in_config_folder(reference, spec)
        hint = f"; did you mean {quoted(meant)}?" if meant else ""
        help = "paths start at the workspace's root, not at the file with the call" + (f"; there are: {listing(names)}" if names else "")
        return Missing("action-not-found", f"there is no action file {quoted(spec)}{hint}", help)

    def _in_config_folder(self, reference: str, spec: str) -> str | None:
        """The reference of a file of that name in the config folder, where people look for it first."""
        name = os.path.splitext(os.path.basename(spec))[0]
        config = self.workspace.config
        for folder in (config, *(os.path.join(config, inner) for inner in ("actions", "modules"))):
            for ending in _ENDINGS:
                if name and self.store.disk.is_file(os.path.join(folder, name + ending)):
                    return f"{reference.partition(':')[0]}:{self.workspace.relative(os.path.join(folder, name))}"
        return None

    def _remote(self, reference: str, spec: str) -> Action | Missing:
        name, at, version = spec.partition("@")
        if not at or not version or "/" not in name:
            return Missing("bad-action-ref", f"{quoted(reference)} is no reference to GitHub", "write 'gh:OWNER/REPO@TAG', the tag or branch included")
        parts = spec.replace("\\", "/").split("/")
        if any(part in ("", ".", "..") for part in parts):
            return Missing("bad-action-ref", f"{quoted(reference)} is no reference to GitHub", "write 'gh:OWNER/REPO@TAG'")
        for folder in self.folders:
            place = os.path.join(os.path.abspath(folder), *parts)
            if not self.store.disk.is_dir(place):
                continue
            if self.leads_out(place):
                return self._leads_out(reference)
            for ending in _ENDINGS:
                path = os.path.join(place, "action" + ending)
                if self.leads_out(path):
                    return self._leads_out(reference)
                if self.store.disk.is_file(path):
                    return Action(reference, path, read_config(self.store, path, ACTION), True)
            return Missing(
                "gh-action-file-name", f"the repository of {quoted(reference)} holds no action.yml", "the file must be named action.yml or action.yaml"
            )
        return Missing(
            "missing-action",
            f"the action {quoted(reference)} is not at hand: its call is not checked",
            "'flowlang fetch' copies it, or give a folder of copies with --actions-dir",
        )


def _inside(root: str, path: str) -> bool:
    """Whether a path, made plain, lies below the root."""
    plain = os.path.normpath(path)
    return plain == root or plain.startswith(root + os.sep)
