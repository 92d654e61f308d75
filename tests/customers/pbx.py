"""PBXs that tell of calls, each in its own way."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from django.http import HttpResponse
from django.test import Client

from customers.models import Call
from tests import make

SAMPLES = Path(__file__).parents[1] / "samples" / "pbx"
FORM = "application/x-www-form-urlencoded"
SECRET = "key:salt"
PROVIDERS = ("generic", "asterisk", "mango", "uis")
NUMBER = "+7 908 494-44-34"
_calls = itertools.count(1)


def told(call: str = "", event: str = "ringing", **facts: Any) -> dict[str, Any]:
    """A word in our own JSON; `after` seconds from `make.NOW`."""
    moment = make.at(11, 30) + make.datetime.timedelta(seconds=facts.pop("after", 0))
    said = {"number": NUMBER, "line": "101", "direction": "in"} | facts
    return {"id": call or f"c{next(_calls)}", "event": event, "at": moment.isoformat(), **said}


def post(said: Any, *, secret: str = SECRET, stamp: str = "now") -> HttpResponse:
    """What the generic PBX says, signed."""
    body = json.dumps(said).encode()
    stamp = str(int(make.NOW.timestamp())) if stamp == "now" else stamp
    headers = signed(body, stamp, secret)
    return Client().post("/pbx/generic/", body, content_type="application/json", headers=headers)


def signed(body: bytes, stamp: str, secret: str = "") -> dict[str, str]:
    secret = secret or SECRET
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": f"sha256={signature}"}


def ring(url: str, call: str, event: str = "ringing", **facts: Any) -> None:
    """The same to a server of its own process, whose clock nobody has stopped."""
    now = datetime.now(UTC)
    body = json.dumps(told(call, event, **facts) | {"at": now.isoformat()}).encode()
    headers = signed(body, str(int(now.timestamp())))
    # Without certificates, which take longer to read than a call to be told.
    answer = httpx.post(f"{url}/pbx/generic/", content=body, headers=headers, verify=False)
    assert answer.status_code == 204, answer.text


def say(call: str, *events: str, **facts: Any) -> Call:
    """The call after the PBX said this of it, a second apart."""
    for after, event in enumerate(events):
        assert post(told(call, event, **{"after": after} | facts)).status_code == 204
    return Call.objects.get(external_id=call)


def samples(provider: str) -> Iterator[tuple[str, str]]:
    """Name and text of each sample, in the order of a call."""
    for path in sorted((SAMPLES / provider).iterdir()):
        yield path.stem.partition("-")[2], path.read_text()


def send(provider: str, name: str, text: str, *, secret: str = SECRET) -> HttpResponse:
    """A sample, sent and signed as this provider does it."""
    return {"generic": _generic, "asterisk": _asterisk, "mango": _mango, "uis": _uis}[provider](
        name, text, secret
    )


def _generic(_name: str, text: str, secret: str) -> HttpResponse:
    return post(json.loads(text), secret=secret)


def _asterisk(_name: str, text: str, secret: str) -> HttpResponse:
    form = dict(line.split("=", 1) for line in text.splitlines())
    signed = [form.get(name, "") for name in ("id", "event", "at", "number", "line")]
    form["sign"] = hashlib.sha1(":".join([secret, *signed, secret]).encode()).hexdigest()
    return Client().post("/pbx/asterisk/", urlencode(form), content_type=FORM)


def _mango(name: str, text: str, secret: str) -> HttpResponse:
    key, _colon, salt = secret.partition(":")
    sign = hashlib.sha256(f"{key}{text}{salt}".encode()).hexdigest()
    form = {"vpbx_api_key": key, "sign": sign, "json": text}
    kind = "summary" if name == "summary" else "call"
    return Client().post(f"/pbx/mango/events/{kind}", urlencode(form), content_type=FORM)


def _uis(_name: str, text: str, secret: str) -> HttpResponse:
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().post("/pbx/uis/", text, content_type="application/json", headers=headers)
