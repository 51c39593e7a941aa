"""Why a context is not to be had somewhere, and what to do instead: words for the finding about it.

Loaded for that finding alone. Facts: language reference, contexts that an attribute sees (engine 26.7).
"""

from __future__ import annotations

_OF_ACTIONS = "only actions and modules have inputs"
_OF_TASKS = "only tasks of batch flows have it"
_TO_ACTION = "an action sees nothing of its caller but its inputs: give the value in 'args', or call the file as a module"
_SECTIONS = "the sections of a flow do not see one another"
_EARLY = "this is read before the inputs of the call are known"

_NO_TASK = dict.fromkeys(("matrix", "needs", "state", "strategy"), _OF_TASKS)
_IN_LIVE = {"inputs": _OF_ACTIONS, **_NO_TASK}
_OF_CALLER = dict.fromkeys(("env", "params", "project", "tags", "volumes"), _TO_ACTION)
_ALL_OF_CALLER = {**_OF_CALLER, **dict.fromkeys(("git", "images"), _TO_ACTION)}
_OF_FLOW = {**dict.fromkeys(("env", "images", "tags", "volumes"), _SECTIONS), "inputs": _OF_ACTIONS}
_IN_BATCH = {"inputs": _OF_ACTIONS, "multi": "only jobs of live flows have it"}
_OF_ONE_TASK = dict.fromkeys(("matrix", "needs", "state"), "this is read once for all tasks")

_WORDS: dict[str, dict[str, str]] = {
    "live-eager": {**_OF_FLOW, **_IN_LIVE, "params": "params belong to a job and are known when it is started"},
    "live-params": {**_IN_LIVE, "params": "the default of a param cannot use other params"},
    "live-job": {**_IN_LIVE, "multi": "only jobs with 'multi: true' have it"},
    "live-multi-job": _IN_LIVE,
    "live-action-job": {**_NO_TASK, **_ALL_OF_CALLER},
    "live-module-job": {**_NO_TASK, "multi": "only jobs with 'multi: true' have it"},
    "batch-eager": {**_OF_FLOW, **_IN_BATCH, **_OF_ONE_TASK},
    "batch-defaults": {**_IN_BATCH, **_OF_ONE_TASK},
    "batch-strategy": {**_IN_BATCH, **_OF_ONE_TASK},
    "batch-task": _IN_BATCH,
    "batch-action-early": {**_OF_CALLER, "inputs": _EARLY, "images": _EARLY},
    "batch-action-image": _OF_CALLER,
    "batch-action-cache": _OF_CALLER,
    "batch-action-strategy": {**_OF_CALLER, **_OF_ONE_TASK},
    "batch-action-task-cache": _OF_CALLER,
    "batch-action-task": _OF_CALLER,
    "batch-action-outputs": _OF_CALLER,
    "batch-module-early": {"inputs": _EARLY},
    "task-id": dict.fromkeys(("env", "flow", "git", "images", "inputs", "params", "project", "volumes"), "ids are made of the row of the matrix alone"),
    "stateful-main": {**_ALL_OF_CALLER, "flow": _TO_ACTION},
    "local-action": {**_ALL_OF_CALLER, "flow": _TO_ACTION},
    "post": {"inputs": "a post task sees what its caller sees, not the inputs: print '::save-state name=NAME::VALUE' in 'main', and read 'state.NAME'"},
}


def words(scope: str, context: str) -> str | None:
    """Why the scope of that name does not see a context; None where there is nothing to say but that."""
    return _WORDS.get(scope, {}).get(context)
