"""Contexts and dockerfiles of images that are built."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ImageMissingDockerfile(RulePage):
    """
    ## What it does

    Finds an image with a `context` and no `dockerfile`, or the other way round.

    ## Why

    The engine refuses every flow that has the image, used or not. The documentation
    calls `dockerfile` optional, `Dockerfile` by default; in fact it has no default.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: docker
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: docker
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    Safe: the `Dockerfile` in the context is added, or the folder of the dockerfile
    as the context.
    """

    name = "image-missing-dockerfile"


class DockerfileOutsideContext(RulePage):
    """
    ## What it does

    Finds a `dockerfile` of an image that does not lie in its `context`.

    ## Why

    Both paths start at the root of the workspace. A `dockerfile: Dockerfile` beside
    `context: docker` is the one in the root, not the one in `docker`, and the
    engine refuses every flow that has the image.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: docker
        dockerfile: Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: docker
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    Safe, where the file is there under the context's path: the path is put in
    front. Else none.
    """

    name = "dockerfile-outside-context"


class MixedImageContext(RulePage):
    """
    ## What it does

    Finds an image whose `context` is on the platform's storage and whose
    `dockerfile` is local, or the other way round.

    ## Why

    The builder gets one folder with all it needs. The engine refuses every flow
    that has the image.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: storage:builds/train
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: storage:builds/train
        dockerfile: storage:builds/train/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    None: put both in one place.
    """

    name = "mixed-image-context"


class LocalPathLooksRemote(RulePage):
    """
    ## What it does

    Finds a local `context` or `dockerfile` of an image that starts with `storage`,
    such as a folder `storage_app`.

    ## Why

    Whatever starts with these letters is taken for a URI `storage:…`. The engine
    then misses the colon and refuses every flow that has the image, with the words
    "URI Scheme not specified. Please specify one of .".

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      app:
        ref: image:app:v1
        context: storage_app
        dockerfile: ./storage_app/Dockerfile
    jobs:
      app:
        image: ${{ images.app.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      app:
        ref: image:app:v1
        context: ./storage_app
        dockerfile: ./storage_app/Dockerfile
    jobs:
      app:
        image: ${{ images.app.ref }}
    ```

    ## Fix

    Safe: `./` is put in front.
    """

    name = "local-path-looks-remote"
