"""Good and bad values of the attributes, as engine 26.7.2 takes or refuses them (seen by running it)."""

from __future__ import annotations

from typing import Any, NamedTuple


class At(NamedTuple):
    """A bad value, and where inside of it the error lies."""

    value: Any
    path: str


TEXT = ["text", "", 1, 1.5, True, "${{ a }}", "x-$[[ a ]]-$<< b >>"]
LISTS: list[Any] = [[], {}, ["a"], {"a": "b"}]
TEXTS = ([*TEXT, None], LISTS)
GIVEN_TEXT = (TEXT, [None, *LISTS])
FLAG = ([True, False, 0, 2.5, "yes", None, "${{ a }}"], ["", *LISTS])
SWITCH = (FLAG[0][:-1], FLAG[1])
COUNT = ([0, 80, 2.5, True, "80", " -8_0 ", "${{ a }}", "$<< a >>", None], ["", "many", "1.5", "0x10", *LISTS])
SPAN = ([0, 60, 1.5, True, "3600", "1d2h3m4s", "2h", "1e3", "nan", "-5", "${{ a }}", None], ["", " ", "1w", "1.5h", "2h1d", "1h 30m", *LISTS])
PATH = (["/a", "a//b", "", "${{ a }}", None], [1, True, *LISTS])
REFS = (["${{ a }}", "$[[ [1] ]]", [], ["a", "", 1, True, "${{ a }}"]], ["text", "", 1, True, {}, At([["a"]], "[0]"), At([{}], "[0]")])
ENV = (
    [{}, {"A": "", "B": 1, "C": True, "D": "${{ a }}"}, "${{ a }}"],
    [None, "text", "", 1, [], At({"A": None}, ".A"), At({"A": []}, ".A"), At({"A": {}}, ".A")],
)
VOLUMES = ([*REFS[0], ["a", None]], REFS[1])
TAGS = (REFS[0], [*REFS[1], At([None], "[0]")])
PORTS = (["${{ a }}", [], ["80:80", "${{ a }}:22"]], ["80:80", "", 80, {}, At([80], "[0]"), At(["80"], "[0]"), At(["a:b"], "[0]"), At([None], "[0]")])
MIXINS = ([[], ["a", "${{ 'a' }}", 1]], [None, "a", "", "${{ a }}", {}, 1, At([None], "[0]"), At([["a"]], "[0]")])
NAME = (["a", "a_1", "aB", "_b", "ü", None], ["a-b", "1a", "", "a b", "a\n", 1, True, [], {}])
TEMPLATE_NAME = ([*NAME[0], "${{ a }}", "t_${{ matrix.x }}"], NAME[1])
TITLE = ([*TEXT[:5], None], LISTS)
SECTION = ([None, "", [], {}], ["text", 1, True, False, 0, ["a"]])
ENABLE = (["${{ a }}", "always()", True, False, 0, "no"], [None, "", *LISTS])
PARAMS = (
    [*SECTION[0], {"a": None}, {"a": "x"}, {"a": 1}, {"a": {}}, {"a": {"default": None, "descr": None}}, {"a": {"default": 1, "descr": "x"}}],
    [*SECTION[1], At({"a": []}, ".a"), At({"a": {"x": 1}}, ".a"), At({"a": {"default": []}}, ".a.default"), {"a-b": 1}],
)
ARGS = ([{}, {"a": "x"}, {"a": 1, "on": True}], [None, "", [], "${{ a }}", At({"a": None}, ".a"), At({"a": []}, ".a"), At({"a": {}}, ".a")])
CACHE = (
    [None, {}, {"strategy": "none"}, {"strategy": "default", "life_span": "1d"}, {"strategy": "inherit", "life_span": None}],
    [
        *("", [], 1, False, "default"),
        *(At({"strategy": bad}, ".strategy") for bad in (None, "never", "", "${{ a }}", False)),
        *(At({"life_span": bad}, ".life_span") for bad in ("", "1w", [])),
        {"key": 1},
    ],
)
STRATEGY = (
    [None, {"matrix": None}, {"matrix": {}}, {"matrix": {}, "fail_fast": None, "max_parallel": 2}],
    [{}, {"fail_fast": True}, "", [], 1, "${{ a }}", At({"matrix": []}, ".matrix"), At({"matrix": ""}, ".matrix"), At({"matrix": 1}, ".matrix")],
)
MATRIX = (
    [
        *({"x": None}, {"x": []}, {"x": ["a", 1, 1.5, True, "", "${{ a }}"]}, {"x": "${{ a }}"}),
        *({"x": ["a"], "exclude": []}, {"x": ["a"], "exclude": [{}, {"x": "a"}]}, {"x": ["a"], "include": [{"x": 1}]}),
    ],
    [
        *(At({"x": bad}, ".x") for bad in ("a", "", 1, True, {})),
        *(At({"x": [bad]}, ".x[0]") for bad in (None, [], {})),
        *(At({key: bad}, f".{key}") for key in ("include", "exclude") for bad in (None, "", {}, "${{ a }}", 1)),
        *(At({key: [bad]}, f".{key}[0]") for key in ("include", "exclude") for bad in (None, "a", [])),
        *(At({key: [{"x": bad}]}, f".{key}[0].x") for key in ("include", "exclude") for bad in (None, [], {})),
        *({"a-b": ["a"]}, {"1": ["a"]}),
    ],
)
NEEDS = (
    [None, [], {}, ["a", "${{ matrix.x }}"], {"a": "running", "b_${{ matrix.x }}": "completed"}],
    [
        "",
        "a",
        1,
        True,
        "${{ a }}",
        *(At([bad], "[0]") for bad in (None, 1, "a-b", "", [])),
        *(At({"a": bad}, ".a") for bad in (None, "started", "", 1, [], "${{ a }}")),
        {"a-b": "running"},
    ],
)
UNIT: dict[str, tuple[list[Any], list[Any]]] = {
    **dict.fromkeys(("title", "name", "image", "preset", "entrypoint", "cmd", "bash", "python"), TEXTS),
    **dict.fromkeys(("http_auth", "pass_config"), FLAG),
    **dict.fromkeys(("life_span", "schedule_timeout"), SPAN),
    "http_port": COUNT,
    "workdir": PATH,
    "env": ENV,
    "restart": (["never", "on-failure", "always", "${{ a }}", "on-${{ a }}", None], ["", "no", "Always", "always\n", True, False, 1, *LISTS]),
}
NULLABLE = {"volumes": ([*VOLUMES[0], None], VOLUMES[1]), "tags": ([*TAGS[0], None], TAGS[1])}
# where nothing is ever merged into them, a null list fails as soon as it is read
GIVEN = {"volumes": (VOLUMES[0], [None, *VOLUMES[1]]), "tags": (TAGS[0], [None, *TAGS[1]])}
JOB = {"detach": FLAG, "browse": FLAG, "multi": SWITCH, "port_forward": ([*PORTS[0], None], PORTS[1]), "params": PARAMS, "mixins": MIXINS}
ANYTHING: tuple[list[Any], list[Any]] = ([None, "", "a", 1, True, [], {}, {"a": [1]}], [])
TASK = {"id": TEMPLATE_NAME, "needs": NEEDS, "strategy": STRATEGY, "strategy.matrix": MATRIX, "enable": ENABLE, "cache": CACHE}
DEFAULTS = {key: UNIT[key] for key in ("env", "workdir", "life_span", "preset", "schedule_timeout")} | NULLABLE
BATCH_DEFAULTS = DEFAULTS | {"fail_fast": FLAG, "max_parallel": COUNT, "cache": CACHE}
IMAGE = {
    "ref": GIVEN_TEXT,
    **dict.fromkeys(("context", "dockerfile"), (["a", "${{ a }}", 1, None], LISTS)),
    "build_args": GIVEN["tags"],
    "env": ENV,
    "volumes": GIVEN["volumes"],
    **dict.fromkeys(("build_preset", "extra_kaniko_args"), TEXTS),
    "force_rebuild": FLAG,
}
VOLUME = {"remote": (["storage:a", "${{ a }}"], [None, 1, *LISTS]), "mount": (["/a", "", "${{ a }}"], [None, 1, *LISTS]), "local": PATH, "read_only": FLAG}
IMAGES = (
    [*SECTION[0], {"a": {"ref": "x"}}],
    [*SECTION[1], At({"a": None}, ".a"), At({"a": {}}, ".a"), At({"a": "x"}, ".a"), {"a-b": {"ref": "x"}}, At({"a": {"ref": "x", "tag": 1}}, ".a")],
)
VOLUMES_SECTION = (
    [*SECTION[0], {"a": {"remote": "storage:a", "mount": "/a"}}],
    [
        *SECTION[1],
        At({"a": None}, ".a"),
        At({"a": {"remote": "storage:a"}}, ".a"),
        At({"a": {"mount": "/a"}}, ".a"),
        {"1": {"remote": "storage:a", "mount": "/a"}},
    ],
)
# the engine asks only whether there are any: false and zero pass for none
FALSY = ([None, "", [], {}, False, 0, 0.0], ["text", 1, True, ["a"]])
MIXIN_SECTION = (
    [*FALSY[0], {"a": {}}, {"a": {"mixins": ["b"]}}],
    [*FALSY[1], At({"a": None}, ".a"), At({"a": []}, ".a"), {"a-b": {}}, At({"a": {"cmd": "a", "bash": "b"}}, ".a"), At({"a": {"inherits": ["b"]}}, ".a")],
)
INPUTS = (
    [*SECTION[0], {"a": {}}, {"a": {"descr": None, "default": None, "type": "int"}}, {"a": {"default": "x"}}, {"a": {"type": "float", "default": 1.5}}],
    [
        *SECTION[1],
        At({"a": "x"}, ".a"),
        At({"a": None}, ".a"),
        At({"a": {"type": "string"}}, ".a.type"),
        At({"a": {"type": None}}, ".a.type"),
        At({"a": {"default": []}}, ".a.default"),
        {"a-b": {}},
    ],
)
OUTPUT_BAD = [At({"a": None}, ".a"), At({"a": "x"}, ".a"), At({"a": ["x"]}, ".a"), At({"a": {"x": 1}}, ".a"), {"a-b": {}}]
OUTPUTS = (
    ["", [], {}, {"a": {}}, {"a": {"descr": "x", "value": None}}],
    [None, False, 0, "text", *OUTPUT_BAD, At({"a": {"value": "x"}}, ".a.value"), At({"a": {"value": ""}}, ".a.value")],
)
BATCH_OUTPUTS = (
    [*FALSY[0], {"a": {}}, {"a": {"descr": None, "value": "${{ a }}"}}, {"a": {"value": 1}}],
    [*FALSY[1], *OUTPUT_BAD, At({"a": {"value": []}}, ".a.value")],
)
KIND_BAD = [None, "", "job", 1, [], "${{ a }}"]
