"""`python -m tests.load.bring_in --size 100000`: times an import and what it could not do without.

A shop's files are brought in by the importer, in a process of its own, into a base that holds only
the few clients with whom others work meanwhile. Then the same rows, kept in tables without indexes,
are written by one INSERT … SELECT a table into the same tables, emptied: the same indexes, foreign
keys, checks and triggers. The search rows and the columns that follow from others are rows like all
others there, so the baseline neither reads files nor judges, matches or derives anything.
"""

import argparse
import multiprocessing
import os
import resource
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
KILOBYTES = 1024  # in a MiB; the kernel counts in them


class Imported(NamedTuple):
    seconds: float
    peak: float  # MiB of the Python process
    stages: dict[str, float]


@dataclass
class Stages:
    """How long the importer was at what; told when it begins something new."""

    now: str = ""
    since: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)

    def __call__(self, stage: str, name: str, _rows: int) -> None:
        moment = time.perf_counter()
        if self.now:
            self.seconds[self.now] = self.seconds.get(self.now, 0.0) + moment - self.since
        self.now, self.since = f"{stage} {name}".strip(), moment


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=100_000, help="clients in the files")
    arguments.add_argument("--stages", action="store_true", help="say how long each file took")
    asked = arguments.parse_args()
    begun = time.perf_counter()
    home = ROOT / f".data/bench-import-{asked.size}"
    # Never a database somebody needs: all of it is thrown away.
    os.environ |= {"ARM_DATA_DIR": str(home), "DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"
    import django

    django.setup()
    from tests.load import copied, files, others, table

    files_in = home / "files"
    shutil.rmtree(files_in, ignore_errors=True)
    copied.empty_base()
    rows = files.write(files_in, asked.size)
    say(table.machine())
    say(", ".join(f"{name} {count:,}" for name, count in rows.items()))
    with others.at_work() as answers:
        imported = in_a_process_of_its_own(files_in)
    if asked.stages:
        for title, seconds in imported.stages.items():
            say(f"  {seconds:8.1f} s  {title}")
    written, baseline = copied.again(say if asked.stages else None)
    figures = {
        "import, s": f"{imported.seconds:,.1f}",
        "INSERT … SELECT, s": f"{baseline:,.1f}",
        "ratio (goal: at most 3)": f"{imported.seconds / baseline:.2f}",
        "Python's peak, MiB (goal: at most 2,048)": f"{imported.peak:,.0f}",
        "rows of the files": f"{sum(rows.values()):,}",
        "rows of the base": f"{written:,}",
        "rows of the base a second": f"{written / imported.seconds:,.0f}",
    }
    say("")
    for title, figure in figures.items():
        say(f"{title:42}{figure:>12}")
    say("")
    for name, timing in answers.items():
        say(f"meanwhile {table.in_words(name, timing)}, {timing.failures} failed")
    say(f"{table.machine()}; {time.perf_counter() - begun:.0f} s in all")


def in_a_process_of_its_own(directory: Path) -> Imported:
    """So that its memory is the import's alone."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(bring_in, [directory])


def bring_in(directory: Path) -> Imported:
    import django

    django.setup()
    from armclients.importing import runner

    stages = Stages()
    begun = time.perf_counter()
    outcome = runner.bring_in(directory, source="bench", watch=stages)
    seconds = time.perf_counter() - begun
    stages("end", "", 0)
    if not outcome.landed:
        raise RuntimeError(f"nothing landed: {outcome.as_json()}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    return Imported(seconds, peak, stages.seconds)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
