"""Files that are not valid YAML."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class YamlSyntax(RulePage):
    """
    ## What it does

    Finds the place where a file stops being valid YAML: a quote or bracket that is never closed, a
    key without its colon, an indentation that fits no line above, a `: ` inside an unquoted value.

    ## Why

    Nothing can be said about a file behind such a place, so it is the only finding there. The engine
    reads YAML with PyYAML, version 1.1 of the language; what PyYAML takes is taken here, and what it
    refuses is refused.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      hello:
        image: ubuntu
        cmd: echo "note: this is no key"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      hello:
        image: ubuntu
        cmd: 'echo "note: this is no key"'
    ```

    ## Fix

    Safe where the author's meaning is certain: quotes around a value that holds `: ` or begins with a
    reserved character, the missing space after a key's colon, a doubled backslash.
    """

    name = "yaml-syntax"


class TabIndent(RulePage):
    """
    ## What it does

    Finds tabs where YAML allows only spaces: in the indentation, between a key and its value, at the
    end of a line.

    ## Why

    The engine refuses the file. Inside quotes, in comments and within the lines of a block text
    (`bash: |`) tabs are fine.

    ## Bad

    Tabs shown as arrows:

    ```text
    kind: live
    jobs:
    →shell:
    →→image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
    ```

    ## Fix

    Two spaces for each tab of the indentation; safe in a file that is indented with tabs alone. A tab
    between a key and its value becomes one space, a tab at the end of a line goes.
    """

    name = "tab-indent"


class SpecialCharacter(RulePage):
    """
    ## What it does

    Finds characters that YAML does not allow anywhere in a file: control characters other than tab
    and line breaks, and a few code points that are no characters.

    ## Why

    The engine refuses the whole file. They come in with text that is pasted from a terminal, and
    most editors do not show them.

    ## Bad

    A title with the character U+0007 in it, which no text can show.

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    title: "a bell: \\x07"
    jobs:
      shell:
        image: ubuntu
    ```

    ## Fix

    None: delete the character, or write it as an escape in double quotes.
    """

    name = "special-character"


class MultipleDocuments(RulePage):
    """
    ## What it does

    Finds a second YAML document in a file, that is a line `---` behind the first key.

    ## Why

    A config is one document; the engine refuses a file with two.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
    ---
    kind: live
    jobs:
      other:
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
      other:
        image: ubuntu
    ```

    ## Fix

    None: move the second document to a file of its own, or its keys into the first.
    """

    name = "multiple-documents"


class TooDeep(RulePage):
    """
    ## What it does

    Finds values that are nested more than 200 levels deep, and aliases that hold aliases that hold
    aliases, so that a few lines stand for more than 100 000 values.

    ## Why

    No config needs a tenth of it, and the readers of such a file run out of stack or memory.

    ## Bad

    More than two hundred opening brackets in a row, which would fill this page.

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
        tags: [one, two]
    ```

    ## Fix

    None: look for a bracket too many, or write the values out.
    """

    name = "too-deep"
