"""Dictionaries that document lines refer to."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.folding import FoldName, FoldVehicle
from armclients.kit.sourced import Sourced, once_per_source

SUM: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "null": True, "blank": True}


class RepairKind(models.Model):
    """Вид ремонта."""

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("repair kind")
        verbose_name_plural = _("repair kinds")
        constraints = [models.UniqueConstraint(Upper("name"), name="repairkind_once")]

    def __str__(self) -> str:
        return self.name


def folded(value: Func) -> models.GeneratedField:
    """A column that follows another one, in the one spelling in which it is looked for."""
    return models.GeneratedField(
        expression=value,
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        verbose_name=_("found by"),
    )


def in_words(name: str, *of: str) -> GinIndex:
    return GinIndex(name=name, fields=[*of], opclasses=["gin_trgm_ops"] * len(of), fastupdate=False)


def begins_with(name: str, of: str) -> models.Index:
    """For the whole of a text in the plain collation, and for its beginning."""
    return models.Index(fields=[of], name=name)


class Part(Sourced):
    """Товар: an article of a manufacturer. The standard price includes VAT.

    `key` is the article as it is looked for: «ОС-90», «oc 90» and «OC90» have the same one. `words`
    holds it before manufacturer and name.
    """

    article = models.CharField(_("article"), max_length=60)
    manufacturer = models.CharField(_("manufacturer"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    price = models.DecimalField(_("price"), **SUM)
    cost = models.DecimalField(_("cost"), **SUM)
    is_marked = models.BooleanField(_("has marking codes"), default=False, db_default=False)
    key = folded(FoldVehicle("article"))
    words = folded(
        Concat(
            FoldVehicle("article"),
            Value(" "),
            FoldName(Concat("manufacturer", Value(" "), "name")),
            output_field=models.TextField(),
        )
    )

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        permissions = [("view_cost", _("Can see what parts cost the shop"))]
        constraints = [
            once_per_source("part"),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="part_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="part_cost_not_negative"
            ),
        ]
        indexes = [
            # Look-up by article without regard to case.
            models.Index(Upper("article"), name="part_article_idx"),
            # … and without regard to dashes and alphabets, or by its beginning.
            begins_with("part_key_idx", "key"),
            in_words("part_words_idx", "words"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.name}"


class Analog(models.Model):
    """What may be fitted instead of a part; it holds both ways, whichever is written."""

    part = models.ForeignKey(
        Part, models.CASCADE, db_index=False, related_name="replaced_by", verbose_name=_("part")
    )
    analog = models.ForeignKey(
        Part, models.CASCADE, related_name="replaces", verbose_name=_("analog")
    )

    class Meta:
        verbose_name = _("analog")
        verbose_name_plural = _("analogs")
        constraints = [
            models.UniqueConstraint(fields=["part", "analog"], name="analog_once"),
            models.CheckConstraint(condition=~Q(part=F("analog")), name="analog_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.part} = {self.analog}"


@keeps_history(exclude=("source", "source_id", "key", "words"))
class Labor(Sourced):
    """Авторабота: what the shop does, under a code and a name, and how many hours it takes."""

    code = models.CharField(_("code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    norm_hours = models.DecimalField(
        _("norm-hours"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    key = folded(FoldVehicle("code"))
    words = folded(FoldName("name"))

    class Meta:
        verbose_name = _("labour")
        verbose_name_plural = _("labour")
        constraints = [once_per_source("labor")]
        indexes = [begins_with("labor_key_idx", "key"), in_words("labor_words_idx", "words")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class VatRate(models.Model):
    """A rate of VAT and the days it may be used on; `percent` empty means «без НДС».

    The standard one is taken for a line that names none [law: 22 % from 1 Jan 2026].
    """

    percent = models.PositiveSmallIntegerField(_("percent"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_standard = models.BooleanField(_("standard"), default=False)

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        constraints = [
            models.UniqueConstraint(
                fields=["percent", "valid_from"], nulls_distinct=False, name="vatrate_once"
            )
        ]

    def __str__(self) -> str:
        return str(_("no VAT")) if self.percent is None else f"{self.percent} %"
