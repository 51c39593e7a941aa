"""Secrets in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from flowlang.diagnostics import Diagnostic
from flowlang.model import Block, Item, Leaf, ListItem, MapItem
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.command_lines import constant_text
from flowlang.text import Span, quoted

# Tokens whose form alone says what they are: what they are called, and the form (published by the services).
_SHAPES = (
    ("an AWS access key", r"(?:AKIA|ASIA)[A-Z0-9]{16}"),
    ("a GitHub token", r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}"),
    ("a GitLab token", r"glpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"xox[abeprs]-[A-Za-z0-9-]{10,}"),
    ("a Slack webhook", r"hooks\.slack\.com/services/[A-Z0-9]{6,}/[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"),
    ("a Google API key", r"AIza[A-Za-z0-9_-]{35}"),
    ("an Anthropic key", r"sk-ant-[A-Za-z0-9_-]{20,}"),
    ("an OpenAI key", r"sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{32,}"),
    ("a Hugging Face token", r"hf_[A-Za-z0-9]{30,}"),
    ("a Stripe key", r"[rs]k_live_[A-Za-z0-9]{16,}"),
    ("an npm token", r"npm_[A-Za-z0-9]{36}"),
    ("a PyPI token", r"pypi-[A-Za-z0-9_-]{50,}"),
    ("a Docker Hub token", r"dckr_pat_[A-Za-z0-9_-]{20,}"),
    ("a DigitalOcean token", r"do[opr]_v1_[a-f0-9]{64}"),
    ("a Databricks token", r"dapi[a-f0-9]{32}"),
    ("a SendGrid key", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("a Telegram bot's token", r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    ("a signed web token", r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
)
# Pieces of which each of these secrets has one, so that most files are not searched for them.
_MARKS = (
    *("AKIA", "ASIA", "AIza", "eyJ", "sk-", "k_live_", "hf_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox"),
    *("hooks.slack", "npm_", "pypi-", "dckr_pat_", "_v1_", "dapi", "SG.", ":AA", "PRIVATE KEY"),
)
_PRIVATE_KEY = pattern(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_IN_URL = pattern(r"[a-z][a-z0-9+.-]*://[^\s:/@'\"$]+:(?P<secret>[^\s/@'\"$]+)@")

_WORDS = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_ALWAYS_SECRET = frozenset({"password", "passwd", "pwd", "passphrase", "secret"})
_NAME = pattern(r"(?i)passw|passphrase|pwd|secret|token|key")
# Words that also name harmless things, such as the tokens of a language model: the value must look the part.
_MAYBE_SECRET = frozenset({"token", "apikey"})
_SECRET_KEYS = frozenset({"api", "access", "account", "auth", "encryption", "master", "private", "secret", "signing"})
_ASSIGNED = pattern(r"""(?:^|[\s;&|('"])(?:--)?(?P<name>[A-Za-z][\w.-]*)=(?P<quote>["']?)(?P<value>[^\s"'$`;&|()]+)(?P=quote)(?=[\s;&|)]|$)""", re.M)
_OPTION = pattern(r"""(?:^|\s)--(?P<name>[A-Za-z][\w.-]*)[ ]+(?P<quote>["']?)(?P<value>[^\s"'$`;&|()-][^\s"'$`;&|()]*)(?P=quote)(?=[\s;&|)]|$)""", re.M)
_PLACEHOLDER = pattern(
    r"(?i)x+|\*+|\.+|-+|_+|<.*>|\[.*\]|\{.*\}|%.*%|(?:your|my|some|the|enter|insert|put|set|fill|replace|change)[-_ ]?(?:me\b|.*[-_ ].*)"
    r"|change-?me|to-?do|tbd|none|null|nil|true|false|yes|no|on|off|empty|dummy|examples?|placeholder|redacted|secret-name"
)
# Not secrets: names of the platform's own secrets, files, and variables that are set elsewhere.
_ELSEWHERE = ("secret:", "/", "./", "../", "~", "$", "http://", "https://", "storage:")
_MASKED_EXAMPLE = "EXAMPLE"
# Attributes whose text is for people: URLs there are examples.
_PROSE = frozenset({"descr", "title", "author"})


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    """Any of the shapes, its number the name of the group; compiled when a file may hold one."""
    return re.compile("|".join(rf"(?P<s{number}>(?<![A-Za-z0-9_])(?:{form})(?![A-Za-z0-9]))" for number, (_, form) in enumerate(_SHAPES)))


class PlainSecret(CheckedRule):
    """
    ## What it does

    Finds secrets in plain text: tokens of well-known services, private keys, passwords in URLs, and
    values of variables, arguments and params whose names say that they are secrets.

    ## Why

    Whoever can read the repository has them, also after they are deleted, for its history keeps them.
    They show in the job's description on the platform as well. The platform keeps secrets and gives
    them to a job under a variable, without their value standing anywhere.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          DB_PASSWORD: hunter2
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          DB_PASSWORD: secret:db-password
    ```

    ## Fix

    None: make a new secret, store it with `apolo secret add`, and name it as `secret:NAME`.
    """

    name = "plain-secret"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every secret, once."""
        told: set[tuple[int, int]] = set()
        text = file.config.source.text
        searches = [_tokens] if any(mark in text for mark in _MARKS) else []
        searches += [_in_urls] if "://" in text and "@" in text else []
        for leaf in file.leaves if searches else ():
            if isinstance(leaf.value, str) and not leaf.template.refused:
                for what, span in (found for search in searches for found in search(leaf)):
                    told.add((span.start, span.end))
                    yield cls._told(leaf, span, f"{what} stands here in plain text")
        for name, leaf in _named(file.config.block):
            inside = any(leaf.span.start <= start and end <= leaf.span.end for start, end in told)
            if not inside and _is_secret(name, leaf):
                yield cls._told(leaf, leaf.span, f"the value of {quoted(name)} stands here in plain text")
        for leaf in file.leaves if _NAME.search(text) is not None else ():
            if leaf.notes.type in ("bash", "python") or _key(leaf) == "cmd" or leaf.key is None:
                for name, span in _assigned(leaf):
                    if not any(span.start < end and start < span.end for start, end in told):
                        yield cls._told(leaf, span, f"the value of {quoted(name)} stands here in plain text")

    @classmethod
    def _told(cls, leaf: Leaf, span: Span, message: str) -> Diagnostic:
        # the secret itself is nowhere in the words: they end up in logs
        help = "replace it by a new one, stored with 'apolo secret add NAME', and read it from a variable: 'VARIABLE: secret:NAME' in 'env'"
        return Diagnostic(cls.row(), leaf.source, span, message, help=help)


def _key(leaf: Leaf) -> str:
    return str(getattr(leaf.key, "value", ""))


def _tokens(leaf: Leaf) -> Iterator[tuple[str, Span]]:
    """What has the form of a secret by itself."""
    text = constant_text(leaf.template) if leaf.may_hold_expressions else str(leaf.value)
    for found in _token().finditer(text):
        if _MASKED_EXAMPLE not in found[0]:
            yield _SHAPES[int(str(found.lastgroup)[1:])][0], leaf.place(found.start(), found.end())
    for found in _PRIVATE_KEY.finditer(text):
        yield "a private key", leaf.place(found.start(), found.end())


def _in_urls(leaf: Leaf) -> Iterator[tuple[str, Span]]:
    """Passwords in URLs."""
    if _key(leaf) in _PROSE or "://" not in str(leaf.value):
        return
    text = constant_text(leaf.template) if leaf.may_hold_expressions else str(leaf.value)
    for found in _IN_URL.finditer(text):
        start, end = found.span("secret")
        if not _is_computed(leaf, start, end) and not _PLACEHOLDER.fullmatch(found["secret"]):
            yield "a password", leaf.place(start, end)


def _is_computed(leaf: Leaf, start: int, end: int) -> bool:
    """Whether an expression gives the characters from `start` to `end`, or some of them."""
    return leaf.may_hold_expressions and any(part.start < end and start < part.end for part in leaf.template.expressions)


def _named(item: Item | None) -> Iterator[tuple[str, Leaf]]:
    """Values with the names that the user gave them: variables, arguments, params and inputs with a default."""
    if isinstance(item, MapItem):
        for key, child in item.entries.items():
            leaf = child.leaf("default") if isinstance(child, Block) else child
            if isinstance(key, str) and isinstance(leaf, Leaf):
                yield key, leaf
            yield from _named(child)
    elif isinstance(item, Block):
        for child in item.fields.values():
            yield from _named(child)
    elif isinstance(item, ListItem):
        for child in item.items:
            yield from _named(child)


def _is_secret(name: str, leaf: Leaf) -> bool:
    """Whether the constant under a name is a secret."""
    value = leaf.value
    if isinstance(value, bool) or not isinstance(value, str | int | float) or (leaf.may_hold_expressions and not leaf.template.is_text):
        return False
    return _is_secret_text(name, str(value).strip())


def _is_secret_text(name: str, text: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    if len(text) < 3 or not words or text.startswith(_ELSEWHERE) or _PLACEHOLDER.fullmatch(text):
        return False
    if words[-1] in _ALWAYS_SECRET:
        return " " not in text
    is_key = words[-1] in _MAYBE_SECRET or (len(words) > 1 and words[-1] == "key" and words[-2] in _SECRET_KEYS)
    return is_key and len(text) >= 8 and " " not in text and any(char.isdigit() for char in text) and any(char.isalpha() for char in text)


def _assigned(leaf: Leaf) -> Iterator[tuple[str, Span]]:
    """Constants that a script or command line gives to a variable or an option with the name of a secret."""
    if not isinstance(leaf.value, str) or leaf.template.refused:
        return
    text = constant_text(leaf.template)
    for form in (_ASSIGNED, _OPTION):
        for found in form.finditer(text):
            start, end = found.span("value")
            if not _is_computed(leaf, start, end) and _is_secret_text(found["name"], found["value"]):
                yield found["name"], leaf.place(start, end)
