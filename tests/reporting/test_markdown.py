from __future__ import annotations

from flowlang.reporting.markdown import plain


def test_a_page() -> None:
    page = """\
## What it does

Runs [shellcheck](https://example.org/sh) on `bash`.

## Bad

```yaml .neuro/live.yml
kind: live

## no heading: [a](https://b)
```
"""
    assert (
        plain(page, str.upper)
        == """\
WHAT IT DOES

Runs shellcheck (https://example.org/sh) on `bash`.

BAD

    # .neuro/live.yml
    kind: live

    ## no heading: [a](https://b)
"""
    )
