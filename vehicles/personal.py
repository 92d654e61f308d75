"""What this floor holds of a client, table by table; see `customers.held`."""

from customers.held import NAMES_OF_THINGS, NUMBERS, OF_THE_CAR, Held
from customers.personal import SOURCE
from vehicles.models import (
    OdometerReading,
    TireMeasurement,
    TireMovement,
    TirePhoto,
    TireScan,
    TireSet,
    Vehicle,
    VehicleOwnership,
    VehiclePlate,
)

# Of a car that was sold the next owner's words are none of this client's.
OWNED_NOW = {"ownerships__until": None}
OF_SET = ("set__depositor",)

TABLES = (
    Held(VehicleOwnership, goes=True),
    Held(
        Vehicle,
        ("ownerships__counterparty",),
        only=OWNED_NOW,
        emptied=("comment",),
        kept={
            NUMBERS: SOURCE,
            OF_THE_CAR: ("trim", "vin", "body_number", "colour", "engine", "gearbox", "lookup"),
        },
        hidden=("lookup", "is_owned"),
    ),
    Held(
        VehiclePlate,
        ("vehicle__ownerships__counterparty",),
        only={"vehicle__ownerships__until": None},
        kept={OF_THE_CAR: ("number",)},
    ),
    Held(
        OdometerReading,
        ("vehicle__ownerships__counterparty",),
        only={"vehicle__ownerships__until": None},
    ),
    Held(
        TireSet,
        ("depositor",),
        emptied=("comment", "notice"),
        kept={
            NUMBERS: (*SOURCE, "number", "contract"),
            NAMES_OF_THINGS: ("brand", "model", "size", "dot"),
        },
    ),
    Held(TireMeasurement, OF_SET, kept={NAMES_OF_THINGS: ("condition",)}),
    Held(TirePhoto, ("measurement__set__depositor",), hidden=("width", "height")),
    Held(
        TireMovement,
        OF_SET,
        emptied=("words",),
        kept={NUMBERS: ("from_cell", "to_cell")},
    ),
    Held(TireScan, OF_SET, kept={NUMBERS: ("code", "cell_code")}, is_told=False),
)
