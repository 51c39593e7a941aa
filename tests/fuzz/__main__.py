"""Fuzzing for long: ``python -m tests.fuzz [TARGET …] [--seconds N] [--start SEED] [--coverage]``.

Seeds go on from a random one, or from ``--start``; what fails is made small, printed, and written to the folder ``--keep``.
An input may take 20 seconds, and the whole process 2 GB of address space.
``--coverage`` lets atheris (extra ``fuzz``) choose the texts by what they reach; it takes one target.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.seeds import Files, own, real
from tests.fuzz.targets import TARGETS, TEXTS, case, run

SLOW = 20
"""Seconds that one input may take."""
MEMORY = 2 << 30
"""Bytes of address space for all inputs together."""


class Slow(BaseException):
    """Raised in an input that takes too long."""


def _fails(target: str, given: str | Files, folder: Path, seed: int) -> str | None:
    """What goes wrong with an input; None where nothing does."""
    signal.alarm(SLOW)
    try:
        run(target, given, folder, seed)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    return None


def _smaller(target: str, given: str | Files, folder: Path, seed: int, error: str) -> str | Files:
    """The input with all lines taken out that the failure does not need, about."""
    last = error.strip().split("\n")[-1][:30]

    def still(candidate: str | Files) -> bool:
        found = _fails(target, candidate, folder, seed)
        return found is not None and found.strip().split("\n")[-1][:30] == last

    end = time.monotonic() + 60
    files = {"": given} if isinstance(given, str) else dict(given)

    def whole(changed: Files) -> str | Files:
        return changed[""] if isinstance(given, str) else changed

    for name in list(files):
        if len(files) > 1 and still(without := {key: text for key, text in files.items() if key != name}):
            files = without
    for name in files:
        for size in (16, 4, 1):
            lines = files[name].split("\n")
            at = 0
            while at < len(lines) and time.monotonic() < end:
                fewer = lines[:at] + lines[at + size :]
                if still(whole({**files, name: "\n".join(fewer)})):
                    lines = fewer
                else:
                    at += size
            files[name] = "\n".join(lines)
    return whole(files)


def _place(error: str) -> str:
    """What tells one failure from another: the last places in the traceback, and the kind of the error."""
    lines = error.strip().split("\n")
    return "\n".join([*[line for line in lines if line.startswith("  File ")][-2:], lines[-1].partition(":")[0]])


def main() -> int:
    """Fuzz; gives 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"some of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--seconds", type=float, default=600, help="for how long (default: 600)")
    parser.add_argument("--start", type=int, metavar="SEED", help="the first seed")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where findings are written")
    parser.add_argument("--coverage", action="store_true", help="let atheris choose the inputs of one target")
    given = parser.parse_args()
    targets: list[str] = given.targets or list(TARGETS)
    if unknown := set(targets).difference(TARGETS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if given.coverage:
        return _with_atheris(targets[0], given.seconds)

    def slow(*_: object) -> None:
        raise Slow

    signal.signal(signal.SIGALRM, slow)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seed = random.randrange(1 << 40) if given.start is None else given.start
    print(f"from seed {seed}", flush=True)
    end, tried, found = time.monotonic() + given.seconds, 0, 0
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            for target in targets:
                made = case(target, seed, own() + real())
                error = _fails(target, made, Path(folder), seed)
                tried += 1
                if error is None:
                    continue
                key = _place(error)
                if key in seen:
                    continue
                seen.add(key)
                found += 1
                small = _smaller(target, made, Path(folder), seed, error)
                print(f"--- {target} {seed}\n{error}\n{json.dumps(small, indent=1)}\n", flush=True)
                if given.keep is not None:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{target}-{seed}.json").write_text(json.dumps({"target": target, "input": small, "seed": seed}, indent=1) + "\n", "utf-8")
            seed += 1
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{tried} inputs, {found} findings, at most {most} MiB of memory")
    return 1 if found else 0


def _with_atheris(target: str, seconds: float) -> int:
    """Let atheris choose the texts; it ends the process by itself, at the first that fails or when time is up."""
    import atheris

    atheris.instrument_all()
    folder = Path(tempfile.mkdtemp())
    texts = [text for files in own() + real() for text in files.values()]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, text in enumerate(texts):
        (corpus / str(number)).write_bytes(text.encode("utf-8", errors="replace"))

    def one(data: bytes) -> None:
        text = data.decode("utf-8", errors="replace")
        run(target, text if target in TEXTS else {".neuro/live.yml": text, ".neuro/b.yml": text, "a.yml": text}, folder)

    atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={int(seconds)}", f"-timeout={SLOW}", "-max_len=4000"], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
