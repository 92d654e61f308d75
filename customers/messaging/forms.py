"""What is asked before a message is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Contact, MessageTemplate
from customers.models.message import Channel, Purpose

REACHED_BY = {Channel.SMS: Contact.PHONES, Channel.EMAIL: (Contact.Kind.EMAIL,)}
Choices = Sequence[tuple[str, str]]


class MessageForm(forms.Form):
    """To whom, about which document, in which words. Whether it may be sent the action decides."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    recipient = forms.ChoiceField(label=pgettext_lazy("message", "To"))
    template: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Template"), queryset=None, required=False, empty_label=_("own words")
    )
    document = forms.ChoiceField(label=pgettext_lazy("message", "About"), required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), required=False, strip=False)

    def __init__(
        self, data: Any, *, channel: str, recipients: Choices, documents: Choices, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["recipient"].choices = recipients  # type: ignore[attr-defined]
        self.fields["document"].choices = [("", "—"), *documents]  # type: ignore[attr-defined]
        self.fields["template"].queryset = (  # type: ignore[attr-defined]
            MessageTemplate.objects.filter(channel=channel, is_active=True).order_by("name", "pk")
        )
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 6})
        if channel == Channel.SMS:
            del self.fields["subject"]
            self.fields["text"].widget.attrs["data-count"] = "message-count"
        if not documents:
            del self.fields["document"]

    def clean_text(self) -> str:
        return one_line_end(self.cleaned_data["text"])


def one_line_end(text: str) -> str:
    """Browsers end a line with two characters; an SMS pays for each."""
    return text.replace("\r\n", "\n")
