"""Jobs without an image, and images that are defined twice."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MissingImage(RulePage):
    """
    ## What it does

    Finds a job that gets no image, neither from itself nor from a mixin.

    ## Why

    The job cannot be started. The defaults of a flow know no image, so it cannot
    come from there.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        cmd: python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        image: python:3.12
        cmd: python train.py
    ```

    ## Fix

    None: only you know the image.
    """

    name = "missing-image"


class DuplicateImageRef(RulePage):
    """
    ## What it does

    Finds, in a batch flow with its actions, two images of one `ref` that are built
    from different contexts or dockerfiles.

    ## Why

    One would be built over the other, so the engine refuses the run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    images:
      train:
        ref: image:train:v1
        context: train
        dockerfile: train/Dockerfile
      score:
        ref: image:train:v1
        context: score
        dockerfile: score/Dockerfile
    tasks:
    - id: train
      image: ${{ images.train.ref }}
    - id: score
      image: ${{ images.score.ref }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    images:
      train:
        ref: image:train:v1
        context: train
        dockerfile: train/Dockerfile
      score:
        ref: image:score:v1
        context: score
        dockerfile: score/Dockerfile
    tasks:
    - id: train
      image: ${{ images.train.ref }}
    - id: score
      image: ${{ images.score.ref }}
    ```

    ## Fix

    None: give each image a reference of its own.
    """

    name = "duplicate-image-ref"
