"""ARI: a channel to the line, that goes on into the dialplan with the number."""

import httpx

from customers.telephony.dialling import Wish


def request(url: httpx.URL, wish: Wish) -> httpx.Request:
    """`url` is …/ari, with the log-in of ARI and, as `context`, where the dialplan goes on."""
    asked = {
        "endpoint": f"PJSIP/{wish.line}",
        "extension": wish.number,
        "context": url.params.get("context", "from-internal"),
        "priority": "1",
        "callerId": wish.number,
    }
    channels = url.copy_with(path=f"{url.path.rstrip('/')}/channels", userinfo=b"", query=None)
    unsigned = httpx.Request("POST", channels, params=asked)
    return next(httpx.BasicAuth(url.username, url.password).auth_flow(unsigned))


def is_taken(answer: httpx.Response) -> bool:
    return answer.is_success
