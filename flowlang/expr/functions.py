"""The functions of the language, as data.

Source of every row: engine 26.7 (its table of functions), the words after its documentation where
the two agree.
"""

from __future__ import annotations

from flowlang.expr.types import ANY, BOOL, INT, MAP, MARK, NONE, RECORD, SEQUENCE, SIZED, STR, TEXT, Type, list_of
from flowlang.light import NamedTuple

INFINITE = 1 << 30
"""The most arguments of a function that takes any number."""


class Parameter(NamedTuple):
    """One parameter: its name and the type that the engine insists on."""

    name: str
    type: Type = ANY
    optional: bool = False


class Function(NamedTuple):
    """A function: what it takes, what it gives, and one line about it.

    `more` is the type of any number of arguments after the named ones; None: there are none.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Type
    doc: str
    more: Parameter | None = None

    @property
    def least(self) -> int:
        """The fewest arguments it takes."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most(self) -> int:
        """The most arguments it takes."""
        return INFINITE if self.more else len(self.parameters)

    @property
    def signature(self) -> str:
        """How it is called: ``range(start, [stop], [step])``."""
        return f"{self.name}({', '.join(self.shown)})"

    @property
    def shown(self) -> list[str]:
        """Its parameters as the signature shows them."""
        names = [f"[{parameter.name}]" if parameter.optional else parameter.name for parameter in self.parameters]
        return [*names, f"{self.more.name}, …"] if self.more else names


def _p(name: str, type: Type = ANY, *, optional: bool = False) -> Parameter:
    return Parameter(name, type, optional)


_STATUS_DOC = "of the tasks in 'needs', or of the given ones"

_ROWS = (
    Function("always", (), MARK, "as 'enable': run the task even after a failure", more=_p("need")),
    Function("failure", (), BOOL, f"whether any {_STATUS_DOC} failed", more=_p("need", TEXT)),
    Function("fmt", (_p("spec", TEXT),), STR, "the text with each '{}' replaced by the next argument", more=_p("value")),
    Function("from_json", (_p("text", TEXT),), ANY, "the value that a JSON text describes"),
    Function("hash_files", (), STR, "SHA-256 of the files of the workspace that match the patterns", more=_p("pattern", STR)),
    Function("hash_files_relative", (_p("root"),), STR, "SHA-256 of the files below a path that match the patterns", more=_p("pattern", STR)),
    Function("inspect_job", (_p("job", TEXT), _p("suffix", TEXT | NONE, optional=True)), RECORD, "the description of a running job"),
    Function("int", (_p("value", TEXT | INT | Type.of("float", "bool")),), INT, "a text or number as a whole number"),
    Function("join", (_p("separator", TEXT), _p("items", SEQUENCE), _p("convert", BOOL, optional=True)), STR, "the texts of a list, with a separator between"),
    Function("keys", (_p("mapping", MAP),), list_of(ANY), "the keys of a mapping"),
    Function("len", (_p("value", SIZED),), INT, "the length of a text, list or mapping"),
    Function("lower", (_p("text", TEXT),), STR, "the text in lower case"),
    Function("nothing", (), NONE, "None"),
    Function("parse_volume", (_p("reference", TEXT),), RECORD, "the volume that a reference 'storage:PATH:MOUNT[:ro|:rw]' describes"),
    Function("range", (_p("start", Type.of("int", "bool")), _p("stop", optional=True), _p("step", optional=True)), list_of(INT), "a list of whole numbers"),
    Function("replace", (_p("text", TEXT), _p("old", TEXT), _p("new", TEXT)), STR, "the text with every 'old' replaced by 'new'"),
    Function("str", (_p("value"),), STR, "the value as text"),
    Function("success", (), BOOL, f"whether all {_STATUS_DOC} succeeded", more=_p("need", TEXT)),
    Function("to_json", (_p("value"),), STR, "the value as JSON"),
    Function("upload", (_p("volume", RECORD),), RECORD, "the volume, after its local folder was copied to the platform"),
    Function("upper", (_p("text", TEXT),), STR, "the text in upper case"),
    Function("values", (_p("mapping", MAP),), list_of(ANY), "the values of a mapping"),
)

FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}
"""All functions by name."""

LOOKS_AT: dict[str, str] = {"always": "needs", "failure": "needs", "hash_files": "flow", "hash_files_relative": "flow", "success": "needs"}
"""The context that a function looks at beside its arguments (engine 26.7: expr); those that are not here look at none."""

REMOVED: dict[str, str] = {"parse_json": "from_json"}
"""Functions that the documentation names and the engine has not (any more), and what to write."""
