"""Files of a shop come in through the administration: tried first, imported by a second step."""

import io
import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from armclients.admin import import_job, uploads
from armclients.importing.runner import IMPORT_LOCK
from armclients.models import ImportRun
from customers.models import Counterparty, CounterpartyHistory
from tests import make

SHOP = Path(__file__).parent.parent / "samples" / "shop"
UPLOAD = "/admin/armclients/importrun/add/"
GOOD = "id,name\n1,Иванов Иван\n2,Петров Пётр\n"
ONE_BAD = "id,name,kind\n1,Иванов Иван,buyer\n2,Петров Пётр,martian\n"


pytestmark = pytest.mark.usefixtures("shelf")


def file(name="customers.csv", content=GOOD):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def packed(**files):
    box = io.BytesIO()
    with ZipFile(box, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", text)
    return file("shop.zip", box.getvalue())


def upload(browser, *files, mode="all", source="import"):
    return browser.post(UPLOAD, {"uploaded": files, "mode": mode, "source": source})


def work():
    """The background worker takes what waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded'"
            " WHERE status = 'todo' AND task_name LIKE '%carry_out' RETURNING args"
        )
        for (given,) in cursor.fetchall():
            import_job.carry_out.func(**json.loads(given))


def tried(browser, *files, **facts):
    """Uploaded and checked; gives the run and its page."""
    answer = upload(browser, *files, **facts)
    assert answer.status_code == 302, answer.context["form"].errors
    work()
    return ImportRun.objects.get(), browser.get(answer["Location"]).content.decode()


def start(browser, run, **typed):
    address = reverse("admin:armclients_importrun_start", args=[run.pk])
    return browser.post(address, {"token": run.token} | typed)


def import_page(run):
    return reverse("admin:armclients_importrun_change", args=[run.pk])


def problem(answer):
    assert answer.status_code == 200
    [sentence] = answer.context["form"].errors["uploaded"]
    return sentence


class TestCheck:
    def test_shows_what_would_happen_and_changes_nothing(self, web):
        run, page = tried(web, file())

        assert run.state == "checked"
        assert run.counts == [
            {"file": "customers", "read": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0}
        ]
        assert str(run.token) in page
        assert not Counterparty.objects.exists()

    def test_shows_the_first_errors_with_row_column_and_value(self, web):
        run, page = tried(web, file(content=ONE_BAD))

        [of_file] = run.complaints
        [complaint] = of_file["shown"]
        assert (of_file["file"], complaint["row"], complaint["column"]) == (
            "customers.csv",
            3,
            "kind",
        )
        assert "martian" in page
        assert str(run.token) not in page

    def test_alone_keeps_no_files(self, web, shelf):
        run, page = tried(web, file(), mode="check")

        assert str(run.token) not in page
        assert list(shelf.iterdir()) == []

    def test_waits_where_no_worker_runs(self, web):
        page = web.get(upload(web, file())["Location"]).content.decode()

        assert 'http-equiv="refresh"' in page

    def test_a_file_that_cannot_be_read_is_refused(self, web, shelf):
        run, page = tried(web, file(content="id,name,shoe_size\n1,Иванов,43\n"))

        assert run.state == "refused"
        assert "shoe_size" in page
        assert list(shelf.iterdir()) == []

    def test_the_whole_sample_shop(self, web):
        run, _page = tried(web, *(file(p.name, p.read_bytes()) for p in SHOP.glob("*.csv")))

        assert run.state == "checked"
        assert run.rejected == 0
        assert len(run.counts) == len(list(SHOP.glob("*.csv")))


class TestImport:
    def test_lands_and_forgets_the_files(self, web, egor, shelf):
        run, _page = tried(web, file())
        start(web, run)
        work()

        run.refresh_from_db()
        assert run.state == "imported"
        assert Counterparty.objects.count() == 2
        assert list(shelf.iterdir()) == []

    def test_a_workbook_lands_too(self, web):
        book = Workbook()
        book.active.append(["id", "name", "inn", "created_at"])
        book.active.append([1, "Иванов Иван", 7707083893, datetime(2026, 5, 17, 10, 30)])
        book.active.append(["б-2", "ООО «Ромашка»", None, None])
        packed = io.BytesIO()
        book.save(packed)
        run, _page = tried(web, file("Customers.XLSX", packed.getvalue()))
        start(web, run)
        work()

        run.refresh_from_db()
        assert (run.state, run.files, run.rejected) == ("imported", ["customers.xlsx"], 0)
        assert dict(Counterparty.objects.values_list("source_id", "name")) == {
            "1": "Иванов Иван",
            "б-2": "ООО «Ромашка»",
        }
        assert Counterparty.objects.get(source_id="1").inn == "7707083893"

    def test_is_written_into_the_history_as_its_authors(self, web, egor):
        client = make.client(source="import", source_id="1")
        run, _page = tried(web, file())
        start(web, run)
        work()

        change = CounterpartyHistory.objects.select_related("pgh_context").get(pgh_obj=client)
        assert change.pgh_context.metadata["user"] == egor.pk

    def test_skips_bad_rows_and_gives_them_back(self, web):
        run, _page = tried(web, file(content=ONE_BAD), mode="skip")
        start(web, run)
        work()

        assert Counterparty.objects.get().name == "Иванов Иван"
        answer = web.get(reverse("admin:armclients_importrun_rejects", args=[run.pk]))
        with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
            assert "martian" in archive.read("customers.csv").decode("utf-8-sig")

    def test_all_or_nothing_does_not_start_with_errors(self, web):
        run, _page = tried(web, file(content=ONE_BAD))
        start(web, run)
        work()

        run.refresh_from_db()
        assert run.state == "checked"
        assert not Counterparty.objects.exists()

    def test_starts_once(self, web):
        run, _page = tried(web, file())
        start(web, run)
        start(web, run)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs"
                " WHERE status = 'todo' AND task_name LIKE '%carry_out'"
            )
            assert cursor.fetchone() == (1,)

    def test_is_only_for_whoever_uploaded(self, web, client_of):
        run, _page = tried(web, file())
        other = client_of(make.user(role="admin", is_staff=True))

        assert start(other, run).status_code == 403
        assert start(web, run, token="0").status_code == 403

    def test_of_files_that_are_gone_says_so(self, web):
        run, _page = tried(web, file())
        uploads.drop(run.token)

        assert start(web, run).status_code == 302
        run.refresh_from_db()
        assert run.state == "checked"

    def test_beside_another_import_says_so_and_can_be_tried_again(self, web):
        run, _page = tried(web, file())
        start(web, run)
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [IMPORT_LOCK])
            work()

        run.refresh_from_db()
        assert run.state == "checked"
        assert run.refusal
        start(web, run)
        work()
        assert Counterparty.objects.count() == 2


class TestUpload:
    def test_an_archive(self, web):
        run, _page = tried(
            web,
            packed(
                shop__customers=GOOD,
                shop__cards="number,customer\n7,1\n",
                shop__rejected__customers="id\n",
            ),
        )

        assert run.files == ["cards.csv", "customers.csv"]
        assert run.state == "checked"

    @pytest.mark.parametrize(
        "files",
        [
            [file("passwd.csv")],
            [file("../../customers.exe")],
            [file(), file("customers.xlsx")],
            [file(), packed(customers=GOOD)],
            [packed(**{"..__..__evil": "1"})],
            [packed()],
            [file("shop.zip", "no archive")],
            [file("customers.csv", "")],
            [],
        ],
    )
    def test_bad_files_are_a_message_at_the_field(self, web, shelf, files):
        assert problem(upload(web, *files))
        assert not ImportRun.objects.exists()
        assert not shelf.exists() or list(shelf.iterdir()) == []

    def test_names_lead_nowhere_else(self, web, shelf):
        tried(web, packed(**{"..__..__customers": GOOD}))

        assert [path.name for path in shelf.rglob("*.csv")] == ["customers.csv"]

    def test_more_than_may_be_uploaded(self, web, monkeypatch, shelf):
        monkeypatch.setattr(uploads, "LARGEST_UPLOAD", 20)

        assert problem(upload(web, file()))
        assert list(shelf.iterdir()) == []

    def test_an_archive_that_swells(self, web, monkeypatch):
        monkeypatch.setattr(uploads, "LARGEST_UNPACKED", 20)

        assert problem(upload(web, packed(customers=GOOD * 10)))

    def test_a_workbook_that_swells(self, web, monkeypatch):
        box = io.BytesIO()
        with ZipFile(box, "w") as archive:
            archive.writestr("xl/sharedStrings.xml", "x" * 2000)
        bomb = file("customers.xlsx", box.getvalue())
        monkeypatch.setattr(uploads, "LARGEST_UPLOAD", 0)
        monkeypatch.setattr(uploads.IntoFolder, "overflows", False)

        assert problem(upload(web, bomb))

    @pytest.mark.parametrize("typed", [{"source": "x" * 41}, {"mode": "all or more"}])
    def test_what_else_is_wrong_is_said_too(self, web, typed):
        answer = upload(web, file(), **typed)

        assert list(answer.context["form"].errors) == list(typed)

    def test_needs_the_token_of_the_form(self, egor):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(egor, backend="armclients.users.OneStatementBackend")

        assert upload(strict, file()).status_code == 403


def test_only_administrators_import(client_of, dina, web):
    dina.is_staff = True
    dina.save()
    run, _page = tried(web, file())
    manager = client_of(dina)

    assert manager.get(UPLOAD).status_code == 403
    assert (
        manager.get(reverse("admin:armclients_importrun_change", args=[run.pk])).status_code == 403
    )
    assert (
        manager.get(reverse("admin:armclients_importrun_rejects", args=[run.pk])).status_code == 403
    )
    assert start(manager, run).status_code == 403


def test_a_run_whose_worker_died_says_so(web):
    upload(web, file())
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="importing", stage="writing", file="customers")

    page = web.get(reverse("admin:armclients_importrun_change", args=[run.pk])).content.decode()

    run.refresh_from_db()
    assert run.state == "refused"
    assert run.refusal in page


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_can_be_seen_meanwhile(web, monkeypatch):
    seen = []

    def bring_in(*_args, watch, **_kwargs):
        watch("writing", "customers", 0)
        run = ImportRun.objects.get()
        seen.append((run.state, run.stage, run.file, import_job.found_dead(run)))
        raise import_job.ImportRefused("enough")

    monkeypatch.setattr(import_job, "bring_in", bring_in)
    upload(web, file())
    work()

    assert seen == [("checking", "writing", "customers", False)]


def test_an_accident_leaves_no_run_under_way(web, monkeypatch):
    monkeypatch.setattr(import_job, "bring_in", lambda *_args, **_kwargs: 1 / 0)
    upload(web, file())

    with pytest.raises(ZeroDivisionError):
        work()

    assert ImportRun.objects.get().state == "refused"
