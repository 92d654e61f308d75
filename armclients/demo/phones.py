"""Phone numbers as people type them."""

from random import Random

from . import seed, staff
from .tables import words

MOBILE_CODES = words("""
903 905 906 909 910 912 915 916 917 919 922 925 926 929 950 952 953 963 965 967 977 982 985 999
""")
NOTATIONS = (
    ("+7 ({code}) {a}{b}{c}", 34),
    ("+7 ({code}) {a}-{b}-{c}", 24),
    ("8 {code} {a} {b} {c}", 8),
    ("8{code}{a}{b}{c}", 12),
    ("+7{code}{a}{b}{c}", 10),
    ("8({code}){a}-{b}-{c}", 6),
    ("8-{code}-{a}-{b}-{c}", 4),
    ("{code} {a} {b} {c}", 2),
)
CITY_CODES = {staff.CENTRE.id: ("495", "499"), staff.URAL.id: ("343",)}


class Book:
    """Gives out numbers, none of them twice."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.taken = set(seed.PHONE_ENDINGS)

    def mobile(self) -> str:
        return self._number(self.rng.choice(MOBILE_CODES))

    def city(self, branch: staff.Branch) -> str:
        return self._number(self.rng.choice(CITY_CODES[branch.id]))

    def _number(self, code: str) -> str:
        digits = min(self.taken)
        while digits in self.taken:
            digits = f"{self.rng.randint(2_000_000, 9_999_999)}"
        self.taken.add(digits)
        shapes, weights = zip(*NOTATIONS, strict=True)
        shape = self.rng.choices(shapes, weights)[0]
        return shape.format(code=code, a=digits[:3], b=digits[3:5], c=digits[5:])
