"""Photographs of the wheels of a set, beside what was measured."""

import pytest

from armclients.kit import photos
from tests import hotel, make
from tests.contract.page import parse
from vehicles.models import TirePhoto

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


@pytest.fixture
def wheel():
    return hotel.tires().measurements.create(taken_on=make.TODAY, wheel="fl", tread_mm=7)


class TestPhotos:
    def test_are_kept_beside_what_was_measured(self, web, wheel):
        web.post(f"/tires/measured/{wheel.pk}/photos/", {"photos": [make.picture()]})

        page = parse(web.get(wheel.set.url))
        photo = TirePhoto.objects.get(measurement=wheel)
        [image] = page.one("ul", **{"class": "photos small"}).all("img")
        assert image["src"] == f"/tires/photos/{photo.name}/?preview"
        assert web.get(image["src"])["Content-Type"] == "image/jpeg"

    def test_cost_no_more_statements_the_more_there_are(self, web, wheel, statements):
        make.photo(wheel)
        with statements() as few:
            web.get(wheel.set.url)
        make.photo(wheel)
        make.photo(wheel)

        with statements(at_most=len(few)):
            web.get(wheel.set.url)

    def test_are_removed_with_their_files(self, web, wheel, django_capture_on_commit_callbacks):
        photo = make.photo(wheel)

        with django_capture_on_commit_callbacks(execute=True):
            web.post(f"/tires/photos/{photo.name}/remove/")

        assert not TirePhoto.objects.exists()
        assert not photos.path_of(photo.name, preview=True).exists()

    def test_whoever_may_not_does_not(self, client_of, wheel, boris, zoya):
        photo = make.photo(wheel)
        address = f"/tires/measured/{wheel.pk}/photos/"

        assert client_of(boris).post(address, {"photos": make.picture()}).status_code == 403
        assert client_of(boris).post(f"/tires/photos/{photo.name}/remove/").status_code == 403
        assert client_of(zoya).get(f"/tires/photos/{photo.name}/").status_code == 403
