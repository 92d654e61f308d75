"""Estimates, sales and invoices as files, and the document each was made from."""

from decimal import Decimal

import pytest

from orders.models import Document, Estimate, Invoice, Sale

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name\n1,Зубков\n"
PARTS = "id,article,name,price\noil,A1,Фильтр,100\n"


def with_papers(files, **texts):
    return files(customers=CUSTOMERS, parts=PARTS, **texts)


def test_they_come_in_with_lines_days_money_and_what_they_were_made_from(files, bring):
    directory = with_papers(
        files,
        orders="id,customer,date,state\n7,1,2024-05-01,issued\n",
        estimates="id,customer,date,state,valid_until\n7,1,2024-04-01,accepted,2024-04-15\n",
        estimate_works="estimate,name,price,discount\n7,Диагностика,1000,15\n",
        sales="id,customer,date,state,base,paid\ns,1,2024-05-02,posted,orders:7,200\n",
        sale_parts="sale,part,quantity\ns,oil,2\n",
        invoices="id,customer,date,state,base,pay_until\ni,1,2024-05-01,posted,s,2024-05-05\n",
    )

    assert bring(directory).status == 0

    estimate, sale, invoice = Estimate.objects.get(), Sale.objects.get(), Invoice.objects.get()
    assert (estimate.total, f"{estimate.valid_until}") == (Decimal("850.00"), "2024-04-15")
    assert (sale.base.kind, sale.total, sale.paid) == ("customer_order", Decimal(200), Decimal(200))
    assert (invoice.base_id, f"{invoice.pay_until}") == (sale.pk, "2024-05-05")
    again = bring(directory)
    assert {file: counts["changed"] for file, counts in again.counts.items()} == dict.fromkeys(
        again.counts, 0
    )


@pytest.mark.parametrize(
    ("base", "complaint"),
    [("nobody", "такого документа нет"), ("7", "orders:7, work_orders:7")],
)
def test_a_base_must_be_one_known_document(files, bring, base, complaint):
    directory = with_papers(
        files,
        orders="id,customer,date,state\n7,1,2024-05-01,issued\n",
        work_orders="id,customer,date,state\n7,1,2024-05-01,closed\n",
        sales=f"id,customer,date,state,base\ns,1,2024-05-02,posted,{base}\n",
    )

    ran = bring(directory)

    assert ran.status == 1
    assert complaint in ran.complained
    assert not Document.objects.exists()
