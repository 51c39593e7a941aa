"""One run: from the references of a workspace to copies at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from flowlang.fetching.folder import Folder, Outside
from flowlang.fetching.git import GitError, fetch_action
from flowlang.fetching.lock import Locked
from flowlang.fetching.references import Reference, Refused, read_reference, references
from flowlang.light import NamedTuple
from flowlang.project import Workspace

TEMPLATE = "https://github.com/{owner}/{repo}.git"
"""Where repositories are, unless told otherwise."""


class Step(NamedTuple):
    """What became of one reference: ``fetched``, ``kept``, ``elsewhere`` (another folder has it) or ``failed``; the commit or the reason."""

    reference: str
    what: str
    words: str


class Plan(NamedTuple):
    """What a run is told: the folder, where repositories are, and whether refs are looked up anew (`update`) or nothing may move (`locked`)."""

    folder: Folder
    template: str
    update: bool
    locked: bool
    environment: Mapping[str, str]


def run(workspace: Workspace, flows: tuple[str, ...] | None, others: tuple[str, ...], plan: Plan) -> Iterator[Step]:
    """Fetch what the flows call, and what that calls in turn; a step for each reference. Raises `BadLock` and `OSError`.

    `others` are folders that are searched before this one: what they have is not fetched.
    """
    lock = plan.folder.lock()
    before = dict(lock)
    done: set[str] = set()
    while True:
        found = references(workspace, (*others, plan.folder.root), flows)
        todo = [reference for reference in found if reference not in done]
        if not todo:
            break
        for text in todo:
            done.add(text)
            action = found[text]
            if action is not None and not action.path.startswith(os.path.join(plan.folder.root, "")):
                yield Step(text, "elsewhere", action.path)
                continue
            try:
                yield _one(text, plan, lock)
            except (Refused, GitError, Outside) as error:
                yield Step(text, "failed", error.message)
    if lock != before:
        plan.folder.write_lock(lock)


def _one(text: str, plan: Plan, lock: dict[str, Locked]) -> Step:
    reference = read_reference(text)
    name, url = str(reference), address(plan.template, reference)
    entry = lock.get(name)
    if entry is not None and entry.url == url and not plan.update:
        if plan.folder.has(reference):
            return Step(text, "kept", entry.commit)
        copy = fetch_action(url, entry.commit, plan.environment)
        plan.folder.write(reference, copy.name, copy.data)
        return Step(text, "fetched", copy.commit)
    if plan.locked and not plan.update:
        reason = "it is not in the lock" if entry is None else f"the lock has it from {entry.url}"
        return Step(text, "failed", f"{reason}, and --locked forbids to change that")
    copy = fetch_action(url, reference.ref, plan.environment)
    if plan.locked and entry != Locked(copy.commit, url):
        return Step(text, "failed", f"the lock would change: {entry.commit if entry else 'nothing'} is {copy.commit} now")
    plan.folder.write(reference, copy.name, copy.data)
    lock[name] = Locked(copy.commit, url)
    return Step(text, "fetched", copy.commit)


def address(template: str, reference: Reference) -> str:
    """The address of a repository."""
    return template.replace("{owner}", reference.owner).replace("{repo}", reference.repo)
