"""Which values each attribute takes: places in the files, and the values of `tests.schemas.values`.

A row: base document, path of the attribute in it, good values, bad values. A bad value must be refused
at that very path, or inside of it where the bad part is marked by `At`.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.schemas.generate import put
from tests.schemas.values import (
    ANYTHING,
    ARGS,
    BATCH_DEFAULTS,
    BATCH_OUTPUTS,
    CACHE,
    DEFAULTS,
    ENABLE,
    GIVEN,
    GIVEN_TEXT,
    IMAGE,
    IMAGES,
    INPUTS,
    JOB,
    KIND_BAD,
    LISTS,
    MIXIN_SECTION,
    MIXINS,
    NAME,
    NULLABLE,
    OUTPUTS,
    PARAMS,
    PORTS,
    SPAN,
    TASK,
    TITLE,
    UNIT,
    VOLUME,
    VOLUMES_SECTION,
    At,
)

BASES: dict[str, tuple[str, dict[str, Any]]] = {
    "live": ("live", {"kind": "live", "jobs": {"j": {"image": "ubuntu"}}}),
    "live-call": ("live", {"kind": "live", "jobs": {"j": {"action": "ws:a"}}}),
    "live-module": ("live", {"kind": "live", "jobs": {"j": {"module": "ws:a"}}}),
    "batch": ("batch", {"kind": "batch", "tasks": [{"image": "ubuntu"}]}),
    "batch-call": ("batch", {"kind": "batch", "tasks": [{"action": "ws:a"}]}),
    "batch-module": ("batch", {"kind": "batch", "tasks": [{"module": "ws:a"}]}),
    "project": ("project", {"id": "demo"}),
    "live-action": ("action", {"kind": "live", "job": {"image": "ubuntu"}}),
    "batch-action": ("action", {"kind": "batch", "tasks": [{"image": "ubuntu"}]}),
    "stateful": ("action", {"kind": "stateful", "main": {"image": "ubuntu"}}),
    "local": ("action", {"kind": "local", "cmd": "ls"}),
}


def _rows() -> list[tuple[str, str, list[Any], list[Any]]]:
    table: list[tuple[str, str, dict[str, tuple[list[Any], list[Any]]]]] = [
        (
            "live",
            "$",
            {"kind": (["live"], ["batch", *KIND_BAD]), "id": NAME, "title": TITLE, "images": IMAGES, "volumes": VOLUMES_SECTION, "mixins": MIXIN_SECTION},
        ),
        (
            "live",
            "$",
            {
                "defaults": ([None, {}], ["", [], False, 0, 1, "text"]),
                "jobs": (["", [], {}], [None, False, 0, "text", At({"a": None}, ".a"), At({"a": []}, ".a"), {"a-b": {}}]),
            },
        ),
        ("live", "$.defaults", DEFAULTS),
        ("live", "$.images.i", IMAGE),
        ("live", "$.volumes.v", VOLUME),
        ("live", "$.jobs.j", UNIT | NULLABLE | JOB),
        ("live", "$.mixins.m", UNIT | NULLABLE | JOB | {"params": ANYTHING}),
        ("live-call", "$.jobs.j", {"action": (["ws:a"], [None, *LISTS]), "args": ARGS, "params": PARAMS}),
        ("live-module", "$.jobs.j", {"module": (["ws:a"], [None, *LISTS]), "args": ARGS, "params": PARAMS}),
        (
            "batch",
            "$",
            {
                "kind": (["batch"], ["live", *KIND_BAD]),
                "id": NAME,
                "title": TITLE,
                "life_span": SPAN,
                "params": PARAMS,
                "images": IMAGES,
                "volumes": VOLUMES_SECTION,
            },
        ),
        (
            "batch",
            "$",
            {
                "mixins": MIXIN_SECTION,
                "defaults": ([None, {}], ["", [], False, 0, 1]),
                "tasks": ([[]], [None, "", {}, False, 1, At([None], "[0]"), At(["a"], "[0]"), At([[]], "[0]")]),
            },
        ),
        ("batch", "$.defaults", BATCH_DEFAULTS),
        ("batch", "$.images.i", IMAGE),
        ("batch", "$.volumes.v", VOLUME),
        ("batch", "$.tasks[0]", UNIT | NULLABLE | TASK | {"mixins": MIXINS}),
        ("batch", "$.mixins.m", UNIT | NULLABLE | {"mixins": MIXINS, "enable": ENABLE, "needs": ANYTHING, "strategy": ANYTHING, "cache": ANYTHING}),
        ("batch-call", "$.tasks[0]", {"action": (["ws:a"], [None, *LISTS]), "args": ARGS} | TASK),
        ("batch-module", "$.tasks[0]", {"module": (["ws:a"], [None, *LISTS]), "args": ARGS} | TASK),
        (
            "project",
            "$",
            {"id": (["a"], [None, "a-b", "", 1, []]), "project_name": TITLE, "owner": TITLE, "role": ANYTHING, "images": IMAGES, "volumes": VOLUMES_SECTION},
        ),
        ("project", "$", {"mixins": MIXIN_SECTION, "defaults": ([None, {}, False, 0], ["", [], 1, "text"])}),
        ("project", "$.defaults", BATCH_DEFAULTS),
        ("project", "$.mixins.m", UNIT | NULLABLE | {"mixins": MIXINS}),
        ("live-action", "$", {"name": TITLE, "author": TITLE, "descr": TITLE, "inputs": INPUTS, "job": ([{}], [None, "", [], 1])}),
        ("live-action", "$.job", UNIT | GIVEN | JOB | {"port_forward": (PORTS[0], [None, *PORTS[1]]), "params": ([None], ["", [], {}, {"a": 1}, 1])}),
        (
            "batch-action",
            "$",
            {
                "name": TITLE,
                "author": TITLE,
                "descr": TITLE,
                "inputs": INPUTS,
                "outputs": BATCH_OUTPUTS,
                "images": IMAGES,
                "cache": CACHE,
                "tasks": ([[]], [None, "", {}, 1]),
            },
        ),
        ("batch-action", "$.images.i", IMAGE),
        ("batch-action", "$.tasks[0]", UNIT | NULLABLE | TASK | {"mixins": MIXINS}),
        (
            "stateful",
            "$",
            {"inputs": INPUTS, "outputs": OUTPUTS, "main": ([{}], [None, "", [], 1]), "post": ([None, {}, False, 0], ["", [], 1]), "post_if": ENABLE},
        ),
        ("stateful", "$.main", UNIT | GIVEN),
        ("stateful", "$.post", UNIT | GIVEN),
        ("local", "$", {"inputs": INPUTS, "outputs": OUTPUTS, "cmd": GIVEN_TEXT}),
    ]
    return [(base, f"{place}.{key}", good, bad) for base, place, group in table for key, (good, bad) in group.items()]


ROWS = _rows()

# Whole documents: base, what to add or (with None and a path) what is wrong where.
UNKNOWN: list[tuple[str, dict[str, Any], str]] = [
    ("live", {"tasks": []}, "$"),
    ("live", {"life_span": None}, "$"),
    ("live", {"params": None}, "$"),
    ("live", {"x-note": 1}, "$"),
    ("live", {"defaults": {"fail_fast": True}}, "$.defaults"),
    ("live", {"defaults": {"cache": None}}, "$.defaults"),
    ("live", {"jobs": {"j": {"needs": []}}}, "$.jobs.j"),
    ("live", {"jobs": {"j": {"cmd": None, "bash": "x"}}}, "$.jobs.j"),
    ("live", {"jobs": {"j": {"bash": "x", "python": "x"}}}, "$.jobs.j"),
    ("live", {"jobs": {"j": {"action": "ws:a", "module": "ws:a"}}}, "$.jobs.j"),
    ("live", {"jobs": {"j": {"action": "ws:a", "image": "x"}}}, "$.jobs.j"),
    ("live", {"jobs": {"j": {"args": {}}}}, "$.jobs.j"),
    ("live", {"mixins": {"m": {"action": "ws:a"}}}, "$.mixins.m"),
    ("live", {"mixins": {"m": {"cmd": "a", "python": None}}}, "$.mixins.m"),
    ("batch", {"jobs": {}}, "$"),
    ("batch", {"tasks": [{"image": "x", "detach": True}]}, "$.tasks[0]"),
    ("batch", {"tasks": [{"image": "x", "cmd": "a", "bash": "b"}]}, "$.tasks[0]"),
    ("batch", {"tasks": [{"action": "ws:a", "mixins": []}]}, "$.tasks[0]"),
    ("batch", {"tasks": [{"action": "ws:a", "params": {}}]}, "$.tasks[0]"),
    ("batch", {"mixins": {"m": {"id": "a"}}}, "$.mixins.m"),
    ("project", {"kind": "live"}, "$"),
    ("project", {"mixins": {"m": {"detach": True}}}, "$.mixins.m"),
    ("project", {"mixins": {"m": {"needs": []}}}, "$.mixins.m"),
    ("live-action", {"outputs": {}}, "$"),
    ("live-action", {"tasks": []}, "$"),
    ("live-action", {"job": {"action": "ws:a"}}, "$.job"),
    ("batch-action", {"params": {}}, "$"),
    ("batch-action", {"volumes": {}}, "$"),
    ("stateful", {"cache": {}}, "$"),
    ("stateful", {"main": {"mixins": []}}, "$.main"),
    ("stateful", {"main": {"port_forward": []}}, "$.main"),
    ("local", {"bash": "x"}, "$"),
    ("local", {"main": {}}, "$"),
]

# What an attribute needs around it.
AROUND: dict[str, Any] = {
    "i": {"ref": "x"},
    "v": {"remote": "storage:a", "mount": "/a"},
    "strategy": {"matrix": {}},
}


def steps(path: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]$]+", path)]


def with_value(base: str, path: str, value: Any) -> tuple[str, Any]:
    kind, document = BASES[base]
    document = copy.deepcopy(document)
    owner: Any = document
    way = steps(path)
    for step in way[:-1]:
        if isinstance(owner, dict) and step not in owner:
            owner[step] = copy.deepcopy(AROUND.get(str(step), {}))
        owner = owner[step]
    return kind, put(document, tuple(way), value)
