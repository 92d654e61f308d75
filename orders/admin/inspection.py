"""What was found, put off, agreed upon and answered."""

from django.contrib import admin

from armclients.kit.admin import ReadOnly, Rows
from orders.admin.documents import OfDocument
from orders.models import (
    Approval,
    Defect,
    DefectPhoto,
    DeferredWork,
    EstimateAnswer,
    LineAnswer,
    OwnMaterial,
    VisitPhoto,
)


@admin.register(DeferredWork)
class DeferredWorkAdmin(OfDocument):
    list_display = ("name", "vehicle", "origin", "price", "document", "noted_at", "done_by", "why")
    list_filter = ("origin",)
    list_select_related = ("vehicle__model__make", "document", "done_by")
    autocomplete_fields = (
        "vehicle",
        "labor",
        "part",
        "document",
        "done_by",
        "author",
        "dropped_by",
    )


class Photos(ReadOnly, Rows):
    model = DefectPhoto
    fields = readonly_fields = ("name", "width", "height", "taken_in_at", "author")


@admin.register(Defect)
class DefectAdmin(OfDocument):
    list_display = ("document", "text", "severity", "noted_at", "author")
    list_filter = ("severity",)
    list_select_related = ("document", "author")
    autocomplete_fields = ("document", "estimate", "deferred", "author")
    inlines = (Photos,)


@admin.register(Approval)
class ApprovalAdmin(OfDocument):
    list_display = ("document", "who", "how", "at", "amount", "is_firm", "author")
    list_select_related = ("document", "author")
    autocomplete_fields = ("document", "author")


@admin.register(OwnMaterial)
class OwnMaterialAdmin(OfDocument):
    list_display = ("document", "name", "quantity", "has_certificate", "has_receipt")
    list_select_related = ("document",)
    autocomplete_fields = ("document",)


class LineAnswers(ReadOnly, Rows):
    model = LineAnswer
    fields = readonly_fields = ("name", "quantity", "amount", "is_accepted")


@admin.register(EstimateAnswer)
class EstimateAnswerAdmin(ReadOnly, OfDocument):
    belongs_to = "estimate"
    list_display = ("estimate", "at", "how", "address", "accepted_total", "author")
    list_select_related = ("estimate", "author")
    inlines = (LineAnswers,)


@admin.register(DefectPhoto)
class DefectPhotoAdmin(ReadOnly, OfDocument):
    belongs_to = "defect__document"
    list_display = ("name", "defect", "width", "height", "taken_in_at", "author")
    list_select_related = ("defect", "author")


@admin.register(VisitPhoto)
class VisitPhotoAdmin(ReadOnly, OfDocument):
    belongs_to = "visit"
    list_display = ("name", "visit", "width", "height", "taken_in_at", "author")
    list_select_related = ("visit", "author")


@admin.register(LineAnswer)
class LineAnswerAdmin(ReadOnly, OfDocument):
    belongs_to = "answer__estimate"
    list_display = ("answer", "name", "quantity", "amount", "is_accepted")
    list_select_related = ("answer__estimate",)
