"""Who changed what of a vehicle."""

from tests import make


def test_a_sale_and_a_new_plate_are_told(client_of, dina):
    seller, buyer = make.client("Продавцов"), make.client("Покупцов")
    car = make.vehicle(seller, plate="А111АА77", colour="белый")
    owned = car.ownerships.get()
    owned.until = make.day()
    owned.save()
    make.ownership(car, buyer, since=make.day())
    car.colour = "красный"
    car.save()

    answer = client_of(dina).get(f"/vehicles/{car.pk}/log/")

    told = {(c.field, c.old, c.new) for c in answer.context["changes"]}
    assert told == {("до", "", "12.03.2041"), ("цвет", "белый", "красный")}


def test_is_not_for_advisors(web):
    assert web.get(f"/vehicles/{make.vehicle().pk}/log/").status_code == 403
