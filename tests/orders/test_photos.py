"""Photographs of defects: only pictures are taken in, and only whoever may sees them."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from armclients.kit import photos
from armclients.kit.refusals import RefusedError
from orders.models import Defect, DefectPhoto
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


@pytest.fixture
def order():
    return make.work_order()


def add(browser, order, *uploads, **facts):
    given = {"text": "Течёт амортизатор", "severity": "soon", "photos": list(uploads)}
    return browser.post(f"/documents/{order.pk}/defects/add/", given | facts)


def kept(photo) -> Image.Image:
    return Image.open(photos.path_of(photo.name))


def a_bomb() -> bytes:
    """A PNG of four billion pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 65_000, 65_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class TestTakenIn:
    def test_written_anew_without_what_came_along(self, web, order, anna):
        exif = Image.Exif()
        exif[ExifTags.Base.Make] = "Telephone"
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
        upload = make.picture((300, 200), exif=exif, comment=b"<script>alert(1)</script>")

        add(web, order, upload)

        photo = DefectPhoto.objects.get()
        content = photos.path_of(photo.name).read_bytes()
        assert (photo.author, photo.width, photo.height) == (anna, 300, 200)
        assert not kept(photo).getexif()
        assert b"Telephone" not in content
        assert b"script" not in content

    def test_stands_upright(self, web, order):
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6

        add(web, order, make.picture((300, 200), exif=exif))

        assert kept(DefectPhoto.objects.get()).size == (200, 300)

    def test_no_larger_than_it_is_read(self, web, order):
        add(web, order, make.picture((4000, 3000)))

        photo = DefectPhoto.objects.get()
        assert kept(photo).size == (2000, 1500)
        with Image.open(photos.path_of(photo.name, preview=True)) as preview:
            assert preview.size == (320, 240)

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_other_forms_become_jpegs(self, web, order, form):
        add(web, order, make.picture(form=form))

        assert kept(DefectPhoto.objects.get()).format == "JPEG"

    def test_what_is_transparent_is_white(self):
        out = BytesIO()
        Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")

        picture = photos.understood(out, size=100)

        assert min(Image.open(BytesIO(picture.whole)).getpixel((4, 4))) > 250

    def test_several_at_once_and_one_from_the_camera(self, web, order):
        add(web, order, make.picture(), make.picture(), shot=make.picture())

        assert Defect.objects.get().photos.count() == 3


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = make.picture(form="GIF").getvalue()
CUT = make.picture((400, 400)).getvalue()[:900]


class TestRefused:
    @pytest.mark.parametrize(
        "content", [SVG, HTML, GIF, CUT, b"", b"\xff\xd8\xff\xe0" + HTML, b"%PDF-1.7", a_bomb()]
    )
    def test_what_is_no_photo_whatever_it_is_called(self, web, order, content, shelf):
        upload = SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg")

        answer = add(web, order, upload)

        assert answer.status_code == 422
        assert "Течёт амортизатор" in answer.content.decode()
        assert not Defect.objects.exists()
        assert not list(shelf.rglob("*.jpg"))

    def test_a_bomb_by_its_head_alone(self):
        with pytest.raises(RefusedError):
            photos.understood(BytesIO(a_bomb()), size=len(a_bomb()))

    def test_more_bytes_than_a_telephone_makes(self, monkeypatch):
        with pytest.raises(RefusedError, match="25"):
            photos.understood(make.picture(), size=photos.LARGEST_UPLOAD + 1)

    def test_more_than_a_defect_may_have(self, web, order):
        answer = add(web, order, *(make.picture() for _ in range(13)))

        assert answer.status_code == 422
        assert not DefectPhoto.objects.exists()

    def test_names_lead_nowhere(self, web, order, shelf):
        upload = SimpleUploadedFile("../../../../evil.jpg", make.picture().getvalue())

        add(web, order, upload)

        [whole, preview] = sorted(shelf.rglob("*.jpg"), key=lambda path: len(path.name))
        assert whole.parent.parent.parent == preview.parent.parent.parent == shelf


class TestServed:
    @pytest.fixture
    def photo(self, order):
        return make.photo(make.defect(order))

    def test_as_a_picture_and_nothing_else(self, web, photo):
        answer = web.get(f"/inspection/photos/{photo.name}/")

        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"].startswith("private")
        assert b"".join(answer.streaming_content) == photos.path_of(photo.name).read_bytes()

    def test_smaller_as_a_preview(self, web, photo):
        answer = web.get(f"/inspection/photos/{photo.name}/?preview")

        assert b"".join(answer.streaming_content) == (
            photos.path_of(photo.name, preview=True).read_bytes()
        )

    def test_not_to_everybody(self, zoya, client_of, photo, client):
        address = f"/inspection/photos/{photo.name}/"

        assert client_of(zoya).get(address).status_code == 403
        assert client.get(address)["Location"].startswith("/login/")

    def test_not_when_it_is_gone(self, web, photo, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            web.post(f"/inspection/photos/{photo.name}/remove/")

        assert web.get(f"/inspection/photos/{photo.name}/").status_code == 404
        assert not photos.path_of(photo.name).exists()

    def test_goes_with_its_defect(self, web, photo, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            web.post(f"/inspection/defects/{photo.defect_id}/remove/")

        assert not DefectPhoto.objects.exists()
        assert not photos.path_of(photo.name, preview=True).exists()


class TestSection:
    def test_asks_as_often_for_many_as_for_one(self, web, statements, order):
        counts = []
        for _ in range(2):
            for _ in range(3):
                make.photo(make.defect(order))
            with statements(at_most=8) as sql:
                web.get(f"/documents/{order.pk}/defects/")
            counts.append(len(sql))

        assert counts[0] == counts[1]

    def test_a_defect_waits_with_the_vehicle_once(self, web):
        order = make.work_order(vehicle=make.vehicle())
        defect = make.defect(order)
        given = {"name": "Заменить амортизатор", "price": "8000"}

        web.post(f"/inspection/defects/{defect.pk}/defer/", given)
        again = web.post(f"/inspection/defects/{defect.pk}/defer/", given)

        assert again.status_code == 422
        work = order.vehicle.deferred_works.get()
        assert (work.name, work.price, work.defect) == ("Заменить амортизатор", 8000, defect)

    def test_a_defect_is_offered_once(self, web):
        order = make.work_order(vehicle=make.vehicle())
        defects = [make.defect(order), make.defect(order, "Люфт рулевой")]
        given = {"name": "Замена", "price": "8000"}

        for defect in (*defects, defects[0]):
            web.post(f"/inspection/defects/{defect.pk}/estimate/", given)

        estimate = order.followers.get()
        assert (estimate.kind, estimate.state, estimate.total) == ("estimate", "draft", 16000)
        assert estimate.shown_defects.count() == 2
