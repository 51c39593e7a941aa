"""The rows of the catalogue, one module a family of codes."""

from flowlang.diagnostics.codes import actions, expressions, graph, hygiene, names, platform, security, structure, values, yaml

FAMILIES = (
    yaml.ROWS,
    structure.ROWS,
    names.ROWS,
    expressions.ROWS,
    graph.ROWS,
    values.ROWS,
    actions.ROWS,
    platform.ROWS,
    security.ROWS,
    hygiene.ROWS,
)
