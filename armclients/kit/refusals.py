"""What an action says when it will not."""

from django.utils.functional import Promise


class RefusedError(Exception):
    """All stays as it is; the message says why, for the screen, and `field` beside which field."""

    def __init__(self, sentence: str | Promise, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
