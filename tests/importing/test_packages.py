"""Work packages as files: found by name, and filled anew as a whole."""

import pytest

from orders.models import PackagePart, PackageWork, WorkPackage
from tests import make

pytestmark = pytest.mark.django_db

PARTS = "id,article,name,price\noil,М1,Масло,900\n"
PACKAGES = 'name,discount\nТО-60,"7,5"\n'
GOODS = "package,part,quantity\nТО-60,oil,4\n"


class TestPackages:
    def test_come_in_with_their_works_and_parts(self, files, bring):
        directory = files(
            parts=PARTS,
            labor="id,name,norm_hours\nswap,Замена масла,0.5\n",
            packages=PACKAGES,
            package_works="package,name,labor,code,norm_hours,price\n"
            "то-60,Замена масла,swap,М-1,0.5,700\nТО-60,Осмотр,,,,\n",
            package_parts=GOODS,
        )

        ran = bring(directory)

        assert ran.status == 0, ran.complained
        package = WorkPackage.objects.get()
        assert (package.name, package.discount_percent) == ("ТО-60", 7.5)
        works = package.works.order_by("position")
        assert list(works.values_list("position", "name", "labor__name", "price", "quantity")) == [
            (1, "Замена масла", "Замена масла", 700, 1),
            (2, "Осмотр", None, None, 1),
        ]
        assert list(package.goods.values_list("part__article", "quantity")) == [("М1", 4)]
        again = bring(directory)
        assert all(count["unchanged"] == count["read"] for count in again.counts.values())

    def test_are_found_by_name_whatever_the_case(self, files, bring):
        package = WorkPackage.objects.create(name="то-60", discount_percent=1)

        ran = bring(files(parts=PARTS, packages=PACKAGES, package_parts=GOODS))

        assert ran["packages"]["changed"] == 1
        package.refresh_from_db()
        assert (package.name, package.discount_percent) == ("ТО-60", 7.5)
        assert package.goods.count() == 1

    def test_need_no_file_when_they_are_there(self, files, bring):
        package = WorkPackage.objects.create(name="то-60", discount_percent=1)

        ran = bring(files(parts=PARTS, package_parts=GOODS))

        assert ran.status == 0, ran.complained
        assert package.goods.count() == 1

    def test_hold_what_the_file_says_and_keep_what_it_is_silent_about(self, files, bring):
        package = WorkPackage.objects.create(name="ТО-60")
        package.works.create(name="Старая")
        package.works.create(name="Тоже старая", position=2)
        other = WorkPackage.objects.create(name="Зима")
        other.works.create(name="Переобувка")

        ran = bring(files(package_works="package,name\nТО-60,Новая\n"))

        assert ran["package_works"]["changed"] == 1
        assert [work.name for work in package.works.all()] == ["Новая"]
        assert [work.name for work in other.works.all()] == ["Переобувка"]

    @pytest.mark.parametrize(
        ("texts", "complaint"),
        [
            ({"package_works": "package,name\nНет такого,Осмотр\n"}, "package"),
            ({"package_works": "package,name,labor\nТО-60,Осмотр,nothing\n"}, "labor"),
            ({"package_parts": "package,part\nТО-60,nothing\n"}, "part"),
            ({"package_parts": "package,part,quantity\nТО-60,oil,0\n"}, "quantity"),
            ({"packages": "name,discount\nТО-60,101\n"}, "discount"),
            ({"packages": "name\nТО-60\nто-60\n"}, "name"),
        ],
    )
    def test_say_which_cell_is_wrong(self, files, bring, texts, complaint):
        ran = bring(files(**{"parts": PARTS, "packages": PACKAGES, **texts}))

        assert ran.status == 1
        assert f" {complaint}:" in ran.complained
        assert not WorkPackage.objects.exists()

    def test_with_errors_leave_their_contents_out(self, files, bring):
        directory = files(
            parts=PARTS,
            packages="name,discount\nТО-60,101\nЗима,5\n",
            package_works="package,name\nТО-60,Осмотр\nзима,Переобувка\n",
            package_parts=GOODS,
        )

        ran = bring(directory, skip_bad=True)

        assert ran["package_works"]["rejected"] == 1
        assert [work.package.name for work in PackageWork.objects.all()] == ["Зима"]
        assert not PackagePart.objects.exists()


MODELS = "package,make,model\nТО-60,toyota,Camry\nто-60,ЗАЗ,\n"


class TestModels:
    def of(self, name: str) -> list[tuple[str, str]]:
        models = WorkPackage.objects.get(name=name).for_models.order_by("make__name", "name")
        return list(models.values_list("make__name", "name"))

    def test_come_in_with_their_packages(self, files, bring):
        make.vehicle(model=make.model("TOYOTA", "CAMRY"))
        make.vehicle(model=make.model("ЗАЗ", ""))
        directory = files(packages=PACKAGES, package_models=MODELS)

        ran = bring(directory)

        assert (ran.status, ran.complained) == (0, "")
        assert self.of("ТО-60") == [("TOYOTA", "CAMRY"), ("ЗАЗ", "")]
        again = bring(directory)
        assert all(count["unchanged"] == count["read"] for count in again.counts.values())

    def test_are_those_of_the_file_and_stay_where_it_is_silent(self, files, bring):
        camry, corolla = make.model("TOYOTA", "CAMRY"), make.model()
        for name in ("ТО-60", "Зима"):
            WorkPackage.objects.create(name=name).for_models.add(corolla)

        ran = bring(files(package_models="package,make,model\nТО-60,TOYOTA,CAMRY\n"))

        assert ran["package_models"]["changed"] == 1
        assert self.of("ТО-60") == [("TOYOTA", camry.name)]
        assert self.of("Зима") == [("TOYOTA", corolla.name)]

    def test_that_no_vehicle_is_of_are_kept_with_a_word_about_them(self, files, bring):
        vehicles = "id,make,model\n1,LADA,VESTA\n"
        models = "package,make,model\nТО-60,LADA,VESTA\nТО-60,LADA,WESTA\n"

        ran = bring(files(vehicles=vehicles, packages=PACKAGES, package_models=models))

        assert ran.status == 0
        assert "WESTA" in ran.complained
        assert "VESTA" not in ran.complained
        assert self.of("ТО-60") == [("LADA", "VESTA"), ("LADA", "WESTA")]

    @pytest.mark.parametrize(
        ("rows", "complaint"),
        [
            ("Нет такого,TOYOTA,CAMRY", "package"),
            (",TOYOTA,CAMRY", "package"),
            ("ТО-60,,CAMRY", "make"),
            ("ТО-60,TOYOTA,CAMRY\nто-60,Toyota,Camry", "package"),
        ],
    )
    def test_say_which_cell_is_wrong(self, files, bring, rows, complaint):
        ran = bring(files(packages=PACKAGES, package_models=f"package,make,model\n{rows}\n"))

        assert ran.status == 1
        assert f" {complaint}:" in ran.complained
        assert not WorkPackage.objects.exists()
