"""Uploads do not stay: unconfirmed ones for a day, rejects for a week."""

import os
import time
from datetime import timedelta

import pytest

from armclients.admin import import_job, uploads
from armclients.models import ImportRun
from tests import make
from tests.admin.test_import_screen import (
    ONE_BAD,
    file,
    import_page,
    start,
    tried,
    upload,
    work,
)

pytestmark = pytest.mark.usefixtures("shelf")


def sweep():
    import_job.sweep_uploads.func(timestamp=int(time.time()))


def test_unconfirmed_uploads_are_gone_after_a_day(web, shelf):
    run, _page = tried(web, file())
    sweep()
    assert uploads.files_of(run.token).is_dir()
    ImportRun.objects.update(created_at=make.NOW - timedelta(hours=25))

    sweep()

    run.refresh_from_db()
    assert list(shelf.iterdir()) == []
    assert run.state == "refused"
    assert str(run.token) not in web.get(import_page(run)).content.decode()


def test_those_of_a_dead_worker_are_gone_too(web, shelf):
    upload(web, file())
    ImportRun.objects.update(state="importing")

    sweep()

    assert list(shelf.iterdir()) == []


def test_a_check_alone_stays_checked(web):
    run, _page = tried(web, file(), mode="check")
    ImportRun.objects.update(created_at=make.NOW - timedelta(hours=25))

    sweep()

    run.refresh_from_db()
    assert run.state == "checked"


def test_rejects_are_gone_after_a_week(web, shelf):
    run, _page = tried(web, file(content=ONE_BAD), mode="skip")
    start(web, run)
    work()
    ImportRun.objects.update(created_at=make.NOW - timedelta(days=2))
    sweep()
    assert uploads.rejects_of(run.token)
    ImportRun.objects.update(created_at=make.NOW - timedelta(days=8))
    (shelf / "left-behind").mkdir()
    for folder in shelf.iterdir():
        os.utime(folder, (0, 0))

    sweep()

    assert list(shelf.iterdir()) == []
    run.refresh_from_db()
    assert run.complaints == []
