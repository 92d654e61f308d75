"""All tables that hold something of a client, floor by floor, each behind those it speaks of."""

from armclients.models import CallTarget, SearchCard
from customers import personal as customers
from customers.held import DERIVED, Held
from orders import personal as orders
from vehicles import personal as vehicles

ROOF = (
    Held(
        SearchCard,
        ("customer",),
        kept={DERIVED: ("name_key", "names", "contacts", "vehicles", "tags")},
        is_told=False,
    ),
    Held(CallTarget, ("customer",), goes=True, hidden=("km_per_day", "forecast_km")),
)
CATALOGUE = (*customers.TABLES, *vehicles.TABLES, *orders.TABLES, *ROOF)
