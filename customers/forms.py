"""Forms of this floor."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput, Doubt, Doubtful, EditForm, MomentInput
from customers import call_queries, doubts, queries
from customers.models import Call, Consent, Contact, Counterparty

AT = "customers:doubt"
DOUBTS = {
    "inn": Doubt(AT, lambda said: doubts.about_inn(said("inn"))),
    "kpp": Doubt(AT, lambda said: doubts.about_kpp(said("kpp"))),
    "phone": Doubt(AT, lambda said: doubts.about_phone(said("phone"))),
    "email": Doubt(AT, lambda said: doubts.about_email(said("email"))),
    "value": Doubt(AT, lambda said: doubts.about_contact(said("kind"), said("value"))),
}


def a_manager() -> forms.ModelChoiceField:
    """Anybody who works here."""
    people = get_user_model().objects.filter(is_active=True).order_by("full_name", "pk")
    return forms.ModelChoiceField(people, required=False, label=_("manager"))


class FindsClient(forms.Form):
    """A client who is found by name or phone, and chosen where several fit."""

    client = forms.CharField(
        label=_("client"),
        max_length=200,
        help_text=_("A part of the name, or of the phone."),
    )
    is_client_needed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        field.required = self.is_client_needed
        field.widget.attrs |= {
            "hx-post": reverse("customers:find"),
            "hx-target": "next .found",
            "hx-trigger": "input changed delay:250ms",
            "hx-sync": "this:replace",
            "autocomplete": "off",
        }
        field.finds = True  # type: ignore[attr-defined]

    def clean_client(self) -> Counterparty | None:
        typed = self.cleaned_data["client"]
        if not typed:
            return None
        found = queries.clients_like(typed)
        chosen = [client for client in found if str(client.pk) == self.data.get("client_key")]
        if len(chosen or found) == 1:
            return (chosen or found.rows)[0]
        if found.was_cut:
            raise forms.ValidationError(_("Too many clients fit: type a little more."))
        if not found:
            raise forms.ValidationError(_("Nobody was found."))
        self.fields["client"].found = found  # type: ignore[attr-defined]
        raise forms.ValidationError(_("Several clients fit: choose one."))


class MergeForm(FindsClient):
    """Whose card this one takes in, and why; asked once more when it is seen what goes over."""

    reason = forms.CharField(label=_("reason"), max_length=300)
    is_sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def ask_whether_sure(self, other: Counterparty, words: str) -> None:
        """Sent again with the same client, it is meant."""
        key = str(other.pk)
        self.data = {**self.data.dict(), "is_sure": key, "client_key": key}  # type: ignore[attr-defined]
        self.fields["client"].found = [other]  # type: ignore[attr-defined]
        self.add_error(None, words)


class AttentionForm(forms.ModelForm):
    """«Обратите внимание»: how loudly, in which words, until when."""

    class Meta:
        model = Counterparty
        fields = ("attention", "attention_text", "attention_until")
        widgets = {"attention_until": DateInput}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("attention") and not given.get("attention_text"):
            self.add_error("attention_text", _("Say what to pay attention to."))
        return given


class CallerForm(forms.Form):
    """Who of those who have the number of a call it is."""

    client = forms.ModelChoiceField(
        Counterparty.objects.none(), label=_("Client"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = cast(forms.ModelChoiceField, self.fields["client"])
        who.queryset = call_queries.may_be(call).order_by("name", "pk")
        self.is_of_somebody = who.queryset.exists()


class CounterpartyFields(Doubtful, forms.ModelForm):
    """Who a client is."""

    manager = a_manager()
    doubts: ClassVar = {name: DOUBTS[name] for name in ("inn", "kpp")}

    class Meta:
        model = Counterparty
        fields: tuple[str, ...] = ()
        widgets: ClassVar = {"comment": forms.Textarea(attrs={"rows": 3})}


class CounterpartyForm(CounterpartyFields, EditForm):
    """A client who is known, as they are now."""

    class Meta(CounterpartyFields.Meta):
        fields = ("name", "full_name", "legal_form", "kind", "inn", "kpp", "manager", "comment")


class ContactFields(Doubtful, forms.ModelForm):
    """One way to reach a client."""

    doubts: ClassVar = {"value": DOUBTS["value"]}


class NewContactForm(ContactFields):
    class Meta:
        model = Contact
        fields = ("kind", "value", "person", "is_primary")


class ContactForm(ContactFields, EditForm):
    """A contact that is known, as it is now."""

    class Meta:
        model = Contact
        fields = ("kind", "value", "person", "is_primary", "is_wrong")

    def clean(self) -> dict[str, Any]:
        """Nobody is reached first by what is wrong."""
        given = super().clean()
        return given | {"is_primary": given.get("is_primary") and not given.get("is_wrong")}


class ConsentForm(forms.ModelForm):
    """What the client has agreed to, when and how."""

    class Meta:
        model = Consent
        fields = ("purpose", "given_at", "channel", "document", "version")
        widgets = {"given_at": MomentInput}


class WithdrawalForm(forms.Form):
    """When the client has taken a consent back."""

    withdrawn_at = forms.DateTimeField(label=_("withdrawn at"), widget=MomentInput)
