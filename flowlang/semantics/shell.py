"""What a shell script shows of itself without being run: the commands it calls, the variables it sets."""

from __future__ import annotations

import re

from flowlang.patterns import pattern

_SEPARATOR = pattern(r"\n|&&|\|\|?|[;&(){}`]|\$\(|\b(?:if|then|else|elif|do|while|until|!)\b")
_ASSIGNMENT = pattern(r"\A(?:\w+=(?:\"[^\"]*\"|'[^']*'|[^\s;&|]*)\s*)*")
_COMMENT = pattern(r"(?m)(?:^|\s)#.*$")
# Commands whose output is what they were told, or nothing: none of them prints commands of the engine by itself.
_QUIET = frozenset(
    (
        *("echo", "printf", "cd", "pwd", "date", "sleep", "true", "false", ":", "test", "[", "[[", "exit", "return", "wait", "trap", "shift"),
        *("mkdir", "rmdir", "rm", "cp", "mv", "ln", "ls", "touch", "chmod", "basename", "dirname", "umask"),
        *("set", "unset", "export", "local", "declare", "readonly", "read", "for", "in", "case", "esac", "fi", "done"),
    )
)
# Variables that a shell or the platform sets, by name or by how they begin.
_GIVEN = pattern(
    r"[0-9@*#?!$-]+|HOME|PATH|USER|HOSTNAME|PWD|OLDPWD|SHELL|TERM|LANG|RANDOM|SECONDS|LINENO|IFS|E?UID|PPID"
    r"|(?:BASH|LC|NEURO|APOLO|CUDA|NVIDIA|PYTHON)_?\w*"
)
# What sets variables in other ways than `NAME=`: by name, or any.
_SETTERS = r"\b(?:read|for|mapfile|readarray|getopts|printf[ \t]+-v)\b[^\n]*\b{name}\b"
_SETS_ANY = pattern(r"(?m)^[ \t]*(?:source|\.|eval)[ \t]")


def runs_quiet_commands_alone(script: str) -> bool:
    """Whether a shell script calls nothing but commands that print what the script itself says."""
    for piece in _SEPARATOR.split(_COMMENT.sub("", script)):
        words = _ASSIGNMENT.sub("", piece.strip(), count=1).split(None, 1)
        word = words[0] if words else ""
        if word and word not in _QUIET:
            return False
    return True


def is_given(variable: str) -> bool:
    """Whether a variable is one that the shell or the platform sets."""
    return _GIVEN.fullmatch(variable) is not None


def assigned(script: str, variable: str) -> list[str] | None:
    """What a script assigns to a variable, as it stands there; None where it is set in another way, or may be."""
    name = re.escape(variable)
    if _SETS_ANY.search(script) or re.search(_SETTERS.format(name=name), script):
        return None
    return [found[1].strip() for found in re.finditer(rf"(?m)(?:^|[\s;&|(]){name}=([^\n;]*)", script)]
