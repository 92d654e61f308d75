"""Gateways on the loopback that speak as the real ones do, and count what they are given."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller
from smpplib import consts, smpp

OK = "OK"


class HttpGateway:
    """SMSC and SMS.RU, by the path that is asked for. What it does next stands in `mood`."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.states: dict[str, int] = {}
        self.asked = 0
        # fine; refuse, busy: an error in its own words; gibberish, silent: what the line does;
        # amnesia: silent, and it knows of nothing; trickle: an answer without an end.
        self.mood = "fine"
        self.delay = 0.0
        self.pieces = 1
        self.on_taken: Callable[[], None] = lambda: None
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answer = gateway.answer(self.path, dict(parse_qsl(body, keep_blank_values=True)))
                if answer is None:
                    self.close_connection = True
                    return
                said = answer.encode()
                with suppress(OSError):  # who asked is killed
                    self.send_response(200)
                    if gateway.mood == "trickle":
                        self.trickle()
                    self.send_header("Content-Length", str(len(said)))
                    self.end_headers()
                    self.wfile.write(said)

            def trickle(self) -> None:
                """A blank now and then, until whoever listens has had enough."""
                self.end_headers()
                while True:
                    self.wfile.write(b" " * gateway.pieces)
                    time.sleep(0.05)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def answer(self, path: str, form: dict[str, str]) -> str | None:
        if self.mood.startswith(("{", "[", "null", '"')):
            return self.mood
        if "send" in path:
            return self.take(path, form)
        self.asked += 1
        if path.startswith("/sys/"):
            return json.dumps({"status": self.states.get(form["id"], -3)})
        code = self.states.get(form["sms_id"], -1)
        return json.dumps({"status": OK, "sms": {form["sms_id"]: {"status_code": code}}})

    def take(self, path: str, form: dict[str, str]) -> str | None:
        mood = self.mood
        is_smsc = path.startswith("/sys/")
        if mood == "gibberish":
            return "<html>Bad gateway</html>"
        if mood in {"refuse", "busy"}:
            code = {"refuse": (7, 202), "busy": (3, 201)}[mood][0 if is_smsc else 1]
            words = {"error": "wrong number", "error_code": code}
            ours = {"status": "ERROR", "status_code": code, "status_text": "wrong number"}
            return json.dumps(words if is_smsc else ours)
        if mood == "amnesia":
            return None
        self.taken.append(form)
        name = form.get("id") or f"000000-{len(self.taken):08}"
        self.states[name] = 0 if is_smsc else 101
        self.on_taken()
        time.sleep(self.delay)
        if mood == "silent":
            return None
        if is_smsc:
            return json.dumps({"id": name, "cnt": 1})
        each = {form["to"]: {"status": OK, "status_code": 100, "sms_id": name}}
        return json.dumps({"status": OK, "status_code": 100, "sms": each})

    @contextmanager
    def open(self) -> Iterator["HttpGateway"]:
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()


class PostOffice:
    """A mail server that keeps the letters it was given."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuses = ""
        self.delay = 0.0
        self.pieces = 1
        self.on_taken: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        self.taken.append(envelope.content.decode())
        self.on_taken()
        time.sleep(self.delay)
        return "250 OK"

    @contextmanager
    def open(self) -> Iterator["PostOffice"]:
        controller = Controller(self, hostname="127.0.0.1", port=free_port())
        controller.start()
        self.port = controller.port
        try:
            yield self
        finally:
            controller.stop()


class SmppGateway:
    """An operator's SMSC: takes parts, and brings receipts to whoever binds next."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self.receipts: list[tuple[str, str]] = []
        self.words: list[tuple[str, str]] = []
        self.status = consts.SMPP_ESME_ROK
        self.lets_in = True
        self.is_silent = False
        self.delay = 0.0
        self.pieces = 1
        self.on_taken: Callable[[], None] = lambda: None
        self.line = socket.create_server(("127.0.0.1", 0))
        self.port = self.line.getsockname()[1]

    @contextmanager
    def open(self) -> Iterator["SmppGateway"]:
        thread = threading.Thread(target=self._serve, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)
            self.line.close()
            thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                peer, _address = self.line.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=[peer], daemon=True).start()

    def _talk(self, peer: socket.socket) -> None:
        with peer, suppress(OSError, struct.error):
            while True:
                size = struct.unpack(">L", exactly(peer, 4))[0]
                pdu = smpp.parse_pdu(
                    struct.pack(">L", size) + exactly(peer, size - 4),
                    client=self,
                    allow_unknown_opt_params=True,
                )
                if not self._answer(peer, pdu):
                    return

    def _answer(self, peer: socket.socket, pdu: Any) -> bool:
        if pdu.command == "bind_transceiver":
            status = consts.SMPP_ESME_ROK if self.lets_in else consts.SMPP_ESME_RINVPASWD
            self._say(peer, "bind_transceiver_resp", pdu.sequence, status, system_id="smsc")
            if self.lets_in:
                self._bring(peer)
        elif pdu.command == "submit_sm":
            if self.status == consts.SMPP_ESME_ROK:
                self.parts.append(pdu)
                self.on_taken()
            time.sleep(self.delay)
            if self.is_silent:
                return True
            self._say(
                peer,
                "submit_sm_resp",
                pdu.sequence,
                self.status,
                message_id=f"m{len(self.parts)}",
            )
        elif pdu.command == "unbind":
            self._say(peer, "unbind_resp", pdu.sequence)
            return False
        return True

    def _bring(self, peer: socket.socket) -> None:
        while self.receipts:
            name, state = self.receipts.pop()
            text = f"id:{name} sub:001 dlvrd:001 stat:{state} err:000 text:"
            self._deliver(peer, text.encode(), esm_class=4)
        while self.words:
            phone, text = self.words.pop()
            self._deliver(
                peer, text.encode("utf-16-be"), esm_class=0, data_coding=8, source_addr=phone
            )

    def _deliver(self, peer: socket.socket, body: bytes, **facts: Any) -> None:
        pdu = smpp.make_pdu("deliver_sm", client=self, short_message=body, **facts)
        peer.sendall(pdu.generate())

    def _say(
        self, peer: socket.socket, command: str, sequence: int, status: int = 0, **facts: Any
    ) -> None:
        pdu = smpp.make_pdu(command, client=self, **facts)
        pdu.sequence, pdu.status = sequence, status
        peer.sendall(pdu.generate())

    # What smpplib asks of whoever makes PDUs.

    sequence = 1

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence


def exactly(peer: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        piece = peer.recv(size - len(got))
        if not piece:
            raise OSError("the line was hung up")
        got += piece
    return got


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
