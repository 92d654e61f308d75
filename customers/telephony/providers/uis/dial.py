"""start.simple_call of the Call API: UIS rings the line, then the number."""

import httpx

from customers.telephony.dialling import Wish


def request(url: httpx.URL, wish: Wish) -> httpx.Request:
    """`url` holds the access token before the @ and, as `virtual_phone_number`, the shop's own."""
    told = {
        "access_token": url.username,
        "first_call": "operator",
        "switch_at_once": True,
        "early_switching": True,  # whoever calls hears the other line, be it a voice mail
        "virtual_phone_number": url.params.get("virtual_phone_number", ""),
        "contact": wish.number.lstrip("+"),
        "operator": wish.line.lstrip("+"),
    }
    call = {"jsonrpc": "2.0", "id": 1, "method": "start.simple_call", "params": told}
    return httpx.Request("POST", url.copy_with(userinfo=b"", query=None), json=call)


def is_taken(answer: httpx.Response) -> bool:
    return "error" not in answer.json()
