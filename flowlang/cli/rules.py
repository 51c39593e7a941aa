"""`--list-rules` and `--explain`: the catalogue as text and as JSON."""

from __future__ import annotations

from flowlang.cli.program import Wrong
from flowlang.diagnostics import Rule
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.diagnostics.links import rule_url
from flowlang.text import closest, quoted

_EFFECTS = {
    "refused": "the engine refuses it",
    "betrayed": "the engine takes it, then fails, ignores it or does something else",
    "advice": "the engine does not mind",
}
_FIXES = {
    "no": "none",
    "safe": "safe",
    "unsafe": "unsafe: it changes behaviour",
    "sometimes": "safe, where one can be told",
}


def list_rules(form: str) -> str:
    """The catalogue, as one line each or as JSON."""
    if _is_json(form):
        return _json({"version": 1, "rules": [_row(rule) for rule in CATALOGUE]})
    wide = max((len(rule.name) for rule in CATALOGUE), default=0)
    return "".join(f"{rule.code}  {rule.name:<{wide}}  {rule.severity.value:<7}  {rule.effect.value:<8}  {rule.summary}{_remark(rule)}\n" for rule in CATALOGUE)


def explain(key: str, form: str) -> str:
    """The page of one rule, as text or as JSON; `Wrong` when there is no such rule."""
    word = key.strip()
    rule = next((row for row in CATALOGUE if word.upper() == row.code or word.lower() == row.name), None)
    if rule is None:
        near = closest(word, (name for row in CATALOGUE for name in (row.code, row.name)))
        raise Wrong(f"unknown rule {quoted(word)}", f"did you mean '{near}'?" if near else "'flowlint --list-rules' prints them all")
    if _is_json(form):
        return _json({"version": 1, "rule": {**_row(rule), "page": _page(rule)}})
    releases = " ".join(part for part in (f"from {rule.since}" if rule.since else "", f"up to before {rule.until}" if rule.until else "") if part)
    facts = {
        "severity": rule.severity.value,
        "effect": f"{rule.effect.value} ({_EFFECTS[rule.effect.value]})",
        "fix": _FIXES[rule.fixable.value],
        "engine": releases or "all known releases",
        "preview": "yes: it runs only when it is named" if rule.preview else "",
        "page": rule_url(rule),
    }
    lines = [f"{rule.code} {rule.name}", "", rule.summary, "", *(f"{name + ':':<10}{value}" for name, value in facts.items() if value)]
    page = _page(rule)
    return "\n".join([*lines, "", page] if page else lines) + "\n"


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


def _remark(rule: Rule) -> str:
    remarks = [word for word, said in ((f"fix: {rule.fixable.value}", rule.fixable.value != "no"), ("preview", rule.preview)) if said]
    return f" ({', '.join(remarks)})" if remarks else ""


def _is_json(form: str) -> bool:
    if form not in ("text", "concise", "json"):
        raise Wrong(f"rules are not printed as {quoted(form)}", "use --format text or --format json")
    return form == "json"


def _json(value: object) -> str:
    import json

    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
