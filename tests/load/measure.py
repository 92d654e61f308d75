"""Users who ask over HTTP, each a process with one kept connection, and the clock beside them.

Nothing of the product is imported here: a process of this module is as light as a browser is far.
"""

from __future__ import annotations

import http.client
import http.cookies
import multiprocessing
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any
from urllib.parse import urlencode

PATIENCE = 15.0  # seconds a user spends on one case at most, however slow it is
FEWEST = 3
OK = 200


@dataclass(frozen=True)
class Question:
    """A case as a user process needs it."""

    name: str
    addresses: Sequence[str]
    headers: Mapping[str, str]
    times: int
    patience: float = PATIENCE


@dataclass
class Timing:
    """What was seen: seconds of each answer, the largest answer, and answers that were no pages."""

    seconds: list[float] = field(default_factory=list)
    bytes: int = 0
    failures: int = 0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.seconds)
        place = min(round(share * len(ordered) + 0.5), len(ordered)) - 1
        return 1000 * ordered[max(place, 0)]

    def add(self, seconds: list[float], size: int, failures: int) -> None:
        self.seconds += seconds
        self.bytes = max(self.bytes, size)
        self.failures += failures


def log_in(port: int, username: str, password: str) -> str:
    """The cookies of a session, got by the form as a browser gets them."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/login/")
    page = line.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    cookies = _cookies(page)
    if token is None:
        raise RuntimeError("the log-in page has no form")
    form = {"csrfmiddlewaretoken": token[1], "username": username, "password": password}
    line.request(
        "POST",
        "/login/",
        urlencode(form),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": _header(cookies),
            "Origin": f"http://127.0.0.1:{port}",
        },
    )
    answer = line.getresponse()
    answer.read()
    cookies |= _cookies(answer)
    if "sessionid" not in cookies:
        raise RuntimeError(f"{username} could not log in: status {answer.status}")
    return _header(cookies)


def ask(
    port: int, sessions: Sequence[str], users: int, questions: Sequence[Question]
) -> dict[str, Timing]:
    """All questions, one after the other, each by all users at once."""
    context = multiprocessing.get_context("spawn")
    answers: Queue[Any] = context.Queue()
    start = context.Barrier(users)
    crowd = [
        context.Process(
            target=_user,
            args=(port, sessions[n % len(sessions)], n / users),
            kwargs={"questions": questions, "start": start, "answers": answers},
        )
        for n in range(users)
    ]
    for each in crowd:
        each.start()
    timings = {question.name: Timing() for question in questions}
    for _ in range(users * len(questions)):
        name, *seen = answers.get(timeout=600)
        timings[name].add(*seen)
    for each in crowd:
        each.join()
    return timings


def _user(
    port: int,
    cookies: str,
    place: float,
    *,
    questions: Sequence[Question],
    start: Barrier,
    answers: Queue[Any],
) -> None:
    """One user: waits for the others before each question, then asks it as often as told."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for question in questions:
        headers = {"Cookie": cookies, **question.headers}
        _answer(line, question.addresses[0], headers)  # warm
        start.wait()
        until = time.perf_counter() + question.patience
        seconds: list[float] = []
        largest = failures = 0
        for turn in range(question.times):
            # Users begin at different addresses, or they would all ask the same at once.
            number = int(place * len(question.addresses)) + turn
            begun = time.perf_counter()
            status, size = _answer(
                line, question.addresses[number % len(question.addresses)], headers
            )
            now = time.perf_counter()
            seconds.append(now - begun)
            largest, failures = max(largest, size), failures + (status != OK)
            if now > until and turn >= FEWEST:
                break
        answers.put((question.name, seconds, largest, failures))


def _answer(
    line: http.client.HTTPConnection, address: str, headers: Mapping[str, str]
) -> tuple[int, int]:
    line.request("GET", address, headers=dict(headers))
    answer = line.getresponse()
    return answer.status, len(answer.read())


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    jar: dict[str, str] = {}
    for line in answer.headers.get_all("Set-Cookie", []):
        jar |= {name: morsel.value for name, morsel in http.cookies.SimpleCookie(line).items()}
    return jar


def _header(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
