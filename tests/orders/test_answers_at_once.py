"""Two people answer, take or convert the same thing at the same moment: once is enough."""

from contextlib import suppress

import pytest

from orders.actions import deferred, estimates
from orders.models import EstimateAnswer, WorkLine, WorkOrder
from orders.queries import estimates as queries
from tests import make
from tests.workstation.writers import Writer

pytestmark = pytest.mark.django_db(transaction=True)


class Trial(Writer):
    """Remembers what the action itself refused."""

    refused: Exception | None = None

    def run(self) -> None:
        act = self.write

        def tried() -> None:
            try:
                act()
            except Exception as refusal:
                self.refused = refusal
                raise Stopped from refusal

        self.write = tried
        with suppress(Stopped):
            super().run()


class Stopped(Exception):  # noqa: N818
    """The transaction ends without a trace in the log of threads."""


def all_at_once(act, times=6):
    trials = [Trial(act) for _ in range(times)]
    return [trial.done().refused for trial in trials]


@pytest.fixture
def estimate():
    made = make.estimate(
        make.client(), vehicle=make.vehicle(), state="sent", valid_until=make.day(7)
    )
    make.work(made)
    return made


def test_a_client_answers_once(estimate):
    offer = queries.offer(estimate)
    said = estimates.Said(works={offer.works[0].pk}, goods=(), seen=offer.digest)

    refusals = all_at_once(
        lambda: estimates.answer(estimate.pk, said, at=make.NOW, today=make.TODAY)
    )

    assert refusals.count(None) == 1
    assert {type(r) for r in refusals if r} == {estimates.UnanswerableError}
    assert EstimateAnswer.objects.count() == 1


def test_accepted_lines_become_one_work_order(estimate):
    anna = make.user()
    offer = queries.offer(estimate)
    said = estimates.Said(works={offer.works[0].pk}, goods=(), seen=offer.digest)
    estimates.answer(estimate.pk, said, at=make.NOW, today=make.TODAY)

    refusals = all_at_once(
        lambda: estimates.take_accepted(estimate.pk, by=anna, on=make.TODAY, at=make.NOW)
    )

    assert refusals.count(None) == 1
    assert WorkOrder.objects.count() == 1
    assert WorkOrder.objects.get().works.count() == 1


def test_an_estimate_has_one_next_version(estimate):
    anna = make.user()

    refusals = all_at_once(
        lambda: estimates.new_version(estimate.pk, by=anna, on=make.TODAY), times=4
    )

    assert refusals.count(None) == 1
    assert estimate.followers.count() == 1


def test_a_deferred_work_goes_into_one_order():
    car = make.vehicle()
    work = make.deferred(car)
    orders = [make.work_order(vehicle=car) for _ in range(4)]

    trials = [
        Trial(lambda order=order: deferred.take_into(work.pk, order.pk, by=None))
        for order in orders
    ]
    refusals = [trial.done().refused for trial in trials]

    assert refusals.count(None) == 1
    assert WorkLine.objects.count() == 1
