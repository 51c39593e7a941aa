"""Values for attributes by type, most of them good ones, some at the edge."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.conformance.workspace_expressions import ODD, Expressions, Sight
from tests.conformance.workspace_yaml import Raw, Tree

WORDS = (
    *("ubuntu", "a b", "x: y", "it's", 'say "hi"', "one\ntwo\n", "tab\there", "ünï", "", " lead", "trailing ", "#no", "$HOME", "{{ x }}", "100%", "a, b"),
    *("[x", "python train.py --lr 0.1", "two\n\n  indented\nlines", "end }}", "]]", "-", "?", "null", "true", "12:30", "1.0", "a\\nb", "❤ utf", "$(( 1 ))"),
)
IDS = ("a", "b_1", "train", "Data", "x9", "ünï", "job_two", "_priv", "True1", "or", "zz", "in", "eval_", "None_", "id")
NAMES = ("A", "PATH", "lower", "K_2", "_X", "or", "E0", "with-dash", "x.y", "1")
IMAGES = (
    "image:a:v1",
    "image:/other/a:v1",
    "image://default/test-project/a",
    "image://other/p/a:v2",
    "ubuntu:20.04",
    "ghcr.io/x/y",
    "image:a",
    "image:sub/a:v1",
    "3.10",
)
URIS = (
    *("storage:a", "storage:a/b/", "storage:/P/a", "storage://default/test-project/a", "storage://default/other/x", "storage://else/where/x", "storage:"),
    *("disk:d", "secret:k", "s3://b/x", "storage:a b", "storage:a/../b", "storage://default/test-project", "STORAGE:a", "storage:ü", "storage:a%20b", "blob:b"),
)
PATHS = ("/mnt", "/a//b/./c/", "rel/x", "/a/../b", "/ü x", "/mnt/", ".", "//two")
LOCALS = ("data", "./data", "data/", "../up", "/abs/x", "a//b", ".", "ünï")
MOUNTS = ("storage:a:/a", "storage:/p/b:/b:ro", "secret:k:/k", "disk:d:/d:rw", "storage:${{ flow.flow_id }}:/f:ro")
SPANS: tuple[Tree, ...] = (
    "1d",
    "4m",
    "1d2h3m4s",
    "2h30s",
    "3600",
    "1e3",
    "-5",
    ".5",
    0,
    60,
    1.5,
    True,
    Raw("1:30:00"),
    Raw("1_000"),
    Raw("1e3"),
    "inf",
    "nan",
    " 5 ",
    "0s",
)
INTS: tuple[Tree, ...] = (0, 80, 8080, 2.5, True, False, "80", " 8_0 ", -1, Raw("0x50"), Raw("010"), Raw("1:30"), Raw("1_0"))
TRUTHS: tuple[Tree, ...] = (True, False, True, False, 0, 1, 2.5, "no", "false", " ", Raw("yes"), Raw("off"), Raw("2001-12-14"))
PORTS = ("2222:22", "80:80", "0:0", "6379:6379")
BAD: tuple[Tree, ...] = ("", "text", None, [], {}, ["a"], {"a": "b"}, "${{ nope }}", "${{ 1 +1 }}", "${{ flow.nope }}", "${{ None }}", 7, "1w", "a-b", True)


class Values:
    """Makes values; `rough` is the chance that one is wrong."""

    def __init__(self, random: Random, rough: float = 0.004) -> None:
        self.random = random
        self.expressions = Expressions(random)
        self._rough = rough

    def chance(self, of: float) -> bool:
        """True with the given probability."""
        return self.random.random() < of

    def some(self, names: tuple[str, ...], most: int) -> tuple[str, ...]:
        """A few different ones of these."""
        return tuple(self.random.sample(names, self.random.randint(0, min(most, len(names)))))

    def _one(self, *makers: Callable[[], Tree]) -> Tree:
        if self.chance(self._rough):
            return self.random.choice(BAD)
        return self.random.choice(makers)()

    def _whole(self, expression: str) -> str:
        return self.expressions.template(expression)

    def text(self, sight: Sight | None, plain: tuple[str, ...] = WORDS, *, null: bool = True) -> Tree:
        """A value for an attribute that is a text; `sight` is None where no expressions are taken."""
        random, write = self.random, self.expressions
        makers: list[Callable[[], Tree]] = [lambda: random.choice(plain)] * 4 + [lambda: random.choice(ODD)]
        if null and self.chance(0.1):
            makers.append(lambda: None)
        if sight is not None:
            makers += [lambda: self._whole(write.text(sight))] * 3 + [lambda: write.mixed(sight, random.choice(("", "p-", "a b ")))] * 2
            makers.append(lambda: self._whole(random.choice((write.number, write.truth, write.texts, write.mapping))(sight)))
        return self._one(*makers)

    def image(self, sight: Sight | None) -> Tree:
        """An image reference."""
        if sight is not None and sight.names.get("images") and self.chance(0.4):
            return self._whole(f"images['{self.random.choice(sight.names['images'])}'].ref")
        return self._one(
            lambda: self.random.choice(IMAGES), lambda: self.random.choice(IMAGES), lambda: self.expressions.mixed(sight, "image:") if sight else "image:x"
        )

    def truth(self, sight: Sight) -> Tree:
        """A truth value: anything is one."""
        write = self.expressions
        return self._one(
            lambda: self.random.choice(TRUTHS),
            lambda: self.random.choice(TRUTHS),
            lambda: self._whole(self.random.choice((write.truth, write.truth, write.text))(sight)),
        )

    def whole(self, sight: Sight) -> Tree:
        """A whole number."""
        return self._one(lambda: self.random.choice(INTS), lambda: self.random.choice(INTS), lambda: self._whole(self.expressions.number(sight)))

    def span(self, sight: Sight) -> Tree:
        """A time span."""
        return self._one(
            lambda: self.random.choice(SPANS),
            lambda: self.random.choice(SPANS),
            lambda: self._whole(self.expressions.number(sight)),
            lambda: self._whole("'1d' if True else '2h'"),
        )

    def path(self, sight: Sight, plain: tuple[str, ...] = PATHS) -> Tree:
        """A path."""
        return self._one(
            *[lambda: self.random.choice(plain)] * 3,
            lambda: self.expressions.mixed(sight, self.random.choice(("/x/", ""))),
            lambda: self._whole(self.expressions.text(sight)),
        )

    def uri(self, sight: Sight) -> Tree:
        """A URI."""
        return self._one(
            *[lambda: self.random.choice(URIS)] * 3, lambda: f"storage:{self._whole(self.random.choice(('flow.flow_id', 'project.id', 'flow.title')))}/x"
        )

    def texts(self, sight: Sight, item: Callable[[], Tree], *, whole: bool = True, most: int = 3) -> Tree:
        """A list; or one expression for all of it."""
        return self._one(*[lambda: [item() for _ in range(self.random.randint(0, most))]] * 4, *[lambda: self._whole(self.expressions.texts(sight))] * whole)

    def env(self, sight: Sight, *, whole: bool = True) -> Tree:
        """A mapping of texts; or one expression for all of it."""
        return self._one(
            *[lambda: {name: self.text(sight, null=False) for name in self.some(NAMES, 3)}] * 5,
            *[lambda: self._whole(self.expressions.mapping(sight))] * whole,
        )

    def mounts(self, sight: Sight) -> Tree:
        """The volumes of a job."""

        def one() -> Tree:
            names = sight.names.get("volumes", ()) if "volumes" in sight.contexts else ()
            if names and self.chance(0.6):
                volume = f"volumes['{self.random.choice(names)}']"
                return self._whole(self.random.choice((f"{volume}.ref", f"{volume}.ref_ro", f"upload({volume}).ref", f"{volume}.ref_rw")))
            return self.random.choice((*MOUNTS[:4], MOUNTS[4] if "flow" in sight.contexts else MOUNTS[0], None, ""))

        return self.texts(sight, one)

    def tags(self, sight: Sight) -> Tree:
        """The tags of a job."""
        return self.texts(sight, lambda: self.text(sight, null=False))

    def ports(self, sight: Sight) -> Tree:
        """Ports to forward."""

        def one() -> Tree:
            return self.random.choice((*PORTS, self._whole("'22'") + ":22", self._whole("fmt('{}:{}', 1, 2)")))

        return self.texts(sight, one, whole=False) if self.chance(0.9) else self._whole("['1:1', '2:2']")

    def unit(self, sight: Sight, *, image: bool) -> dict[str, Tree]:
        """Attributes of an exec unit; `image`: it has to have one."""
        chance = self.chance
        makers: dict[str, Callable[[], Tree]] = {
            "title": lambda: self.text(sight),
            "name": lambda: self.text(sight, ("job-name", "x")),
            "image": lambda: self.image(sight),
            "preset": lambda: self.text(sight, ("cpu-small", "gpu")),
            "entrypoint": lambda: self.text(sight, ("bash", "/run.sh --x")),
            "workdir": lambda: self.path(sight),
            "env": lambda: self.env(sight),
            "volumes": lambda: self.mounts(sight),
            "tags": lambda: self.tags(sight),
            "life_span": lambda: self.span(sight),
            "schedule_timeout": lambda: self.span(sight),
            "http_port": lambda: self.whole(sight),
            "http_auth": lambda: self.truth(sight),
            "pass_config": lambda: self.truth(sight),
            "restart": lambda: self.random.choice(("never", "on-failure", "always", None, self._whole("'never'"), self._whole("'on-' + 'failure'"))),
        }
        made = {name: make() for name, make in makers.items() if chance(0.99 if name == "image" and image else 0.18)}
        if chance(0.75):
            made[self.random.choice(("cmd", "bash", "python"))] = self.text(sight)
        names = list(made)
        self.random.shuffle(names)
        return {name: made[name] for name in names}
