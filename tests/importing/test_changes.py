"""Importing again with differences: only what differs is written, and history tells what it was."""

import datetime
from pathlib import Path

import pytest

from armclients.models import SearchCard, User
from customers.models import Consent, Contact, Counterparty, DiscountCard
from orders.models import Branch
from tests import make
from vehicles.models import OdometerReading, Vehicle, VehicleModel, VehicleOwnership, VehiclePlate

pytestmark = pytest.mark.django_db

TWO = "id,name,comment\n1,Зубков,Старый\n2,Иванов,\n"
CAR = {"customers": TWO, "vehicles": "id,make,model\nv,TOYOTA,COROLLA"}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class TestClients:
    def test_only_the_changed_row_is_written(self, files, bring):
        bring(files(customers=TWO))

        ran = bring(files(customers=TWO.replace("Старый", "Новый")))

        assert ran["customers"] == {
            "read": 2,
            "new": 0,
            "changed": 1,
            "unchanged": 1,
            "rejected": 0,
        }
        old = Counterparty.objects.get(source_id="1").counterparty_history.get()
        assert old.comment == "Старый"
        assert old.pgh_context.metadata["import"] == "import"

    def test_rows_absent_from_the_file_stay(self, files, bring):
        bring(files(customers=TWO))

        bring(files(customers="id,name\n3,Новый"))

        assert Counterparty.objects.count() == 3

    def test_a_new_name_is_found(self, files, bring):
        bring(files(customers=TWO))

        bring(files(customers=TWO.replace("Зубков", "Жуков")))

        assert SearchCard.objects.filter(names__contains="ЖУКОВ").exists()
        assert not SearchCard.objects.filter(names__contains="ЗУБКОВ").exists()

    def test_a_contact_is_known_by_its_folded_value(self, files, bring):
        bring(files(customers=TWO, contacts="customer,kind,value\n1,mobile,8 908 494-44-34"))

        ran = bring(files(contacts="customer,kind,value,person\n1,mobile,+7 (908) 4944434,жена"))

        assert ran["contacts"]["changed"] == 1
        assert Contact.objects.get().value == "+7 (908) 4944434"

    def test_a_new_primary_contact_takes_the_place_of_the_old(self, files, bring):
        head = "customer,kind,value,primary\n"
        bring(files(customers=TWO, contacts=f"{head}1,mobile,1111111,1\n1,work,2222222,"))

        ran = bring(files(contacts=f"{head}1,mobile,1111111,\n1,work,2222222,1"))

        assert ran.status == 0
        assert ran["contacts"]["changed"] == 2
        assert Contact.objects.get(is_primary=True).value == "2222222"
        assert (
            bring(files(contacts=f"{head}1,mobile,1111111,\n1,work,2222222,1"))["contacts"][
                "unchanged"
            ]
            == 2
        )

    def test_a_primary_contact_that_is_wrong_steps_back(self, files, bring):
        head = "customer,kind,value,primary,wrong\n"
        bring(files(customers=TWO, contacts=f"{head}1,mobile,1111111,1,"))

        assert bring(files(contacts=f"{head}1,mobile,1111111,,1")).status == 0
        wrong = Contact.objects.get()
        assert (wrong.is_primary, wrong.is_wrong) == (False, True)

        assert bring(files(contacts=f"{head}1,mobile,1111111,1,")).status == 0
        right = Contact.objects.get()
        assert (right.is_primary, right.is_wrong) == (True, False)

    def test_a_contact_is_not_both_primary_and_wrong(self, files, bring):
        head = "customer,kind,value,primary,wrong\n"

        ran = bring(files(customers=TWO, contacts=f"{head}1,mobile,1111111,1,1"), skip_bad=True)

        assert ran["contacts"]["rejected"] == 1

    def test_a_consent_is_withdrawn_by_a_later_file(self, files, bring):
        head = "customer,purpose,given_at,channel,withdrawn_at\n"
        given = "1,advertising,2025-09-01 10:00,sms,"
        bring(files(customers=TWO, consents=head + given))
        assert Consent.objects.live(purpose="advertising").exists()

        ran = bring(files(consents=f"{head}{given}2025-09-02 11:00"))

        assert ran["consents"]["changed"] == 1
        assert not Consent.objects.live(purpose="advertising").exists()

    def test_a_consent_may_not_end_before_it_starts(self, files, bring):
        rows = "customer,purpose,given_at,withdrawn_at\n1,advertising,2025-09-02,2025-09-01"

        ran = bring(files(customers=TWO, consents=rows), skip_bad=True)

        assert ran["consents"]["rejected"] == 1

    def test_two_primary_contacts_are_an_error(self, files, bring):
        ran = bring(
            files(customers=TWO, contacts="customer,kind,value,primary\n1,mobile,1,1\n1,work,2,1"),
            skip_bad=True,
        )

        assert ran["contacts"]["rejected"] == 1
        assert Contact.objects.get().value == "1"

    def test_a_card_changes_hands(self, files, bring):
        bring(files(customers=TWO, cards="number,customer,percent\n77,1,5"))

        bring(files(cards="number,customer,percent\n77,2,5"))

        assert DiscountCard.objects.get().holder.name == "Иванов"
        assert SearchCard.objects.get(names__contains=" 77 ").customer.name == "Иванов"

    def test_a_card_may_not_end_before_it_starts(self, files, bring):
        ran = bring(
            files(
                customers=TWO,
                cards="number,customer,valid_from,valid_until\n7,1,2024-02-01,2024-01-01",
            )
        )

        assert ran.status == 1
        assert "valid_until" in ran.complained

    def test_price_types_are_made_once_whatever_their_case(self, files, bring):
        bring(
            files(
                customers="id,name,price_type_goods,price_type_works\n1,А,Розница,Розница\n2,Б,РОЗНИЦА,"
            )
        )

        first, second = Counterparty.objects.order_by("source_id")
        assert first.price_type_goods == second.price_type_goods
        assert first.price_type_works.scope == "works"


class TestUsers:
    HEAD = "username,full_name,role\n"

    def test_password_and_superuser_are_never_touched(self, files, bring):
        User.objects.create_superuser("egor", password="secret-words")

        ran = bring(files(users=f"{self.HEAD}egor,Ильин Егор,advisor"))

        egor = User.objects.get(username="egor")
        assert ran["users"]["changed"] == 1
        assert egor.check_password("secret-words")
        assert (egor.is_superuser, egor.is_staff) == (True, True)
        assert egor.full_name == "Ильин Егор"

    def test_a_role_is_changed(self, files, bring):
        bring(files(users=f"{self.HEAD}a,А,admin"))
        assert User.objects.get().is_staff

        ran = bring(files(users=f"{self.HEAD}a,А,master"))

        assert ran["users"]["changed"] == 1
        assert [group.name for group in User.objects.get().groups.all()] == ["master"]
        assert not User.objects.get().is_staff
        assert bring(files(users=f"{self.HEAD}a,А,master"))["users"]["unchanged"] == 1

    def test_bad_names_and_roles(self, files, bring):
        ran = bring(files(users=f"{self.HEAD}вася пупкин,А,advisor\nb,Б,boss"))

        assert ran["users"]["rejected"] == 2


class TestBranches:
    def test_an_own_branch_of_that_name_is_adopted(self, files, bring):
        own = make.branch(name="Центр")

        bring(files(branches="id,name,prefix\nb1,ЦЕНТР,Ц"))

        assert Branch.objects.get().pk == own.pk
        assert Branch.objects.get().source_id == "b1"

    def test_zones_and_names_are_checked(self, files, bring):
        ran = bring(files(branches="id,name,timezone\n1,А,Moscow\n2,Б,\n3,б,"))

        assert ran["branches"]["rejected"] == 2
        assert "Moscow" in ran.complained
        ran = bring(files(branches="id,name\n2,Б\n3,б"))
        assert ran["branches"]["rejected"] == 1


class TestVehicles:
    def test_makes_and_models_are_made_once_and_may_be_half_known(self, files, bring):
        bring(
            files(
                vehicles="id,make,model\n1,Toyota,Corolla\n2,TOYOTA,COROLLA\n3,,Нива\n4,LADA,\n5,,"
            )
        )

        assert VehicleModel.objects.count() == 3
        titles = [v.title.strip() for v in Vehicle.objects.order_by("source_id")]
        assert titles[:4] == ["Toyota Corolla", "Toyota Corolla", "Без марки Нива", "LADA"]
        assert Vehicle.objects.get(source_id="5").model is None

    def test_the_current_plate_is_made_kept_and_replaced(self, files, bring):
        head = "id,model,plate\n"
        bring(files(vehicles=f"{head}v,К,А001АА77"))
        bring(files(vehicles=f"{head}v,К,a001aa 77"))
        assert VehiclePlate.objects.get().until is None

        ran = bring(files(vehicles=f"{head}v,К,В002ВВ77"))

        old, new = VehiclePlate.objects.order_by("id")
        assert ran["vehicles"]["changed"] == 1
        assert (old.until, new.since, new.until) == (make.TODAY, make.TODAY, None)
        assert bring(files(vehicles=f"{head}v,К,В002ВВ77"))["vehicles"]["unchanged"] == 1
        assert "B002BB77" in Vehicle.objects.get().lookup

    def test_dated_plates_agree_with_the_current_one(self, files, bring):
        directory = files(
            vehicles="id,plate\nv,В002ВВ77",
            plates="vehicle,number,since,until\nv,А001АА77,,2020-01-01\nv,В002ВВ77,2020-01-01,",
        )

        assert bring(directory).status == 0
        assert VehiclePlate.objects.count() == 2
        assert bring(directory)["vehicles"]["unchanged"] == 1

    def test_a_sale(self, files, bring):
        head = "vehicle,customer,since\n"
        bring(files(**CAR, ownerships=f"{head}v,1,2015-01-01"))

        ran = bring(files(ownerships=f"{head}v,2,2020-05-01"))

        old, new = VehicleOwnership.objects.order_by("id")
        assert ran["ownerships"]["new"] == 1
        assert (old.until, new.until) == (datetime.date(2020, 5, 1), None)
        assert SearchCard.objects.filter(vehicles=SearchCard.objects.first().vehicles).count() == 2

    def test_an_old_file_does_not_undo_a_sale(self, files, bring):
        head = "vehicle,customer,since\n"
        bring(files(**CAR, ownerships=f"{head}v,1,2015-01-01"))
        bring(files(ownerships=f"{head}v,2,2020-05-01"))

        ran = bring(files(ownerships=f"{head}v,1,2015-01-01"))

        assert ran["ownerships"]["unchanged"] == 1
        assert VehicleOwnership.objects.get(until=None).counterparty.name == "Иванов"

    def test_both_owners_in_one_file(self, files, bring):
        directory = files(
            **CAR, ownerships="vehicle,customer,since\nv,2,2020-05-01\nv,1,2015-01-01"
        )

        assert bring(directory).status == 0
        assert VehicleOwnership.objects.get(until=None).counterparty.name == "Иванов"
        assert bring(directory)["ownerships"]["unchanged"] == 2

    @pytest.mark.parametrize(
        "rows",
        [
            "v,1,,\nv,2,,",
            "v,1,2020-01-01,\nv,2,2020-01-01,",
            "v,1,2019-01-01,2021-01-01\nv,2,2020-01-01,2022-01-01",
            "v,1,2020-02-01,2020-01-01",
        ],
    )
    def test_owners_do_not_overlap(self, files, bring, rows):
        ran = bring(files(**CAR, ownerships=f"vehicle,customer,since,until\n{rows}"))

        assert ran.status == 1
        assert ran["ownerships"]["rejected"] == 1

    def test_owners_do_not_overlap_those_we_know(self, files, bring):
        head = "vehicle,customer,since,until\n"
        bring(files(**CAR, ownerships=f"{head}v,1,,"))

        ran = bring(files(ownerships=f"{head}v,2,,"))

        assert ran.status == 1
        assert "ownerships.csv" in ran.complained

    def test_drivers_may_be_many(self, files, bring):
        ran = bring(
            files(**CAR, ownerships="vehicle,customer,role\nv,1,owner\nv,2,driver\nv,1,driver")
        )

        assert ran["ownerships"]["new"] == 3

    def test_mileage_of_a_day_is_corrected(self, files, bring):
        bring(files(**CAR, odometer="vehicle,taken_on,km\nv,2024-01-01,100"))

        bring(files(odometer="vehicle,taken_on,km\nv,01.01.2024,90"))

        assert OdometerReading.objects.get().km == 90
