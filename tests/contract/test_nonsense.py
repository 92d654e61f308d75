"""Whatever is typed or forged, there is an answer: never an error page, never raw HTML."""

import pytest

from armclients.kit import keyset
from tests import make
from tests.contract import page

NONSENSE = {
    "percent": "%",
    "underscore": "_",
    "backslash": "\\",
    "nul": "а\0б",
    "long": "я" * 5000,
    "emoji": "😀👨‍👩‍👧",
    "script": "<script>alert(1)</script>",
    "quotes": "\"'`><img src=x onerror=alert(1)>",
    "format": "%s %(x)s {x} {{ x }} {% x %}",
    "sql": "'; DROP TABLE armclients_user; --",
    "plus": "+",
    "blank": " \t\u00a0\u2009 ",
    "mixed": "\u0640\u202eabc",
}
FIELDS = ["client", "phone", "vehicle"]
OTHERS = [
    *("mine", "new_events", "open_orders", "reserved"),
    *("booked_today", "in_service", "awaiting_pickup"),
    *("after", "customer", "car", "tab", "buyer_only", "unheard_of"),
]


def is_harmless(answer) -> bool:
    raw = answer.content
    return answer.status_code == 200 and b"<script>alert" not in raw and b"<img" not in raw


@pytest.mark.parametrize("typed", NONSENSE.values(), ids=NONSENSE)
class TestTyped:
    def test_in_the_fields(self, web, htmx, typed):
        make.zubkov()

        for name in FIELDS:
            for answer in (web.get("/", {name: typed}), htmx.get("/", {name: typed})):
                assert is_harmless(answer), name
                page.parse(answer)

    def test_in_the_other_parameters(self, htmx, typed):
        make.zubkov()

        for name in OTHERS:
            answer = htmx.get("/", {name: typed}, target="screen")
            assert is_harmless(answer), name
            assert page.parse(answer).has(id="results"), name

    def test_over_the_lists_of_a_client_and_a_vehicle(self, htmx, typed):
        zubkov = make.zubkov()
        car = zubkov.ownerships.get().vehicle

        for list_of in ("works", "goods", "history"):
            for query in ({"q": typed}, {"after": typed}):
                assert is_harmless(htmx.get(f"/vehicles/{car.pk}/{list_of}/", query))
        for tab in ("info", "events", "cart", "orders", "documents", "contact"):
            query = {"after": typed, "car": typed}
            assert is_harmless(htmx.get(f"/customers/{zubkov.pk}/{tab}/", query)), tab


class TestMeaning:
    @pytest.mark.parametrize("typed", ["%", "_", "\\", "%%%", "😀", "+!"])
    @pytest.mark.parametrize("field", FIELDS)
    def test_signs_are_no_wildcards(self, htmx, field, typed):
        make.seed()

        assert page.total(htmx.get("/", {field: typed})) == "0"

    @pytest.mark.parametrize("typed", ["зубков%алексей", "алекс_зубк", "зуб\\алексей"])
    def test_signs_in_a_name_separate_words(self, htmx, typed):
        zubkov = make.seed()[0]

        assert page.found(htmx.get("/", {"client": typed})) == [zubkov.pk]

    @pytest.mark.parametrize("typed", ["я" * 101, "а\0б"])
    @pytest.mark.parametrize("field", FIELDS)
    def test_what_cannot_be_searched_for_is_said_at_its_field(self, web, field, typed):
        make.seed()

        root = page.parse(web.get("/", {field: typed}))

        assert root.one(id="results")["data-total"] == "0"
        assert root.one(id=f"f-{field}")["aria-invalid"] == "true"
        assert root.one(id=f"f-{field}-error").text


class TestForgedKeys:
    @pytest.mark.parametrize(
        "key", ["-1", "0", "1.5", "abc", "١٢٣", "²", "9" * 18, "9" * 40, "1 OR 1=1", "0x1"]
    )
    def test_a_key_that_is_none_chooses_nobody(self, htmx, key):
        make.zubkov()

        for name in ("customer", "car"):
            answer = htmx.get("/", {name: key}, target="screen")
            assert answer.status_code == 200
            assert not page.tabs(answer), (name, key)

    def test_a_cursor_of_another_list_starts_anew_or_goes_on(self, htmx):
        zubkov = make.zubkov()
        cursors = [
            keyset.pack("2041-03-12", 5),
            keyset.pack("2041-03-12T10:00:00+00:00", 5),
            keyset.pack(1, "ЗУБКОВ", 5),
            keyset.pack("x", "y"),
            keyset.pack(),
        ]
        addresses = ["/", f"/customers/{zubkov.pk}/events/", f"/customers/{zubkov.pk}/documents/"]
        for cursor in cursors:
            for address in addresses:
                assert htmx.get(address, {"after": cursor}).status_code == 200, (cursor, address)

    def test_a_cursor_that_was_touched_starts_anew(self, htmx):
        make.seed()
        genuine = keyset.pack(1, "ИВАНОВ ИВАН", 1)

        assert len(page.found(htmx.get("/", {"after": genuine}))) < 6
        assert len(page.found(htmx.get("/", {"after": genuine[:-1] + "x"}))) == 6
