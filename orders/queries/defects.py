"""Defects with their photographs."""

from django.db.models import Prefetch, QuerySet

from orders.models import Defect, DefectPhoto, Document


def of_document(document: Document) -> list[Defect]:
    """Of a document, with photographs, in the order they were noted. Two statements."""
    return list(_with_photos(document.defects.all()))


def shown_in(estimate: Document) -> list[Defect]:
    """Of the document an estimate is about, those that the client may see. Two statements."""
    return list(_with_photos(estimate.shown_defects.all()))


def _with_photos(defects: QuerySet[Defect]) -> QuerySet[Defect]:
    photos = DefectPhoto.objects.order_by("pk")
    return (
        defects.select_related("author", "deferred", "estimate")
        .prefetch_related(Prefetch("photos", photos))
        .order_by("pk")
    )
