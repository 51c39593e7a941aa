"""Numbers and time spans."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BadNumber(RulePage):
    """
    ## What it does

    Finds a text that is no number where one is expected, such as in `http_port`,
    and an expression that gives one.

    ## Why

    The engine refuses the file, or the job when it is started.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        http_port: 8888/tcp
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        http_port: 8888
    ```

    ## Fix

    None: write the number.
    """

    name = "bad-number"


class BadTimedelta(RulePage):
    """
    ## What it does

    Finds a text that is no time span where one is expected: `life_span`,
    `schedule_timeout`.

    ## Why

    A time span is a number of seconds, or days, hours, minutes and seconds in this
    order, without blanks: `1d2h3m4s`, `90m`. Anything else is refused, other ways
    to say the same too: `6h1d`, `1h 30m`, `1.5h`, `1w`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: 6h1d
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: 1d6h
    ```

    ## Fix

    Safe, where the text says clearly how long it is: the same time, written as the
    engine takes it.
    """

    name = "bad-timedelta"
