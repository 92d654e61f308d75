"""An operator's own gateway over SMPP 3.4: one conversation a message, receipts fetched apart."""

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.utils.translation import gettext as _
from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from customers.messaging import segments
from customers.messaging.address import Address
from customers.messaging.providers import (
    NotNowError,
    Provider,
    RefusedError,
    Reply,
    Report,
    UnclearError,
)
from customers.models import OutgoingMessage

PATIENCE = 10  # seconds
# How long the line stays silent before there are no more receipts.
SILENCE = 1.5
MOST_RECEIPTS = 500
IS_RECEIPT = 0x04
RECEIPT = re.compile(r"\bid:(\S+).*?\bstat:(\w+)", re.IGNORECASE | re.DOTALL)
ARRIVED = "DELIVRD"
ON_THE_WAY = {"ENROUTE", "ACCEPTD"}
# The gateway is busy, or does not know us: the message is not to blame.
LATER = {
    consts.SMPP_ESME_RSYSERR,
    consts.SMPP_ESME_RMSGQFUL,
    consts.SMPP_ESME_RTHROTTLED,
    consts.SMPP_ESME_RX_T_APPN,
}


class Gateway(Provider):
    name = "smpp"
    collects = True

    def __init__(self, address: Address) -> None:
        self.address = address

    def send(self, message: OutgoingMessage, hand_over: Callable[[], None]) -> str:
        with self._line() as line:
            hand_over()
            name = ""
            for number, part in enumerate(encoded(message), 1):
                # Parts that went out cannot be taken back: only the first may be tried again.
                name = self._submit(line, message.recipient, part, is_first=number == 1)
            return name

    def collect(self) -> list[Report | Reply]:
        found: list[Report | Reply] = []
        with self._line(silence=SILENCE) as line:
            for pdu in incoming(line):
                found += [receipt] if (receipt := read(pdu)) else []
                if len(found) >= MOST_RECEIPTS:
                    break
        return found

    @contextmanager
    def _line(self, *, silence: float = 0) -> Iterator[Client]:
        """A bound line to the gateway. Raises NotNowError where there is none."""
        client = Client(
            self.address.host,
            self.address.port,
            timeout=PATIENCE,
            ssl_context=ssl.create_default_context() if self.address.tls else None,
            allow_unknown_opt_params=True,
        )
        try:
            try:
                client.connect()
                client.bind_transceiver(system_id=self.address.user, password=self.address.password)
            except exceptions.PDUError as error:
                words = _("The gateway does not let us in (code %(code)s).")
                raise NotNowError(words % {"code": error.args[-1]}) from error
            except (exceptions.ConnectionError, OSError) as error:
                raise NotNowError(_("The gateway cannot be reached.")) from error
            client._socket.settimeout(silence or PATIENCE)
            yield client
        finally:
            with suppress(exceptions.ConnectionError, exceptions.PDUError, OSError):
                if client.state != consts.SMPP_CLIENT_STATE_CLOSED:
                    client.send_pdu(smpp.make_pdu("unbind", client=client))
            client.disconnect()

    def _submit(self, line: Client, recipient: str, part: dict[str, Any], *, is_first: bool) -> str:
        """One part is taken; the gateway's name for it."""
        sent = line.send_message(
            source_addr_ton=consts.SMPP_TON_ALNUM,
            source_addr_npi=consts.SMPP_NPI_UNK,
            source_addr=self.address.sender,
            dest_addr_ton=consts.SMPP_TON_INTL,
            dest_addr_npi=consts.SMPP_NPI_ISDN,
            destination_addr=recipient,
            **part,
        )
        for answer in incoming(line, until_silence=False):
            if answer.command != "submit_sm_resp" or answer.sequence != sent.sequence:
                continue
            if not answer.is_error():
                return _text(answer.message_id)
            words = _("The gateway refuses it (code %(code)s).") % {"code": answer.status}
            if is_first:
                raise (NotNowError if answer.status in LATER else RefusedError)(words)
            raise UnclearError(words)
        raise UnclearError(_("The gateway does not answer."))


def encoded(message: OutgoingMessage) -> list[dict[str, Any]]:
    """What each part of the message says to the gateway; the last one asks for a receipt."""
    is_gsm = segments.is_gsm(message.text)
    pieces = segments.parts(message.text)
    found = []
    for number, piece in enumerate(pieces, 1):
        body = segments.gsm_encoded(piece) if is_gsm else piece.encode("utf-16-be")
        split = bytes([5, 0, 3, message.uid.int & 0xFF, len(pieces), number])
        found.append(
            {
                "data_coding": consts.SMPP_ENCODING_DEFAULT
                if is_gsm
                else consts.SMPP_ENCODING_ISO10646,
                "esm_class": consts.SMPP_GSMFEAT_UDHI if len(pieces) > 1 else 0,
                "registered_delivery": int(number == len(pieces)),
                "short_message": split + body if len(pieces) > 1 else body,
            }
        )
    return found


def incoming(line: Client, *, until_silence: bool = True) -> Iterator[Any]:
    """What the gateway says, politely answered, until it is silent."""
    while True:
        try:
            pdu = line.read_pdu()
        except (TimeoutError, exceptions.ConnectionError) as end:
            if until_silence:
                return
            raise UnclearError(_("The gateway does not answer.")) from end
        if pdu.command in {"deliver_sm", "enquire_link"}:
            reply = smpp.make_pdu(f"{pdu.command}_resp", client=line)
            reply.sequence = pdu.sequence
            line.send_pdu(reply)
        yield pdu


def read(pdu: Any) -> Report | Reply | None:
    """What an incoming message says: a receipt, or a client's words."""
    if pdu.command != "deliver_sm":
        return None
    body = pdu.short_message or b""
    if not pdu.esm_class & IS_RECEIPT:
        is_wide = pdu.data_coding == consts.SMPP_ENCODING_ISO10646
        text = body.decode("utf-16-be" if is_wide else "latin-1", "replace")
        return Reply(_text(pdu.source_addr), text)
    if not (found := RECEIPT.search(body.decode("latin-1"))):
        return None
    name, state = _text(pdu.receipted_message_id) or found[1], found[2].upper()
    if state == ARRIVED:
        return Report("delivered", provider_id=name)
    if state in ON_THE_WAY:
        return Report("sent", provider_id=name)
    error = _("The gateway could not deliver it (status %(code)s).") % {"code": state}
    return Report("failed", error, provider_id=name)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value or ""
