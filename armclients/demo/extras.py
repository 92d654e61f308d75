"""What the demo shop has and no import file brings: open carts, and where its people work."""

import random

from armclients.models import User, Workplace
from customers.models import Counterparty
from orders.models import Branch, Cart, CartLine, Part

SEED = 20201020
CARTS = 40
LONGEST_CART = 5


def fill() -> None:
    """Forty clients are choosing something, none of them of the seed's page."""
    dice = random.Random(SEED)
    parts = list(Part.objects.exclude(price=None).order_by("pk"))
    clients = Counterparty.objects.exclude(source_id__startswith="seed").filter(
        ownerships__until=None, ownerships__role="owner"
    )
    advisors = list(User.objects.filter(groups__name="advisor").order_by("pk"))
    for client in dice.sample(list(clients.order_by("pk").distinct()), CARTS):
        vehicle = client.ownerships.filter(until=None).order_by("pk").first().vehicle
        cart = Cart.objects.create(
            counterparty=client, vehicle=vehicle, author=dice.choice(advisors)
        )
        for part in dice.sample(parts, dice.randint(1, LONGEST_CART)):
            CartLine.objects.create(
                cart=cart, part=part, name=part.name, quantity=dice.choice((1, 1, 2)), price=part.price
            )
    give_workplaces()


def give_workplaces() -> None:
    """Зоя works in the second branch, everybody else in the first."""
    first, *others = Branch.objects.order_by("pk")
    for user in User.objects.order_by("pk"):
        away = others and user.username == "zoya"
        Workplace.objects.get_or_create(user=user, defaults={"branch": others[0] if away else first})
