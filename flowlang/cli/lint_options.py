"""The options of `flowlint`, in the order its help shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from flowlang.cli.options import LEVELS, color_option, config_option, engine_options, option, output_option, stack, version_option
from flowlang.reporting import FORMATS


def lint_options() -> Callable[[Any], Any]:
    """All of them as one decorator."""
    return stack(_output(), _selection(), _fixing(), _baseline(), _project(), _general())


def _output() -> Callable[[Any], Any]:
    return stack(
        option("Output", "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How findings are written."),
        output_option(),
        option("Output", "--statistics", is_flag=True, help="Also count the findings of each rule."),
        option("Output", "--quiet", is_flag=True, help="Leave out the summary."),
    )


def _selection() -> Callable[[Any], Any]:
    heading = "Rules"
    return stack(
        option(heading, "--select", multiple=True, metavar="RULES", help="Report these alone: codes, names or prefixes (FL2), comma-separated."),
        option(heading, "--ignore", multiple=True, metavar="RULES", help="Do not report these; the more exact of --select and --ignore wins."),
        option(heading, "--extend-select", multiple=True, metavar="RULES", help="Report these too, preview rules among them."),
        option(heading, "--severity", type=LEVELS, help="Show findings of this level and above; default: info."),
        option(heading, "--fail-on", type=LEVELS, help="Exit with 1 for findings of this level and above, shown or not; default: warning."),
        option(heading, "--explain", metavar="RULE", help="Print the page of a rule and exit."),
        option(heading, "--list-rules", is_flag=True, help="Print all rules and exit."),
    )


def _fixing() -> Callable[[Any], Any]:
    heading = "Fixes"
    return stack(
        option(heading, "--fix", is_flag=True, help="Make the safe fixes, then report what remains; with - print the fixed text."),
        option(heading, "--unsafe-fixes", is_flag=True, help="Make the unsafe fixes too: those that may change what is meant."),
        option(heading, "--diff", is_flag=True, help="Print what --fix would change, change nothing, and exit with 1 if there is anything."),
    )


def _baseline() -> Callable[[Any], Any]:
    heading = "Baseline"
    return stack(
        option(heading, "--baseline", metavar="FILE", help="Report only what FILE does not accept."),
        option(heading, "--write-baseline", metavar="FILE", help="Write a FILE that accepts the findings of today, and report none."),
    )


def _project() -> Callable[[Any], Any]:
    return stack(
        engine_options(),
        config_option(),
        option("Project", "--show-config", is_flag=True, help="Print the settings in force, and where each comes from, and exit."),
        option("Project", "--missing-actions", type=LEVELS, help="What a remote action is that is not at hand; default: info."),
        option("Project", "--stdin-filename", metavar="FILE", help="The name of the file that - reads from standard input."),
    )


def _general() -> Callable[[Any], Any]:
    return stack(
        option("General", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use; the output is the same for every N."),
        option("General", "--shellcheck", is_flag=True, help="Also run shellcheck on bash scripts; its findings are warnings at most."),
        option("General", "--no-cache", is_flag=True, help="Neither read nor write the cache of findings."),
        color_option(),
        version_option("flowlint"),
    )
