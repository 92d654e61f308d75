"""What a search wants, folded, and what that means.

The meaning is the plain queryset of `Wanted.of`. One page of it is fetched by the statement of
`statement.py`, which a property test holds equal to it.
"""

from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet

from armclients.models import SearchCard
from armclients.workstation.further import NOTHING, Asked
from armclients.workstation.narrowing import Narrowed


@dataclass(frozen=True)
class Wanted:
    """A search, folded. All `names` must be found; of `contacts` and `vehicles` one is enough."""

    name_prefix: str = ""
    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    further: Asked = NOTHING
    # Fields that look through less than everything.
    narrowed: tuple[Narrowed, ...] = ()
    # Something was typed of which folding left nothing: no client is called «%».
    impossible: bool = False

    @property
    def starts_only(self) -> bool:
        """One letter alone means names that start with it, not words."""
        return len(self.name_prefix) == 1

    @property
    def is_of_vehicles(self) -> bool:
        """Whether a part of a vehicle's number is all that is wanted."""
        return bool(self.vehicles) and self == Wanted(
            vehicles=self.vehicles, narrowed=self.narrowed
        )

    def sources_of(self, field: str) -> tuple[str, ...]:
        """What the field looks through; nothing is said when that is everything."""
        return next((each.sources for each in self.narrowed if each.field == field), ())

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
        for tags in self.further.tags:
            wanted &= Q(tags__overlap=list(tags))
        for keys in self.further.clients:
            wanted &= Q(customer__in=keys)
        wanted &= Q(*(Exists(narrowed.rows) for narrowed in self.narrowed))
        if self.further.visited_from:
            wanted &= Q(visited_on__gte=self.further.visited_from)
        if self.further.visited_to:
            wanted &= Q(visited_on__lte=self.further.visited_to)
        return cards.filter(wanted)
