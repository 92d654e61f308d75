"""The log-in form: everyone is led to it, and back to where they were."""

import pytest

from tests import make
from tests.contract import page

PASSWORD = "ключ-на-13"


@pytest.fixture
def anna(anna):
    anna.set_password(PASSWORD)
    anna.save()
    return anna


class TestLogin:
    @pytest.mark.parametrize(
        "address",
        ["/?client=%D0%B7%D1%83%D0%B1&mine=on", "/customers/1/cart/", "/open/?phone=79084944434"],
    )
    def test_leads_there_and_back(self, client, anna, address):
        led = client.get(address)
        forms = page.parse(client.get(led.url)).all("form")
        form = next(form for form in forms if form.has(name="username"))
        fields = {field["name"]: field["value"] for field in form.all("input")}

        answer = client.post(
            form["action"] or led.url, fields | {"username": "anna", "password": PASSWORD}
        )

        assert led.status_code == 302
        assert {"username", "password"} <= set(fields)
        assert form["method"] == "post"
        assert (answer.status_code, answer.url) == (302, address)

    def test_works_without_the_hidden_field_too(self, client, anna):
        led = client.get("/?client=x")

        answer = client.post(led.url, {"username": "anna", "password": PASSWORD})

        assert answer.url == "/?client=x"

    def test_an_ended_session_leads_the_whole_page_to_the_form(self, htmx):
        htmx.session.flush()

        answer = htmx.get(
            "/customers/1/cart/",
            target="panel",
            current_url="http://testserver/?customer=1&tab=cart",
        )

        assert answer["HX-Redirect"] == "/login/?next=/%3Fcustomer%3D1%26tab%3Dcart"
        assert answer.content == b""

    def test_a_form_of_htmx_after_the_session_ended_is_led_there_too(self, htmx):
        htmx.session.flush()

        assert htmx.get("/", target="results")["HX-Redirect"] == "/login/?next=/"

    def test_after_logging_out_the_card_is_not_seen(self, web):
        client = make.client()
        web.get(f"/customers/{client.pk}/info/")

        web.post("/logout/")

        assert web.get(f"/customers/{client.pk}/info/").status_code == 302
