"""Imports that were uploaded, carried out by the background worker while people go on working."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from armclients.admin import uploads
from armclients.importing.problems import ImportRefused
from armclients.importing.runner import Outcome, bring_in
from armclients.importing.staging import Watch
from armclients.kit import clock
from armclients.models import ImportRun

State = ImportRun.State

UNDER_WAY = 7_202_004  # with the run's key: a lock that its worker holds for as long as it lives
TOLD_EVERY = 1.0  # seconds
UNCONFIRMED = timedelta(days=1)
KEEP = timedelta(days=7)


def ask(run: ImportRun) -> None:
    """The worker will try or import the upload as soon as it is free."""
    carry_out.defer(run_id=run.pk)


def ask_to_import(run: ImportRun) -> bool:
    """Whether the checked upload now waits to be imported; of two who ask at once one is heard."""
    with transaction.atomic():
        waits = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED).update(
            state=State.IMPORT_WAITS, stage=""
        )
        if waits:
            ask(run)
    return bool(waits)


@app.task
def carry_out(run_id: int) -> None:
    """The upload was tried, or imported; the run says what came of it."""
    run = ImportRun.objects.select_related("author").filter(pk=run_id).first()
    if run is None or not run.is_waiting:
        return
    language = run.author.language if run.author else ""
    history = {"user": run.author_id, "import_run": run.pk}
    with translation.override(language or settings.LANGUAGE_CODE), reporting(run) as watch:
        is_trial = run.state == State.CHECK_WAITS
        note(run, state=State.CHECKING if is_trial else State.IMPORTING, refusal="")
        try:
            with pghistory.context(**history):
                outcome = bring_in(
                    uploads.files_of(run.token),
                    source=run.source,
                    dry_run=is_trial,
                    skip_bad=run.mode == ImportRun.Mode.SKIP,
                    watch=watch,
                )
        except ImportRefused as refusal:
            if is_trial:
                refuse(run, str(refusal))
            else:
                # The upload stays, and its author may try again.
                note(run, state=State.CHECKED, refusal=str(refusal))
        except Exception:
            refuse(run, _("The import broke off; nothing was imported. The log says where."))
            raise
        else:
            conclude(run, outcome, is_trial=is_trial)


def conclude(run: ImportRun, outcome: Outcome, *, is_trial: bool) -> None:
    state = State.CHECKED if is_trial else State.IMPORTED
    found = {
        "counts": [{"file": name, **count} for name, count in outcome.as_json().items()],
        "complaints": complaints_of(outcome),
        "rejects": [path.name for path in outcome.rejects],
    }
    if is_trial or outcome.landed:
        note(run, state=state, **found)
        if run.mode == ImportRun.Mode.CHECK:
            uploads.drop(run.token)
        elif not is_trial:
            uploads.drop_all_but_rejects(run.token)
    else:
        refuse(run, _("Nothing was imported: some rows have errors."), **found)


def refuse(run: ImportRun, sentence: str, **found: Any) -> None:
    note(run, state=State.REFUSED, refusal=sentence, **found)
    uploads.drop(run.token)


def note(run: ImportRun, **facts: Any) -> None:
    ImportRun.objects.filter(pk=run.pk).update(**facts)


def complaints_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Errors and then warnings, by file, with how many there are beyond those shown."""
    return [
        {
            "file": shown[0].file,
            "warns": warns,
            "more": outcome.complaints.counted[name, warns] - len(shown),
            "shown": [
                {"row": c.row, "column": c.column, "value": c.value, "message": c.message}
                for c in shown
            ],
        }
        for warns in (False, True)
        for name, shown in outcome.complaints.of(warns=warns)
    ]


@contextmanager
def reporting(run: ImportRun) -> Iterator[Watch]:
    """Others see how far the worker is, which its own open transaction would not let them.

    The connection beside it also holds the lock by which `found_dead` knows that it lives.
    """
    beside = connection.copy()
    told_at, told = 0.0, ("", "")

    def watch(stage: str, name: str, rows: int) -> None:
        nonlocal told_at, told
        now = time.monotonic()
        if told == (stage, name) and now - told_at < TOLD_EVERY:
            return
        told_at, told = now, (stage, name)
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE armclients_importrun SET stage = %s, file = %s, rows = %s WHERE id = %s",
                [stage, name, rows, run.pk],
            )

    try:
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [UNDER_WAY, run.pk])
        yield watch
    finally:
        beside.close()


def found_dead(run: ImportRun) -> bool:
    """Whether its worker died over it; then the run says so. Nothing of it was imported."""
    if not run.is_running:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks
                 WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            """,
            [UNDER_WAY, run.pk],
        )
        if cursor.fetchone()[0]:
            return False
    sentence = _("The import was interrupted; nothing was imported. Upload the files again.")
    died = ImportRun.objects.filter(pk=run.pk, state=run.state)
    if died.update(state=State.REFUSED, refusal=sentence):
        uploads.drop(run.token)
    return True


@app.periodic(cron="41 * * * *")
@app.task
def sweep_uploads(timestamp: int) -> None:  # noqa: ARG001 — the scheduler passes the hour it is for
    """Uploads that nobody confirmed are gone after a day, rejects and complaints after a week."""
    now = clock.now()
    forget_unconfirmed(now)
    eldest = now - KEEP
    kept = ImportRun.objects.filter(created_at__gte=eldest).values_list("token", flat=True)
    uploads.drop_all_but(set(kept.iterator()), older_than=eldest)
    ImportRun.objects.filter(created_at__lt=eldest).update(complaints=[], rejects=[])


def forget_unconfirmed(now: datetime) -> None:
    """Files of checks that nobody went on from; a worker that lives and is at one goes on."""
    for run in ImportRun.objects.filter(state__in=ImportRun.RUNNING):
        found_dead(run)
    unconfirmed = ImportRun.objects.filter(
        state__in=(State.CHECK_WAITS, State.CHECKED), created_at__lt=now - UNCONFIRMED
    ).exclude(mode=ImportRun.Mode.CHECK)
    for run in unconfirmed:
        sentence = _("Nobody confirmed it within a day, so its files are gone: upload them again.")
        if unconfirmed.filter(pk=run.pk).update(state=State.REFUSED, refusal=sentence):
            uploads.drop(run.token)
