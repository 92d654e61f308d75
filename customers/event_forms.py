"""Forms about events: each gives what its action asks for."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import MomentInput
from customers.actions.events import Step
from customers.colleagues import Colleague, near
from customers.models import ContactResult, Event

MORNING, EVENING = datetime.time(10), datetime.time(18)
HOUR = datetime.timedelta(hours=1)
SOON = [
    ("today", _("today")),
    ("tomorrow", _("tomorrow")),
    ("week", _("in a week")),
    ("other", _("another time")),
]
LONGEST_WORD = 120


def moment_of(choice: str, now: datetime.datetime) -> datetime.datetime:
    """The evening of today, the morning of tomorrow or of this weekday next week, on the branch's
    clock; when the evening has come, in an hour."""
    zone = timezone.get_current_timezone()
    here = now.astimezone(zone)
    if choice == "today":
        evening = datetime.datetime.combine(here.date(), EVENING, zone)
        return evening if evening > here else now + HOUR
    days = datetime.timedelta(days=7 if choice == "week" else 1)
    return datetime.datetime.combine(here.date() + days, MORNING, zone)


class Few(forms.ChoiceField):
    """One of a few, all of them in sight and one key apart."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.template_name = "parts/choices.html"


class Dated(forms.Form):
    """A form that asks by when: `when`, and `due_at` for a time of one's own."""

    def __init__(self, *args: Any, by: Any, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.now = by, now
        for field in self.fields.values():
            if isinstance(field, Colleague):
                field.offered = near(by)

    def moment(self) -> datetime.datetime | None:
        """What was chosen; a time that is missing or has passed is an error at its field."""
        given = self.cleaned_data
        if "due_at" in self.errors:
            return None
        if given.get("when") != "other" and not given.get("due_at"):
            return moment_of(given.get("when") or "tomorrow", self.now)
        due_at = given.get("due_at")
        if due_at is None:
            self.add_error("due_at", _("Say when."))
        elif due_at <= self.now:
            self.add_error("due_at", _("This moment has passed."))
        return due_at


class WithStep(Dated):
    """A form that may plan the next step: what, when, who."""

    step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    when = Few(label=_("When"), choices=SOON, initial="tomorrow", required=False)
    due_at = forms.DateTimeField(label=_("Date and time"), widget=MomentInput, required=False)
    manager = Colleague(label=_("Responsible"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever says nothing answers for it.
        self.fields["manager"].widget.attrs["placeholder"] = self.by.short_name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["next"] = None
        if given.get("step"):
            if due_at := self.moment():
                manager = given.get("manager") or self.by
                given["next"] = Step(given["step"], due_at, manager)
        elif given.get("due_at") and "step" not in self.errors:
            self.add_error("step", _("Say what is to be done."))
        return given


def results() -> QuerySet[ContactResult]:
    return ContactResult.objects.order_by("position", "name", "pk")


class ContactForm(WithStep):
    """Регистрация контакта с клиентом: what kind of word, what came of it, what comes next."""

    kind = Few(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in Event.REGISTERED],
        initial=Event.Kind.CALL_IN,
    )
    result = forms.ModelChoiceField(
        label=_("Result"), queryset=ContactResult.objects.none(), required=False, empty_label="—"
    )
    text = forms.CharField(
        label=_("What was said"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vehicle = forms.TypedChoiceField(
        label=_("Vehicle"), coerce=int, empty_value=None, required=False
    )
    field_order = ("kind", "result", "text", "vehicle")

    def __init__(
        self,
        *args: Any,
        cars: Sequence[tuple[int, str]] = (),
        car: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].queryset = results()  # type: ignore[attr-defined]
        self.fields["vehicle"].choices = [("", "—"), *cars]  # type: ignore[attr-defined]
        self.initial.setdefault("vehicle", car)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        nothing = not (given.get("result") or given.get("text") or given.get("step"))
        if nothing and not self.errors:
            self.add_error("text", _("Choose a result, or say a word about the contact."))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        """What `events.register()` asks for."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "result": given["result"].name if given["result"] else "",
            "text": given["text"],
            "vehicle_id": given["vehicle"],
            "step": given["next"],
        }


class ProcessForm(WithStep):
    """What came of it, and what comes next."""

    result = forms.ModelChoiceField(
        label=_("Result"), queryset=ContactResult.objects.none(), empty_label="—"
    )
    word = forms.CharField(label=_("In a word"), max_length=LONGEST_WORD, required=False)
    field_order = ("result", "word")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].queryset = results()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """What `events.process()` asks for."""
        given = self.cleaned_data
        result = ": ".join(filter(None, [given["result"].name, given["word"]]))
        return {"result": result, "step": given["next"]}


class HandOverForm(Dated):
    to = Colleague(label=_("To whom"))
    word = forms.CharField(label=_("In a word"), max_length=300, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "by": self.by}


class PostponeForm(Dated):
    when = Few(label=_("Until"), choices=SOON, initial="tomorrow", required=False)
    due_at = forms.DateTimeField(label=_("Date and time"), widget=MomentInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["moment"] = self.moment()
        return given

    @property
    def facts(self) -> dict[str, Any]:
        return {"due_at": self.cleaned_data["moment"]}


class ReopenForm(Dated):
    why = forms.CharField(label=_("Why"), max_length=300)

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "by": self.by}
