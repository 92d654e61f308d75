"""Deferred works as a file, and estimates that were answered before their lines came anew."""

import pytest

from orders.models import DeferredWork, Estimate, EstimateAnswer
from tests import make

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name\n1,Зубков\n"
VEHICLES = "id,model\ncar,TOYOTA\n"


class TestDeferred:
    def test_come_in_with_what_they_mention(self, files, bring):
        directory = files(
            vehicles=VEHICLES,
            customers=CUSTOMERS,
            parts="id,article,name,price\npads,К1,Колодки,900\n",
            work_orders="id,customer,date,state,vehicle\n7,1,2024-05-01,closed,car\n",
            deferred="id,vehicle,name,noted_at,part,document,due_km,origin\n"
            "d,car,Колодки,2024-05-01 12:00,pads,work_orders:7,90000,declined\n",
        )

        ran = bring(directory)

        assert ran.status == 0, ran.complained
        work = DeferredWork.objects.get()
        assert (work.price, work.due_km, work.origin) == (900, 90000, "declined")
        assert work.document.source_id == "7"
        assert work.is_waiting
        assert bring(directory).counts["deferred"]["unchanged"] == 1

    @pytest.mark.parametrize(
        ("row", "complaint"),
        [
            ("d,nobody,Колодки,2024-05-01 12:00,,,", "vehicle"),
            ("d,car,Колодки,2024-05-01 12:00,nothing,,", "document"),
            ("d,car,Колодки,2024-05-01 12:00,,nothing,", "done_by"),
            ("d,car,Колодки,2024-05-01 12:00,,,2024-06-01 10:00", "why"),
        ],
    )
    def test_say_which_cell_is_wrong(self, files, bring, row, complaint):
        directory = files(
            vehicles=VEHICLES,
            deferred=f"id,vehicle,name,noted_at,document,done_by,dropped_at\n{row}\n",
        )

        ran = bring(directory)

        assert ran.status == 1
        assert complaint in ran.complained
        assert not DeferredWork.objects.exists()


def test_new_lines_of_an_answered_estimate_leave_the_answer_as_it_was(files, bring):
    papers = {
        "customers": CUSTOMERS,
        "estimates": "id,customer,date,state\n7,1,2024-04-01,accepted\n",
    }
    bring(files(**papers, estimate_works="estimate,name,price\n7,Диагностика,1000\n"))
    estimate = Estimate.objects.get()
    answer = EstimateAnswer.objects.create(estimate=estimate, how="phone", at=make.NOW)
    answer.lines.create(
        work=estimate.works.get(), name="Диагностика", quantity=1, amount=1000, is_accepted=True
    )

    ran = bring(files(**papers, estimate_works="estimate,name,price\n7,Диагностика,2000\n"))

    assert ran.status == 0, ran.complained
    line = answer.lines.get()
    assert (line.work, line.name, line.amount) == (None, "Диагностика", 1000)
    assert estimate.works.get().price == 2000
