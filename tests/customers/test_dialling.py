"""Click to call: a PBX on the loopback is asked, and takes it, refuses it or says nothing."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from customers.telephony import dialling
from tests.customers import pbx

pytestmark = pytest.mark.django_db
NUMBER = "+79084944434"


class FakePbx(ThreadingHTTPServer):
    """Keeps what it was asked, and answers what it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = (200, b"{}")
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.address = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers, body))
        self.server.may_answer.wait(5)
        status, text = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def fake() -> Iterator[FakePbx]:
    server = FakePbx()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.may_answer.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def shop(anna, settings, fake):
    """Anna has a telephone at the generic PBX."""
    anna.phone_line = "101"
    anna.save()
    settings.PBX_SECRET = pbx.SECRET
    settings.PBX_URL = f"generic+{fake.address}/dial"


class TestProviders:
    def test_generic_signs_what_it_asks(self, shop, web, fake):
        answer = web.post("/calls/dial/", {"number": NUMBER})

        path, headers, body = fake.asked[0]
        assert (answer.status_code, path) == (204, "/dial")
        assert json.loads(body) == {"line": "101", "number": NUMBER}
        assert headers["x-signature"] == pbx.signed(body, headers["x-timestamp"])["X-Signature"]

    def test_asterisk_is_asked_for_a_channel(self, shop, web, fake, settings):
        settings.PBX_URL = f"asterisk+http://arm:word@{fake.address[7:]}/ari?context=desk"

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 204

        path, headers, _body = fake.asked[0]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        assert urlsplit(path).path == "/ari/channels"
        assert (asked["endpoint"], asked["extension"]) == ("PJSIP/101", NUMBER)
        assert asked["context"] == "desk"
        assert base64.b64decode(headers["authorization"].split()[1]) == b"arm:word"

    def test_mango_is_asked_for_a_callback(self, shop, web, fake, settings):
        settings.PBX_URL = f"mango+{fake.address}/vpbx/commands/callback"
        fake.answer = (200, b'{"result": 1000}')

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 204

        form = {name: values[0] for name, values in parse_qs(fake.asked[0][2].decode()).items()}
        told = json.loads(form["json"])
        assert form["vpbx_api_key"] == "key"
        assert len(form["sign"]) == 64
        assert (told["from"], told["to_number"]) == ({"extension": "101"}, NUMBER[1:])

    def test_uis_is_asked_for_a_call(self, shop, web, fake, settings):
        settings.PBX_URL = (
            f"uis+http://token@{fake.address[7:]}/v4.0?virtual_phone_number=74951112233"
        )

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 204

        told = json.loads(fake.asked[0][2])
        assert told["method"] == "start.simple_call"
        assert told["params"]["access_token"] == "token"
        assert told["params"]["virtual_phone_number"] == "74951112233"
        assert (told["params"]["operator"], told["params"]["contact"]) == ("101", NUMBER[1:])
        # It allows the second only with the first, and both only where the line rings first.
        assert told["params"]["first_call"] == "operator"
        assert told["params"]["switch_at_once"] is told["params"]["early_switching"] is True

    @pytest.mark.parametrize("provider", ["mango", "uis"])
    def test_a_refusal_within_an_answer_is_one(self, provider, shop, web, fake, settings):
        settings.PBX_URL = f"{provider}+{fake.address}/"
        fake.answer = (200, b'{"result": 3100, "error": {"code": -1}}')

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 409


class TestRefusals:
    @pytest.mark.parametrize("answer", [(500, b""), (403, b"no"), (302, b"")])
    def test_of_the_pbx_are_a_sentence(self, answer, shop, web, fake):
        fake.answer = answer

        said = web.post("/calls/dial/", {"number": NUMBER})

        assert said.status_code == 409
        assert said.content.decode()

    def test_nobody_waits_for_a_silent_pbx(self, shop, web, fake, monkeypatch):
        monkeypatch.setattr(dialling, "PATIENCE", 0.1)
        fake.may_answer.clear()

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 409

    def test_nobody_waits_for_a_pbx_that_is_not_there(self, shop, web, settings):
        settings.PBX_URL = "generic+http://127.0.0.1:9/dial"

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 409

    @pytest.mark.parametrize("number", ["", "112;rm", "+7 908", "sip:me@evil", "7" * 30])
    def test_what_is_no_number_is_not_dialled(self, number, shop, web, fake):
        assert web.post("/calls/dial/", {"number": number}).status_code == 409
        assert fake.asked == []

    def test_without_a_telephone_one_dials_oneself(self, shop, anna, web, fake):
        anna.phone_line = ""
        anna.save()

        assert web.post("/calls/dial/", {"number": NUMBER}).status_code == 409
        assert 'id="dial"' not in web.get("/").content.decode()

    def test_with_one_the_page_can_ask(self, shop, web):
        assert 'id="dial"' in web.get("/").content.decode()
