"""Photographs of a car as it was taken in."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from armclients.kit import photos
from orders.models import Visit, VisitPhoto
from tests import make
from tests.contract.page import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


@pytest.fixture
def visit():
    client = make.client("Зубков")
    return make.visit(client, vehicle=make.vehicle(client))


def photograph(browser, visit, *uploads):
    return browser.post(f"/visits/{visit.pk}/photos/add/", {"photos": list(uploads)})


def shown(browser, visit):
    return parse(browser.get(f"/visits/{visit.pk}/")).one(id="photos").all("img")


class TestPhotos:
    def test_are_kept_and_shown(self, web, visit, anna):
        answer = photograph(web, visit, make.picture(), make.picture())

        assert answer["Location"] == f"/visits/{visit.pk}/#photos"
        assert [photo.author for photo in visit.photos.all()] == [anna, anna]
        addresses = [image["src"] for image in shown(web, visit)]
        assert len(addresses) == 2
        assert all(web.get(address)["Content-Type"] == "image/jpeg" for address in addresses)

    def test_one_from_the_camera_will_do(self, web, visit):
        web.post(f"/visits/{visit.pk}/photos/add/", {"shot": make.picture()})

        assert visit.photos.count() == 1

    def test_what_was_signed_stays_signed_and_says_how_many_there_were(self, web, visit):
        photograph(web, visit, make.picture(), make.picture())
        Visit.objects.filter(pk=visit.pk).update(signature="M1 1L2 2", signed_at=make.NOW)
        visit.photos.filter(pk=visit.photos.first().pk).update(taken_in_at=make.at(23))

        act = web.get(f"/visits/{visit.pk}/print/").content.decode()

        visit.refresh_from_db()
        assert visit.signature
        assert "Фотографий при приёмке: 1." in act

    def test_are_removed_with_their_files(self, web, visit, django_capture_on_commit_callbacks):
        photo = make.photo(visit)

        with django_capture_on_commit_callbacks(execute=True):
            web.post(f"/visits/photos/{photo.name}/remove/")

        assert not shown(web, visit)
        assert not photos.path_of(photo.name).exists()

    def test_what_the_client_signed_with_stays(self, web, visit):
        photo = make.photo(visit)
        Visit.objects.filter(pk=visit.pk).update(signature="M1 1L2 2", signed_at=make.NOW)

        answer = web.post(f"/visits/photos/{photo.name}/remove/")

        assert answer.status_code == 422
        assert visit.photos.get() == photo

    def test_stay_as_they_are_once_the_car_has_left(self, web, visit):
        photo = make.photo(visit)
        Visit.objects.filter(pk=visit.pk).update(state="closed", left_at=make.NOW)

        added = photograph(web, visit, make.picture())
        removed = web.post(f"/visits/photos/{photo.name}/remove/")

        assert (added.status_code, removed.status_code) == (422, 422)
        assert "уехал" in added.content.decode()
        assert visit.photos.get() == photo
        assert web.get(f"/visits/photos/{photo.name}/").status_code == 200

    @pytest.mark.parametrize(
        ("uploads", "said"),
        [
            ([SimpleUploadedFile("осмотр.jpg", b"no picture")], "осмотр.jpg"),
            ([], "выберите файл"),
        ],
    )
    def test_what_is_no_photo_is_refused_at_its_field(self, web, visit, uploads, said):
        answer = photograph(web, visit, *uploads)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not VisitPhoto.objects.exists()

    def test_there_are_never_too_many(self, web, visit):
        for _ in range(photos.MOST):
            make.photo(visit)

        answer = photograph(web, visit, make.picture())

        assert answer.status_code == 422
        assert f"Не больше {photos.MOST}" in answer.content.decode()
        assert visit.photos.count() == photos.MOST

    def test_whoever_may_not_does_not(self, client_of, visit, boris, zoya):
        photo = make.photo(visit)

        assert photograph(client_of(boris), visit, make.picture()).status_code == 403
        assert client_of(zoya).get(f"/visits/photos/{photo.name}/").status_code == 403
        assert not parse(client_of(boris).get(f"/visits/{visit.pk}/")).all(id="photo-add")

    def test_nobody_knows_another_name(self, web, visit):
        assert web.get(f"/visits/photos/{uuid.uuid4()}/").status_code == 404
        assert web.post("/visits/0/photos/add/", {"photos": BytesIO()}).status_code == 404
