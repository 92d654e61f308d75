"""What the base is made of, as SQL functions that draw from lists with their frequencies."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from psycopg import sql

from armclients.demo import makes, names, phones
from armclients.demo.tables import words

SEED = 20201020
STAFF = 200
# Surnames beyond the frequent ones: forty in a hundred people have one of these.
ENDINGS = words("""
    енков ушкин ичев унин евский ейкин ачёв ищев утин аков ырин овцев ендин ошин уков анский
    янинов епин ызлов атов ерин овнин укин алёв ицкий урин оркин ельцев имов очкин
""")
WORKS = (
    "Замена масла и фильтра",
    "Диагностика подвески",
    "Замена тормозных колодок",
    "Развал-схождение",
    "Замена ремня ГРМ",
    "Шиномонтаж",
    "Компьютерная диагностика",
    "Замена амортизаторов",
)
REGIONS = dict(
    zip(
        words("77 777 799 97 99 177 199 197 50 750 190 150 66 96 196 78 178 16 116 23"),
        (9, 14, 9, 5, 5, 7, 7, 7, 6, 6, 5, 5, 3, 3, 3, 3, 3, 2, 2, 2),
        strict=True,
    )
)
LETTERS = "АВЕКМНОРСТУХ"


def ranked(count: int, *, evenness: int = 12) -> list[float]:
    """Shares of things that stand in order of frequency."""
    return [1 / (rank + evenness) for rank in range(count)]


def stems() -> list[str]:
    """Beginnings of surnames, without their usual endings."""
    usual = ("ов", "ев", "ёв", "ин", "ский", "ко")
    cut = {
        surname[: -len(ending)]
        for surname in names.SURNAMES
        for ending in usual
        if surname.endswith(ending)
    }
    return sorted(stem for stem in cut if len(stem) > 2)


def functions() -> Iterator[sql.Composed]:
    """Statements that make the schema `bench`."""
    yield sql.Composed([sql.SQL("DROP SCHEMA IF EXISTS bench CASCADE")])
    yield sql.Composed([sql.SQL("CREATE SCHEMA bench")])
    yield _function(
        "chance(n bigint, subject integer) RETURNS double precision",
        f"(hashint8extended(n, {SEED} + subject) & 2147483647) / 2147483648.0::double precision",
    )
    yield _function(
        "someone(n bigint, subject integer) RETURNS bigint",
        f"1 + floor(bench.chance(n, subject) * {STAFF})::bigint",
    )
    yield _function(
        "price(n bigint, subject integer) RETURNS numeric",
        "500 + floor(bench.chance(n, 1000 + subject) * 9500)::numeric",
    )
    for name, (items, weights) in _lists().items():
        thresholds = list(accumulate(weights, initial=0))[:-1]
        shares = [threshold / sum(weights) for threshold in thresholds]
        yield sql.SQL(
            "CREATE FUNCTION bench.{}(c double precision) RETURNS text LANGUAGE sql IMMUTABLE AS"
            " $$ SELECT (ARRAY[{}]::text[])[width_bucket(c, ARRAY[{}]::double precision[])] $$"
        ).format(
            sql.Identifier(name),
            sql.SQL(", ").join(map(sql.Literal, items)),
            sql.SQL(", ").join(map(sql.Literal, shares)),
        )
    yield _function(
        "phone(n bigint, subject integer) RETURNS text",
        """replace(replace(replace(replace(bench.notation(bench.chance(n, subject)),
             '{code}', bench.code(bench.chance(n, subject + 1))),
             '{a}', substr(digits, 1, 3)), '{b}', substr(digits, 4, 2)), '{c}', substr(digits, 6))
           FROM (SELECT floor(2000000 + 8000000 * bench.chance(n, subject + 2))::text AS digits)
             AS drawn""",
    )
    yield _function(
        "plate(n bigint, subject integer) RETURNS text",
        """bench.letter(bench.chance(n, subject))
           || lpad((1 + floor(999 * bench.chance(n, subject + 1)))::text, 3, '0')
           || bench.letter(bench.chance(n, subject + 2))
           || bench.letter(bench.chance(n, subject + 3))
           || bench.region(bench.chance(n, subject + 4))""",
    )


def _function(signature: str, body: str) -> sql.Composed:
    text = f"CREATE FUNCTION bench.{signature} LANGUAGE sql IMMUTABLE AS $$ SELECT {body} $$"
    return sql.Composed([sql.SQL(text)])


def _lists() -> dict[str, tuple[Sequence[str], Sequence[float]]]:
    """Name of the drawing function: the items and how often each comes."""
    men = [given for given, _ in names.MEN]
    sons = [patronymic for _, patronymic in names.MEN]
    companies = [word.replace("_", " ") for word in names.COMPANY_WORDS]
    shapes, shares = zip(*phones.NOTATIONS, strict=True)
    models = [float(row[4]) for row in makes.MODELS]
    surnames, given_to_women = ranked(len(names.SURNAMES)), ranked(len(names.WOMEN), evenness=6)
    beginnings, endings = stems(), ranked(len(ENDINGS), evenness=4)
    even = [1.0]
    return {
        "surname": (names.SURNAMES, surnames),
        "surname_of_woman": ([names.womans(name) for name in names.SURNAMES], surnames),
        "stem": (beginnings, ranked(len(beginnings), evenness=60)),
        "ending": (ENDINGS, endings),
        "ending_of_woman": ([names.womans(ending) for ending in ENDINGS], endings),
        "man": (men, ranked(len(men), evenness=5)),
        "woman": (names.WOMEN, given_to_women),
        "son": (sons, ranked(len(sons), evenness=5)),
        "daughter": ([names.daughters(name) for name in sons], ranked(len(sons), evenness=5)),
        "company": (companies, even * len(companies)),
        "tail": (names.COMPANY_TAILS, even * len(names.COMPANY_TAILS)),
        "form": (("ООО", "АО"), (9.0, 1.0)),
        "notation": (shapes, shares),
        "code": (phones.MOBILE_CODES, even * len(phones.MOBILE_CODES)),
        "latin": ([names.latin(name) for name in names.SURNAMES], surnames),
        "mail": (("@mail.ru", "@yandex.ru", "@gmail.com", "@bk.ru"), (4.0, 3.0, 2.0, 1.0)),
        "street": (names.STREETS, even * len(names.STREETS)),
        "model": ([str(place) for place in range(1, len(models) + 1)], models),
        "vin_start": ([row[5] for row in makes.MODELS], models),
        "letter": (LETTERS, even * len(LETTERS)),
        "region": (list(REGIONS), list(map(float, REGIONS.values()))),
        "work": (WORKS, ranked(len(WORKS), evenness=3)),
    }
