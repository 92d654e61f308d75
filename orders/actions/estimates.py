"""Estimates: offered in versions, answered once, and taken into a work order once."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armclients.kit import push
from armclients.kit.htmx import DOCUMENTS_CHANGED, EVENTS_CHANGED
from armclients.kit.refusals import RefusedError
from customers.models import Event
from orders import states
from orders.actions import approvals, deferred, documents, lines
from orders.models import (
    Approval,
    Defect,
    DeferredWork,
    Document,
    Estimate,
    EstimateAnswer,
    LineAnswer,
    PartLine,
    WorkLine,
)
from orders.queries import estimates as queries
from orders.queries.estimates import Offer
from orders.queries.prices import Price

VALID_DAYS = 7
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Said:
    """A client's answer: which lines, in which words, how and from where.

    `seen` is the offer as it was shown: nobody agrees to what they have not read.
    """

    works: Collection[int]
    goods: Collection[int]
    seen: str
    text: str = ""
    how: str = Approval.How.LINK
    address: str | None = None


class UnanswerableError(RefusedError):
    """There is nothing (any more) to be answered."""


@transaction.atomic
def new_version(pk: int, *, by: Any, on: datetime.date) -> Estimate:
    """A draft with the same lines; the former version stays readable, and its link says so.

    What was put off when the former one was declined is on offer again.
    Raises RefusedError, and Estimate.DoesNotExist.
    """
    former = _locked(pk)
    if newer := queries.newer_than(former):
        raise RefusedError(
            _("There is a newer version already: %(number)s.") % {"number": newer.number}
        )
    version = documents.follow(
        Document.Kind.ESTIMATE,
        former,
        manager=former.manager,
        comment=former.comment,
        version=former.version + 1,
        by=by,
        on=on,
    )
    documents.copy_lines(
        version,
        works=former.works.order_by("position", "pk"),
        goods=former.goods.order_by("position", "pk"),
    )
    Defect.objects.filter(estimate=former).update(estimate=version)
    again = DeferredWork.objects.waiting().filter(document=former, origin="declined")
    DeferredWork.objects.filter(pk__in=list(again.values_list("pk", flat=True))).update(
        done_by=version
    )
    return version


@transaction.atomic
def sent(pk: int, *, by: Any, today: datetime.date) -> None:
    """The client has the link: a draft is sent, and valid for a week unless said otherwise."""
    estimate = _locked(pk)
    if estimate.valid_until is None or estimate.valid_until < today:
        estimate.valid_until = today + datetime.timedelta(days=VALID_DAYS)
        estimate.save(update_fields=["valid_until"])
    if estimate.state == "draft":
        _bring(estimate, "sent", by=by)


@transaction.atomic
def set_validity(pk: int, *, until: datetime.date, today: datetime.date) -> None:
    """The offer stands until the end of that day. Raises RefusedError for a day that is over."""
    if until < today:
        raise RefusedError(_("This day is over."), field="until")
    estimate = _locked(pk)
    estimate.valid_until = until
    estimate.save(update_fields=["valid_until"])


@transaction.atomic
def answer(
    pk: int, said: Said, *, by: Any = None, at: datetime.datetime, today: datetime.date
) -> EstimateAnswer:
    """The client has answered, once and for all; whoever is responsible reads it at once.

    Declined lines wait with the vehicle. Given by the link (`by` is nobody) the estimate must have
    been sent and still be valid. Raises UnanswerableError, RefusedError, Estimate.DoesNotExist.
    """
    estimate = _locked(pk)
    offer = queries.offer(estimate)
    if why := queries.why_unanswerable(offer, today=today, by_link=by is None):
        raise UnanswerableError(REASONS[why])
    if said.seen != offer.digest:
        raise RefusedError(_("The estimate has been changed meanwhile: look at it once more."))
    given = _write_down(offer, said, by=by, at=at)
    _put_off_declined(offer, given, by=by, at=at)
    accepted = any(line.is_accepted for line in given.lines.all())
    why_so = _("the client's answer")
    _bring(estimate, "accepted" if accepted else "rejected", by=by, why=why_so)
    if by is None:
        _tell(estimate, given, at=at)
    return given


REASONS = {
    "answered": gettext_lazy("It was answered already."),
    "superseded": gettext_lazy("There is a newer version of this estimate."),
    "expired": gettext_lazy("The estimate is no longer valid."),
    "withdrawn": gettext_lazy("The estimate is not on offer now."),
}


@transaction.atomic
def take_accepted(pk: int, *, by: Any, on: datetime.date, at: datetime.datetime) -> Document:
    """The accepted lines stand in a work order, and what they come to is approved there. Once.

    An estimate of extra work goes into the work order that it is about, while that takes works.
    Raises RefusedError, and Estimate.DoesNotExist.
    """
    estimate = _locked(pk)
    given = EstimateAnswer.objects.select_for_update(of=("self",)).filter(estimate=pk).first()
    if given is None and estimate.state == "accepted":
        given = _accepted_as_a_whole(estimate, by=by, at=at)
    if given is None:
        raise RefusedError(_("The client has not answered yet."))
    if given.taken_into:
        raise RefusedError(
            _("It is in the work order %(number)s already.") % {"number": given.taken_into}
        )
    yes = list(given.lines.filter(is_accepted=True))
    if not yes:
        raise RefusedError(_("The client has accepted nothing."))
    target = _target(estimate, by=by, on=on)
    documents.copy_lines(
        target,
        works=estimate.works.filter(pk__in=[y.work_id for y in yes]).order_by("position", "pk"),
        goods=estimate.goods.filter(pk__in=[y.part_id for y in yes]).order_by("position", "pk"),
    )
    DeferredWork.objects.filter(done_by=estimate).update(done_by=target)
    given.taken_into = target
    given.save(update_fields=["taken_into"])
    target.refresh_from_db(fields=["total"])
    approvals.approve(
        target,
        who=estimate.counterparty.name if estimate.counterparty else _("the client"),
        how=given.how,
        what=_("estimate %(number)s, version %(version)s")
        % {"number": estimate.number, "version": estimate.version},
        amount=target.total,
        is_firm=True,
        by=by,
        at=at,
    )
    return target


@transaction.atomic
def offer(defect: int, *, name: str, price: Decimal | None, by: Any, on: datetime.date) -> Estimate:
    """What is to be done about a defect is a line of the draft that was made from its document.

    The client sees its photographs there. Raises RefusedError, and Defect.DoesNotExist.
    """
    found = Defect.objects.select_for_update().get(pk=defect)
    if found.estimate_id:
        raise RefusedError(
            _("It is in the estimate %(number)s already.") % {"number": found.estimate}
        )
    about = Document.objects.select_for_update(of=("self",)).get(pk=found.document_id)
    drafts = Estimate.objects.filter(base=about, state="draft", version=1).order_by("-pk")
    into: Any = drafts.first() or documents.follow(
        Document.Kind.ESTIMATE, about, manager=about.manager, by=by, on=on
    )
    lines.put(into, [(WorkLine(name=name), Price(price or Decimal()))], on)
    found.estimate = into
    found.save(update_fields=["estimate"])
    return into


def _locked(pk: int) -> Estimate:
    Document.objects.select_for_update(of=("self",)).get(pk=pk)
    whole: Any = Estimate.objects.select_related(
        "branch", "counterparty", "payer", "vehicle", "manager", "author", "base"
    )
    return whole.get(pk=pk)


def _bring(estimate: Estimate, state: str, *, by: Any, why: str = "") -> None:
    """Along a declared change; of a client's own answer nobody of ours is the author.

    What an advisor brought into the other state before writing the answer down goes by the draft.
    """
    if estimate.state == state:
        return
    ways = states.CHANGES["estimate"]
    if state not in ways[estimate.state] and "draft" in ways[estimate.state]:
        _bring(estimate, "draft", by=by, why=why)
    if state not in ways[estimate.state]:
        raise RefusedError(
            _("«%(from)s» cannot become «%(to)s», or not by you.")
            % {"from": estimate.state_label, "to": states.label("estimate", state)}
        )
    estimate.state = state
    with pghistory.context(user=by.pk if by else None, why=why):
        estimate.save(update_fields=["state"])


def _write_down(offer: Offer, said: Said, *, by: Any, at: datetime.datetime) -> EstimateAnswer:
    yes = [
        *(line for line in offer.works if line.pk in said.works),
        *(line for line in offer.goods if line.pk in said.goods),
    ]
    given = EstimateAnswer.objects.create(
        estimate=offer.estimate,
        how=said.how,
        at=at,
        address=said.address,
        text=said.text[:LONGEST_TEXT],
        author=by,
        accepted_total=sum((line.amount for line in yes), Decimal()),
    )
    LineAnswer.objects.bulk_create(
        [
            LineAnswer(
                answer=given,
                name=str(line),
                quantity=line.quantity,
                amount=line.amount,
                is_accepted=line in yes,
                work=line if isinstance(line, WorkLine) else None,
                part=line if isinstance(line, PartLine) else None,
            )
            for line in (*offer.works, *offer.goods)
        ]
    )
    return given


def _accepted_as_a_whole(estimate: Estimate, *, by: Any, at: datetime.datetime) -> EstimateAnswer:
    """Whoever brought it into that state by hand has heard yes to all of it."""
    offer = queries.offer(estimate)
    said = Said(
        works={line.pk for line in offer.works},
        goods={line.pk for line in offer.goods},
        seen=offer.digest,
        how=Approval.How.IN_PERSON,
    )
    return _write_down(offer, said, by=by, at=at)


def _put_off_declined(
    offer: Offer, given: EstimateAnswer, *, by: Any, at: datetime.datetime
) -> None:
    estimate = offer.estimate
    if estimate.vehicle is None:
        return
    for line in given.lines.filter(is_accepted=False).select_related("work__labor", "part__part"):
        if _was_waiting_before(estimate, line):
            continue
        work, part = line.work, line.part.part if line.part else None
        whole = line.work or line.part
        deferred.note(
            estimate.vehicle,
            name=work.name if work else "",
            part=part,
            quantity=line.quantity,
            price=whole.price if whole else None,
            code=work.code if work else "",
            norm_hours=work.norm_hours if work else None,
            labor=work.labor if work else None,
            document=estimate,
            origin=DeferredWork.Origin.DECLINED,
            by=by,
            at=at,
        )


def _was_waiting_before(estimate: Estimate, line: LineAnswer) -> bool:
    """What waited before it was offered waits again, and is not written down twice."""
    taken = DeferredWork.objects.filter(done_by=estimate)
    if line.part:
        same = taken.filter(part=line.part.part_id)
    else:
        same = taken.filter(part=None, name=line.name)
    known = same.order_by("pk").first()
    if known:
        known.done_by = None
        known.save(update_fields=["done_by"])
    return known is not None


def _target(estimate: Estimate, *, by: Any, on: datetime.date) -> Document:
    base = queries.first_version_of(estimate).base
    about = base and Document.objects.select_for_update(of=("self",)).get(pk=base.pk)
    if (
        about
        and about.kind == Document.Kind.WORK_ORDER
        and about.state in deferred.TAKES[about.kind]
    ):
        return about
    return documents.follow(
        Document.Kind.WORK_ORDER, estimate, manager=estimate.manager, by=by, on=on
    )


def _tell(estimate: Estimate, given: EstimateAnswer, *, at: datetime.datetime) -> None:
    """An event that waits for whoever is responsible, pushed to their screen."""
    responsible = estimate.manager or estimate.author
    answers = [line.is_accepted for line in given.lines.all()]
    verdict = _("accepted %(yes)s of %(all)s") % {"yes": sum(answers), "all": len(answers)}
    Event.objects.create(
        kind=Event.Kind.WEB,
        counterparty=estimate.counterparty,
        vehicle=estimate.vehicle,
        document=estimate,
        subject=_("Answer to the estimate %(number)s: %(verdict)s")
        % {"number": estimate.number, "verdict": verdict},
        text=given.text,
        manager=responsible,
        occurred_at=at,
    )
    for fact in (EVENTS_CHANGED, DOCUMENTS_CHANGED):
        push.tell(fact, [responsible.pk if responsible else None])
