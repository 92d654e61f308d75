"""Where the demo takes its chances: one stream of numbers per subject, all from one seed.

A subject's stream does not notice how much another has drawn, so a new colour of car never renames
a client. Streams of one calendar day make that day's rows the same whenever they are written.
"""

from random import Random

SEED = 20201020


def stream(*subject) -> Random:
    return Random("/".join(map(str, (SEED, *subject))))


def ranked(rng: Random, items, *, evenness: int = 12):
    """One of the items, which stand in order of frequency: the first is the likeliest."""
    weights = [1 / (rank + evenness) for rank in range(len(items))]
    return rng.choices(items, weights)[0]
