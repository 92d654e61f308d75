"""What a search wants, folded, and what that means.

The meaning is the plain queryset of `Wanted.of`. One page of it is fetched by the statement of
`statement.py`, which a property test holds equal to it.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from armclients.models import SearchCard


@dataclass(frozen=True)
class Wanted:
    """A search, folded. All `names` must be found; of `contacts` and `vehicles` one is enough."""

    name_prefix: str = ""
    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    # Something was typed of which folding left nothing: no client is called «%».
    impossible: bool = False

    @property
    def starts_only(self) -> bool:
        """One letter alone means names that start with it, not words."""
        return len(self.name_prefix) == 1

    def of(self, cards: QuerySet[SearchCard]) -> QuerySet[SearchCard]:
        """The meaning of the search, for counts, exports and tests."""
        if self.impossible:
            return cards.none()
        wanted = Q()
        if self.starts_only:
            wanted &= Q(name_key__startswith=self.name_prefix)
        else:
            for needle in self.names:
                wanted &= Q(names__contains=needle)
        for column, needles in (("contacts", self.contacts), ("vehicles", self.vehicles)):
            if needles:
                one_of = Q()
                for needle in needles:
                    one_of |= Q(**{f"{column}__contains": needle})
                wanted &= one_of
        if self.tags:
            wanted &= Q(tags__contains=list(self.tags))
        return cards.filter(wanted)
