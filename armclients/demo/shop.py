"""The whole demo shop: written once as a directory to import, continued on any later day."""

from datetime import date, timedelta
from pathlib import Path

from . import cars, diary, events, orders, parts, people, prices, seed, staff, work
from .sheets import Sheets
from .staff import LOGINS, PASSWORD

__all__ = ["LOGINS", "PASSWORD", "write", "write_day"]

DAYS_CONTINUED = 14


def write(directory: Path, *, today: date) -> None:
    """Every file of the shop as it stands on *today*; the same day gives the same bytes."""
    shop, sheets, shelves = Shop(today), Sheets(), parts.Shelves()
    staff.write(sheets)
    seed.write(sheets)
    people.write(sheets, shop.clients)
    cars.write(sheets, shop.cars)
    shelves.write(sheets)
    prices.write(sheets)
    made = shop.bookings(
        today - timedelta(days=diary.DAYS_BACK), today + timedelta(days=diary.DAYS_AHEAD)
    )
    diary.write(sheets, made)
    diary.write_plans(sheets, today, shop.cars)
    orders.write(sheets, orders.orders(today, shop.clients, shop.cars), shelves)
    repairs = [
        *work.history(today, shop.cars),
        *work.standing(today, shop.cars),
        *work.from_bookings(today, made),
    ]
    work.write(sheets, repairs, today, shelves)
    events.write(sheets, today, shop.clients, shop.car_of)
    sheets.save(directory)


def write_day(directory: Path, *, today: date) -> None:
    """What *today* adds to a shop written before: bookings, arrivals and events.

    Clients and cars are referred to, not repeated. Written on the shop's first day, it holds only
    rows that the shop has already.
    """
    shop, sheets = Shop(today), Sheets()
    made = shop.bookings(today, today + timedelta(days=DAYS_CONTINUED))
    diary.write(sheets, made)
    work.write(sheets, work.from_bookings(today, made), today, parts.Shelves())
    events.write_day(sheets, today, shop.clients, shop.car_of)
    sheets.save(directory)


class Shop:
    """Who comes to the shop, and in what."""

    def __init__(self, today: date):
        self.today = today
        self.clients = people.clients(today)
        self.cars = cars.cars(today, self.clients)
        self.first_car = {car.owner: car.id for car in reversed(self.cars) if car.owner}

    def bookings(self, first: date, last: date) -> list[diary.Booking]:
        return diary.bookings(first, last, self.today, diary.booked_cars(self.cars))

    def car_of(self, client: people.Client) -> str:
        return self.first_car.get(client, "")
