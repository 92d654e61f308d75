"""Where SMS go: what SMS_URL says. Pure, because the settings read it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

EXAMPLES = (
    "smsc://LOGIN:PASSWORD@smsc.ru, smsru://API_ID@sms.ru, "
    "smpp://SYSTEM_ID:PASSWORD@HOST:2775, or unset it to write messages into a file"
)
SECRETS = {"file": (), "smsc": ("user", "password"), "smsru": ("user",)}
SECRETS |= {"smpp": ("user", "password", "host")}
USUAL_HOST = {"smsc": "smsc.ru", "smsru": "sms.ru"}
SMPP_PORT = 2775
ON_OFF = {"on": True, "off": False}


@dataclass(frozen=True)
class Address:
    """A provider's name, how to log in there, and who the client sees as the sender."""

    provider: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: int | None = None
    path: str = ""
    sender: str = ""
    # What the provider signs its delivery reports with.
    secret: str = ""
    tls: bool = True

    @property
    def base(self) -> str:
        """The beginning of a gateway's addresses."""
        port = f":{self.port}" if self.port else ""
        return f"http{'s' if self.tls else ''}://{self.host}{port}"


def parse(url: str) -> Address:
    """The address that SMS_URL means.

    Raises ValueError with a sentence that says what to set, and never repeats a secret.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(f"SMS_URL cannot be read: set it to {EXAMPLES}.") from None
    if parts.scheme not in SECRETS:
        raise ValueError(f"SMS_URL names no known gateway: set it to {EXAMPLES}.")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(options) - {"sender", "secret", "tls"}
    tls = options.get("tls", "off" if parts.scheme == "smpp" else "on")
    if unknown or tls not in ON_OFF:
        raise ValueError(
            "SMS_URL has an option nobody knows: there are sender=NAME, secret=WORD and tls=on|off."
        )
    address = Address(
        provider=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=parts.hostname or USUAL_HOST.get(parts.scheme, ""),
        port=port or (SMPP_PORT if parts.scheme == "smpp" else None),
        path=unquote(parts.path),
        sender=options.get("sender", ""),
        secret=options.get("secret", ""),
        tls=ON_OFF[tls],
    )
    if not all(getattr(address, name) for name in SECRETS[parts.scheme]):
        raise ValueError(f"SMS_URL is not whole: set it to {EXAMPLES}.")
    return address
