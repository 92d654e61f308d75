"""How forms look: one template for a field, so that labels, hints and errors are alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.forms.renderers import TemplatesSetting
from django.urls import reverse
from django.utils.translation import gettext as _

from armclients.kit import clashes


class Renderer(TemplatesSetting):
    field_template_name = "parts/field.html"


class DateInput(forms.DateInput):
    """A day, picked by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, picked by the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


Said = Callable[[str], str]


@dataclass(frozen=True)
class Doubt:
    """What may look wrong about a field: `about` says it, and the URL `at` while it is typed."""

    at: str
    about: Callable[[Said], str]


class Doubtful(forms.BaseForm):
    """A form whose values may look wrong: they are taken all the same, with a word beside them."""

    doubts: ClassVar[dict[str, Doubt]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, doubt in self.doubts.items():
            if field := self.fields.get(name):
                field.widget.attrs |= {
                    "hx-post": reverse(doubt.at),
                    "hx-target": "next .hint",
                    "hx-trigger": "change",
                }
                field.is_doubted = True  # type: ignore[attr-defined]
                field.doubt = doubt.about(self.said)  # type: ignore[attr-defined]

    def said(self, name: str) -> str:
        """What stands in a field now."""
        value = self[name].value() if name in self.fields else ""
        return "" if value is None else str(value)

    def with_doubts(self, said: str) -> str:
        """What was done, and what looks wrong about it."""
        return f"{said}. {self.doubtful}" if self.doubtful else said

    @property
    def doubtful(self) -> str:
        """All that looks wrong, in one line."""
        words = (
            (field.label, doubt)
            for field in self.fields.values()
            if (doubt := getattr(field, "doubt", ""))
        )
        return "; ".join(f"{label}: {doubt}" for label, doubt in words)


class EditForm(forms.ModelForm):
    """A record that somebody else may change meanwhile: the form remembers how it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = clashes.put_away(self.values)

    @property
    def own(self) -> list[str]:
        return list(self._meta.fields or ())

    @property
    def values(self) -> clashes.Values:
        """What the record holds; once the form is valid, what was given."""
        return clashes.values_of(self.instance, self.own)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["seen"] = clashes.taken_out(given.get("seen", ""))
        if given["seen"] is None:
            raise forms.ValidationError(_("The form is out of date: open it once more."))
        return given

    @property
    def given(self) -> clashes.Values:
        """What was chosen; a field that is left to the others is as they have it."""
        seen = self.cleaned_data["seen"]
        left = {name for name in seen if self.data.get(f"take_{name}") == "theirs"}
        return self.values | {name: seen[name] for name in left}

    def after(self, clash: clashes.ClashError) -> Self:
        """The same form with what was typed, as shown beside what the others have done.

        What was not touched in it is as the others have it now.
        """
        data, given = self.data.copy(), self.given  # type: ignore[attr-defined]
        for name, value in clash.now.items():
            if given[name] == self.cleaned_data["seen"].get(name):
                data[name] = self.fields[name].prepare_value(value)
                data[name] = "" if data[name] is None else data[name]
        data["seen"] = clashes.put_away(clash.now)
        return type(self)(data, instance=self.instance)
