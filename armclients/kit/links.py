"""Links for people without a log-in: only this shop can have made them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

LONGEST = 100


@dataclass(frozen=True)
class Links:
    """Links to things of one kind. Each names one thing; what it opens, the thing is asked."""

    name: str
    salt: str
    valid_for: int | None = None  # seconds; without it they never grow old

    def token_of(self, pk: int) -> str:
        return self._signer.sign(str(pk))

    def url_for(self, pk: int) -> str:
        """What is sent to the client."""
        return f"{settings.PUBLIC_URL}{reverse(self.name, args=[self.token_of(pk)])}"

    def pk_of(self, token: str) -> int | None:
        """The thing whose link it is; nothing for one that is too old, or that nobody made."""
        if len(token) > LONGEST:
            return None
        by_age = {"max_age": self.valid_for} if self.valid_for else {}
        try:
            return int(self._signer.unsign(token, **by_age))
        except (BadSignature, ValueError):
            return None

    @property
    def _signer(self) -> Any:
        return (TimestampSigner if self.valid_for else Signer)(salt=self.salt)
