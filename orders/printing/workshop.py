"""Forms of a work order that say what was agreed upon, brought, found and seen meanwhile."""

from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from orders.models import Approval, Damage, Defect, DeferredWork, OwnMaterial, Visit
from orders.printing.sheet import Sheet
from orders.queries import deferred


class WorkshopSheet(Sheet):
    """What is read for one form only is read when it is printed, each in a statement."""

    @cached_property
    def own_materials(self) -> list[OwnMaterial]:
        return list(self.document.own_materials.order_by("pk"))

    @cached_property
    def approvals(self) -> list[Approval]:
        return list(self.document.approvals.order_by("at", "pk"))

    @cached_property
    def defects(self) -> list[Defect]:
        return list(self.document.defects.order_by("pk"))

    @cached_property
    def recommendations(self) -> list[DeferredWork]:
        """What the vehicle still needs; when the work is over, only what was noted during it:
        the vehicle may have another owner by then.
        """
        if self.document.vehicle_id is None:
            return []
        works = deferred.of_vehicle(self.document.vehicle_id)
        is_over = self.document.state in {"closed", "refused"}
        return [work for work in works if not is_over or work.document_id == self.document.pk]

    @cached_property
    def visit(self) -> Visit | None:
        """The check-in that the document was made from, or that was made from the same request.

        Two statements, with its damages.
        """
        document = self.document
        origins = [pk for pk in (document.pk, document.base_id) if pk]
        visits: QuerySet[Any] = Visit.objects.filter(
            Q(pk__in=origins) | Q(base__in=origins), vehicle=document.vehicle_id
        )
        marks = Prefetch("damages", Damage.objects.order_by("pk"))
        return visits.prefetch_related(marks).defer("signature").order_by("-pk").first()
