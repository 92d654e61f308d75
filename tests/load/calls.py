"""How long it takes from the PBX's word to the header, with fifty browsers connected.

PBX_SECRET=demo make demo                             in one window
PBX_SECRET=demo .venv/bin/python -m tests.load.calls  in another, at the same base
"""

# ruff: noqa: E402 — models are there only once Django is set up

import asyncio
import os
import statistics
import sys
import time
from uuid import uuid4

import django
import httpx

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armclients.settings")
django.setup()

from django.conf import settings
from django.test import Client

from armclients.models import User
from customers.models import Contact
from tests.conftest import BACKEND
from tests.customers import pbx

BROWSERS, CALLS = 50, 200
MEASURED = ("answer to the PBX", "shown in the header")
LIMITS = httpx.Limits(max_connections=None)


def session_of(user: User) -> str:
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser.session.session_key or ""


async def listen(web: httpx.AsyncClient, session: str, heard: asyncio.Queue[float]) -> None:
    """A browser: on each fact it reads its header anew, and notes when it has it."""
    cookies = {"Cookie": f"sessionid={session}"}
    async with web.stream("GET", "/calls/stream/", headers=cookies, timeout=None) as facts:
        async for line in facts.aiter_lines():
            if line.startswith("data: call-changed"):
                strip = await web.get("/calls/current/", headers={"HX-Request": "true", **cookies})
                strip.raise_for_status()
                heard.put_nowait(time.perf_counter())


async def call(number: str, line: str, heard: asyncio.Queue[float]) -> tuple[float, float]:
    """Milliseconds until the PBX has its answer, and until the header shows the call."""
    while not heard.empty():
        heard.get_nowait()
    began = time.perf_counter()
    await asyncio.to_thread(pbx.ring, settings.PUBLIC_URL, uuid4().hex, number=number, line=line)
    answered = time.perf_counter()
    shown = await asyncio.wait_for(heard.get(), 30)
    return (answered - began) * 1000, (shown - began) * 1000


async def measure(users: list[tuple[str, str]], numbers: list[str]) -> None:
    async with httpx.AsyncClient(base_url=settings.PUBLIC_URL, limits=LIMITS) as web:
        heard: dict[str, asyncio.Queue[float]] = {line: asyncio.Queue() for line, _ in users}
        browsers = [
            asyncio.create_task(listen(web, session, heard[line]))
            for line, session in (users[n % len(users)] for n in range(BROWSERS))
        ]
        await asyncio.sleep(3)
        times = []
        for n in range(CALLS):
            line = users[n % len(users)][0]
            times.append(await call(numbers[n % len(numbers)], line, heard[line]))
            await asyncio.sleep(0.1)
        for browser in browsers:
            browser.cancel()
    for name, column in zip(MEASURED, zip(*times, strict=True), strict=True):
        cuts = statistics.quantiles(column, n=20)
        sys.stdout.write(f"{name:<20} p50 {cuts[9]:6.1f} ms   p95 {cuts[18]:6.1f} ms\n")


if __name__ == "__main__":
    pbx.SECRET = settings.PBX_SECRET
    staff = User.objects.exclude(phone_line="").filter(is_active=True)
    phones = Contact.objects.filter(kind="mobile").values_list("value", flat=True)[:100]
    asyncio.run(measure([(one.phone_line, session_of(one)) for one in staff], list(phones)))
