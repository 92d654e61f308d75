"""An estimate that is out, and its answers: as a client gives them, and as an advisor is told."""

from django.test import Client

from orders import links
from orders.actions import estimates
from orders.models import Estimate
from orders.queries import estimates as queries
from tests import make


def sent(client, manager) -> Estimate:
    """Two works and a part, on offer for a week."""
    made = make.estimate(
        client,
        vehicle=make.vehicle(client, plate="А123ВС77"),
        manager=manager,
        state="sent",
        valid_until=make.day(7),
    )
    make.work(made, "Замена масла", price=1000)
    make.work(made, "Замена ремня", price=5000, position=2)
    make.goods(made, make.part("OC-90", name="Фильтр"), price=300, quantity=2)
    return made


def address(estimate):
    return f"/e/{links.ESTIMATES.token_of(estimate.pk)}/"


def lines(estimate):
    offer = queries.offer(estimate)
    return [*(f"w{line.pk}" for line in offer.works), *(f"p{line.pk}" for line in offer.goods)]


def answer(estimate, *agreed, browser=None, **facts):
    given = {"lines": agreed, "seen": queries.offer(estimate).digest, "text": ""} | facts
    return (browser or Client()).post(address(estimate), given)


def told(estimate, *agreed, by=None, **facts):
    offer = queries.offer(estimate)
    said = estimates.Said(
        works={line.pk for line in offer.works if line.name in agreed},
        goods=set(),
        seen=offer.digest,
        **facts,
    )
    return estimates.answer(estimate.pk, said, by=by, at=make.NOW, today=make.TODAY)
