"""The matrix of a task."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MatrixTooLarge(RulePage):
    """
    ## What it does

    Finds a matrix of more than 256 rows.

    ## Why

    Every row is a task, and the engine takes 256 at most. The product of a few
    harmless lists is soon beyond that.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.seed }}_${{ matrix.fold }}
      image: ubuntu
      strategy:
        matrix:
          seed: ${{ range(100) }}
          fold: [1, 2, 3]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      max_parallel: 40
    tasks:
    - id: train_${{ matrix.seed }}_${{ matrix.fold }}
      image: ubuntu
      strategy:
        matrix:
          seed: ${{ range(80) }}
          fold: [1, 2, 3]
    ```

    ## Fix

    None: make the lists shorter, or split the task.
    """

    name = "matrix-too-large"


class MatrixExcludeUnknownKey(RulePage):
    """
    ## What it does

    Finds a key in an entry of `exclude` that the matrix does not have.

    ## Why

    The engine looks the key up in every row and fails with a bare `KeyError` that
    tells no place.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          exclude:
          - model: large
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          exclude:
          - size: large
    ```

    ## Fix

    None: correct the key.
    """

    name = "matrix-exclude-unknown-key"


class MatrixIncludeKeys(RulePage):
    """
    ## What it does

    Finds an entry of `include` that has not exactly the keys of the matrix, and a
    matrix of `include` alone.

    ## Why

    An entry is one more row, so it gives a value for every key and for no other. The
    engine refuses the flow otherwise; a matrix made of `include` alone, as GitHub has
    it, is not possible.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          include:
          - size: huge
            preset: gpu-large
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          include:
          - size: huge
    ```

    ## Fix

    None: give the entry the keys of the matrix.
    """

    name = "matrix-include-keys"


class MatrixNotKnown(RulePage):
    """
    ## What it does

    Points out a matrix that depends on what is only known when the flow is run, such
    as a param without a default.

    ## Why

    Without the rows nobody knows which tasks there are: they and what needs them are
    not checked and not compiled.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    params:
      sizes:
        descr: The sizes to train, as a JSON list
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: ${{ from_json(params.sizes) }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    params:
      sizes:
        default: '["small", "large"]'
        descr: The sizes to train, as a JSON list
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: ${{ from_json(params.sizes) }}
    ```

    ## Fix

    None: give the param a default, or a value with `--param`.
    """

    name = "matrix-not-known"


class GitInBatchEager(RulePage):
    """
    ## What it does

    Finds `git` in the parts of a batch flow that are read at once: `defaults`,
    `images`, `volumes`, `strategy` and the matrix of tasks.

    ## Why

    The documentation says that `git` is available everywhere. When these parts are
    read the engine has not asked git yet, and refuses the flow with "Git info is not
    available", in a repository too. In the attributes of tasks it is there.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      env:
        COMMIT: ${{ git.sha }}
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      env:
        COMMIT: ${{ git.sha }}
    ```

    ## Fix

    None: use `git` in the tasks.
    """

    name = "git-in-batch-eager"


class ListExprType(RulePage):
    """
    ## What it does

    Finds an expression that gives a text or a mapping where a list is expected: for a matrix, for
    `volumes`, for `tags`.

    ## Why

    The engine takes it item by item: a text character by character, a mapping by its keys. A matrix
    over `'1,2'` has the three rows `1`, `,` and `2`. Params are always texts: write
    `from_json(params.sizes)` where one holds a list. For volumes and tags this is an error, as a job
    does not start with the volume `s`; ports are refused at once.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      data:
        remote: storage:data
        mount: /data
    tasks:
    - image: ubuntu
      volumes: ${{ volumes.data.ref }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      data:
        remote: storage:data
        mount: /data
    tasks:
    - image: ubuntu
      volumes: ["${{ volumes.data.ref }}"]
    ```

    ## Fix

    Unsafe: a text is put in brackets, but for a matrix. None for the rest: make a list of it, with
    `from_json()`, `keys()` or `values()`.
    """

    name = "list-expr-type"
