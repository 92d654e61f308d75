"""How else a typed text may be meant: another keyboard layout, another alphabet, a slip of a key.

Pure functions. They answer in lower case; folding is the database's business.
"""

from itertools import product

LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>"
RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю"
TO_RUSSIAN_KEYS = str.maketrans(LATIN_KEYS, RUSSIAN_KEYS)
TO_LATIN_KEYS = str.maketrans(RUSSIAN_KEYS[:33] + '"№', LATIN_KEYS[:33] + "@#")
LOOK_ALIKES = ("асеонкмртухв", "aceohkmptyxb")
LATIN, CYRILLIC = frozenset("abcdefghijklmnopqrstuvwxyz"), frozenset(RUSSIAN_KEYS)

# Keys of Russian letters that nobody presses for their own sake.
LETTER_KEYS = frozenset("[]{}`")

# Latin spellings, longest first, with the Cyrillic ones they stand for, likeliest first.
SPELLED = {
    "shch": ("щ", "шч"),
    "sch": ("щ", "ш", "сч"),
    "zh": ("ж",),
    "kh": ("х",),
    "ch": ("ч", "х"),
    "sh": ("ш",),
    "ph": ("ф",),
    "th": ("т",),
    "ts": ("ц", "тс"),
    "tz": ("ц",),
    "ck": ("к",),
    "ks": ("кс",),
    "zm": ("зм", "зьм"),
    "yu": ("ю", "ью"),
    "ya": ("я", "ья"),
    "yo": ("ё", "йо"),
    "ye": ("е", "ье"),
    "ju": ("ю", "ью"),
    "ja": ("я", "ья"),
    "jo": ("ё", "йо"),
    "je": ("е", "ье"),
    "iu": ("ю", "ью"),
    "ia": ("ия", "я", "ья"),
    "io": ("ио", "ё"),
    "ie": ("ие", "ье"),
    "iy": ("ий",),
    "ii": ("ий",),
    "ij": ("ий",),
    "yy": ("ый",),
    "yi": ("ый", "ьи"),
    "yj": ("ый",),
    "lev": ("лев", "льев"),
    "rev": ("рев", "рьев"),
    "a": ("а",),
    "b": ("б",),
    "c": ("к", "ц", "с"),
    "d": ("д",),
    "e": ("е",),
    "f": ("ф",),
    "g": ("г",),
    "h": ("х", "г"),
    "i": ("и",),
    "j": ("й", "ж", "дж"),
    "k": ("к",),
    "l": ("л",),
    "m": ("м",),
    "n": ("н",),
    "o": ("о",),
    "p": ("п",),
    "q": ("к",),
    "r": ("р",),
    "s": ("с",),
    "t": ("т",),
    "u": ("у",),
    "v": ("в",),
    "w": ("в",),
    "x": ("кс",),
    "y": ("ы", "и", "й"),
    "z": ("з", "ц"),
    "'": ("ь",),
}
VOWELS = frozenset("aeiouy")
# Each of so many doubtful places doubles the spellings; more are taken at their likeliest.
DOUBTFUL = 6

CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# As in addresses, as in passports, as people do.
SCHEMES = tuple(
    str.maketrans(dict(zip(CYRILLIC_LETTERS, row.replace("-", " ").split(" "), strict=True)))
    for row in (
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia",
        "a b v g d e e j z i j k l m n o p r s t u f h c ch sh sch  y  e ju ja",
    )
)


def other_layout(text: str) -> list[str]:
    """What the same keys give in the other keyboard layout.

    >>> other_layout("bdfyjd"), other_layout("Шмфтщм"), other_layout("123")
    (['иванов'], ['ivanov'], [])
    """
    text = text.lower()
    letters = set(text)
    swapped = []
    if letters & (LATIN | LETTER_KEYS):
        swapped.append(text.translate(TO_RUSSIAN_KEYS))
    if letters & CYRILLIC:
        swapped.append(text.translate(TO_LATIN_KEYS))
    return swapped


def one_alphabet(text: str) -> list[str]:
    """A text of both alphabets with its look-alikes brought into either.

    >>> one_alphabet("cидоров"), one_alphabet("сидоров")
    (['сидоров', 'cидopob'], [])
    """
    text = text.lower()
    if not (set(text) & LATIN and set(text) & CYRILLIC):
        return []
    cyrillic, latin = LOOK_ALIKES
    return [
        text.translate(str.maketrans(latin, cyrillic)),
        text.translate(str.maketrans(cyrillic, latin)),
    ]


def in_cyrillic(text: str, most: int) -> list[str]:
    """The likeliest Russian spellings of a Latin text.

    >>> in_cyrillic("Shchukin", 2), in_cyrillic("Sergey", 1), in_cyrillic("щука", 2)
    (['щукин', 'шчукин'], ['сергей'], [])
    """
    text = text.lower()
    if not set(text) & LATIN:
        return []
    places = _places(text)
    doubtful = [n for n, readings in enumerate(places) if len(readings) > 1][:DOUBTFUL]
    choices = product(*(range(len(places[n])) for n in doubtful))
    found: dict[str, None] = {}
    for choice in sorted(choices, key=sum)[: most * 2]:
        taken = dict(zip(doubtful, choice, strict=True))
        found["".join(place[taken.get(n, 0)] for n, place in enumerate(places))] = None
    return list(found)[:most]


def _places(text: str) -> list[tuple[str, ...]]:
    """Each spelling of the text with what it may stand for where it stands."""
    places, at = [], 0
    while at < len(text):
        spelling = next((s for s in SPELLED if text.startswith(s, at)), text[at])
        before, after = text[at - 1 : at], text[at + len(spelling) : at + len(spelling) + 1]
        places.append(_standing(spelling, before, after))
        at += len(spelling)
    return places


def _standing(spelling: str, before: str, after: str) -> tuple[str, ...]:
    is_last = not after.isalpha()
    if spelling in {"i", "y"} and before in VOWELS and before:
        return ("й", "и") if spelling == "y" or is_last else ("и", "й")
    if spelling == "y" and is_last:
        return ("ий", "ы", "ый")
    if spelling == "e" and not before.isalpha():
        return ("е", "э")
    if spelling == "l" and not is_last and after not in VOWELS:
        return ("л", "ль")
    readings = SPELLED.get(spelling, (spelling,))
    if before.isalpha() and before not in VOWELS:
        return readings
    return tuple(each for each in readings if each[0] != "ь") or readings


def in_latin(text: str) -> list[str]:
    """Latin spellings of a Russian text, the everyday one first.

    >>> in_latin("Юлия Щукина"), in_latin("иван"), in_latin("ivan")
    (['yuliya shchukina', 'iuliia shchukina', 'julija schukina'], ['ivan'], [])
    """
    text = text.lower()
    if not set(text) & CYRILLIC:
        return []
    plain = text.replace("кс", "x")
    return list(dict.fromkeys([*map(text.translate, SCHEMES), plain.translate(SCHEMES[0])]))


def slips(typed: str, meant: str) -> int:
    """How many keys were missed: wrong, missing, superfluous or swapped with the next.

    >>> slips("иванво", "иванов"), slips("калашнеков", "калашников"), slips("", "ёж")
    (1, 1, 2)
    """
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for i, a in enumerate(typed, 1):
        row = [i]
        for j, b in enumerate(meant, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, typed[i - 2]) == (meant[j - 2], b):
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
