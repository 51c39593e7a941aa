"""`--list-rules` and `--explain`: the catalogue as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.cli.program import Wrong
from flowlang.diagnostics import Rule
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.diagnostics.families import FAMILIES, family
from flowlang.diagnostics.links import rule_url
from flowlang.reporting import Paint
from flowlang.text import closest, json_text, quoted

_EFFECTS = {
    "refused": "the engine refuses it",
    "betrayed": "the engine takes it, then fails, ignores it or does something else",
    "advice": "the engine does not mind",
}
_FIXES = {
    "no": "none",
    "safe": "safe",
    "unsafe": "unsafe: it may change what is meant",
    "sometimes": "safe, in some cases",
}


def list_rules(form: str, paint: Paint) -> str:
    """The catalogue: a line for each rule, under the headings of the families or (``concise``) without them, or as JSON."""
    if _is_json(form):
        return _json({"version": 1, "rules": [_row(rule) for rule in CATALOGUE]})
    lines = dict(zip(CATALOGUE, _lines(paint), strict=True))
    if form == "concise":
        return "".join(lines.values())
    families = {each: [line for rule, line in lines.items() if family(rule) is each] for each in FAMILIES}
    return "\n".join("".join((paint(f"{each.prefix}  {each.title}", "message"), "\n", *rows)) for each, rows in families.items() if rows)


def _lines(paint: Paint) -> Iterator[str]:
    wide = max(len(rule.name) for rule in CATALOGUE)
    return (_line(rule, wide, paint) for rule in CATALOGUE)


def _line(rule: Rule, wide: int, paint: Paint) -> str:
    severity = rule.severity.value
    fix = "" if rule.fixable.value == "no" else f"fix: {rule.fixable.value}"
    notes = ", ".join(filter(None, (rule.effect.value, fix, "preview" if rule.preview else "")))
    return f"{rule.code}  {rule.name:<{wide}}  {paint(f'{severity:<7}', severity)}  {rule.summary} ({notes})\n"


def explain(key: str, form: str, paint: Paint) -> str:
    """The page of one rule, as text or as JSON; `Wrong` when there is no such rule."""
    from flowlang.reporting.markdown import plain

    word = key.strip()
    rule = next((row for row in CATALOGUE if word.upper() == row.code or word.lower() == row.name), None)
    if rule is None:
        near = closest(word, (name for row in CATALOGUE for name in (row.code, row.name)))
        raise Wrong(f"unknown rule {quoted(word)}", f"did you mean '{near}'?" if near else "'flowlint --list-rules' prints them all")
    if _is_json(form):
        return _json({"version": 1, "rule": {**_row(rule), "page": _page(rule)}})
    told = {**facts(rule), "page": rule_url(rule)}
    lines = [paint(f"{rule.code} {rule.name}", "message"), "", rule.summary, "", *(f"{name + ':':<10}{value}" for name, value in told.items() if value)]
    page = _page(rule)
    return "\n".join([*lines, "", plain(page, lambda text: paint(text, "message"))] if page else lines) + "\n"


def facts(rule: Rule) -> dict[str, str]:
    """What the catalogue says of a rule, in words; what is as for most rules is left out."""
    releases = " ".join(part for part in (f"from {rule.since}" if rule.since else "", f"up to before {rule.until}" if rule.until else "") if part)
    told = {
        "severity": rule.severity.value,
        "effect": f"{rule.effect.value} ({_EFFECTS[rule.effect.value]})",
        "fix": _FIXES[rule.fixable.value],
        "engine": releases,
        "preview": f"runs only when it is named, as in '--extend-select {rule.name}'" if rule.preview else "",
    }
    return {name: value for name, value in told.items() if value}


def _page(rule: Rule) -> str | None:
    """The rule's page as Markdown; None while it has none."""
    from flowlang.rules import all_pages

    pages = all_pages()
    return pages[rule.name].page() if rule.name in pages else None


def _row(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "effect": rule.effect.value,
        "fixable": rule.fixable.value,
        "since": rule.since,
        "until": rule.until,
        "preview": rule.preview,
        "summary": rule.summary,
        "url": rule_url(rule),
    }


def _is_json(form: str) -> bool:
    if form not in ("text", "concise", "json"):
        raise Wrong(f"rules are not printed as {quoted(form)}", "use --format text, concise or json")
    return form == "json"


def _json(value: object) -> str:
    return json_text(value) + "\n"
