"""commands/callback: Mango rings the extension, then the number."""

import json

import httpx

from customers.telephony.dialling import Wish
from customers.telephony.providers.mango.parse import sign

TAKEN = 1000


def request(url: httpx.URL, wish: Wish) -> httpx.Request:
    key, _colon, salt = wish.secret.partition(":")
    told = {
        "command_id": f"arm-{wish.at.timestamp():.6f}-{wish.line}",
        "from": {"extension": wish.line},
        "to_number": wish.number.lstrip("+"),
    }
    text = json.dumps(told)
    form = {"vpbx_api_key": key, "sign": sign(key, text, salt), "json": text}
    return httpx.Request("POST", url, data=form)


def is_taken(answer: httpx.Response) -> bool:
    return answer.json().get("result") == TAKEN
