"""What goods and hours cost by price type, the labour, and which parts stand in for others."""

from decimal import Decimal
from itertools import pairwise

from . import jobs, parts

# Below the standard price, in percent.
CHEAPER = {"Постоянный клиент": 5, "Оптовая": 12}
HOURS = {"": 2100, "Нормо-час розничный": 2100, "Нормо-час льготный": 1700}
# Whoever does not want the one may take the other.
ALIKE = ("spark plug", "front pads", "rear pads", "link", "battery", "bulb", "oil filter")


def write(sheets) -> None:
    for part in parts.PARTS:
        for price_type, percent in CHEAPER.items():
            price = (part.price * Decimal(100 - percent) / 100).quantize(Decimal(1))
            sheets.add("prices", part=part.id, price_type=price_type, price=price)
    for group in ALIKE:
        for one, other in pairwise(parts.OF_GROUP[group]):
            sheets.add("analogs", part=one.id, analog=other.id)
    for code, (name, hours) in jobs.WORKS.items():
        sheets.add("labor", id=code, code=code, name=name, norm_hours=hours)
    for price_type, price in HOURS.items():
        sheets.add("hour_prices", price_type=price_type, price=price)
