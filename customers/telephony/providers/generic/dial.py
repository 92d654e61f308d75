"""A signed JSON of our own: {"line": "101", "number": "+7…"}."""

import json

import httpx

from customers.telephony.dialling import Wish
from customers.telephony.providers.generic.parse import signature_of


def request(url: httpx.URL, wish: Wish) -> httpx.Request:
    body = json.dumps({"line": wish.line, "number": wish.number}).encode()
    timestamp = str(int(wish.at.timestamp()))
    signature = signature_of(body, timestamp, wish.secret)
    headers = {
        "Content-Type": "application/json",
        "X-Timestamp": timestamp,
        "X-Signature": f"sha256={signature}",
    }
    return httpx.Request("POST", url, content=body, headers=headers)


def is_taken(answer: httpx.Response) -> bool:
    return answer.is_success
