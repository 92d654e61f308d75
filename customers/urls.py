from django.urls import path

from customers.views import contacts, counterparty, merges, panels, privacy

app_name = "customers"
urlpatterns = [
    path("find/", counterparty.find, name="find"),
    path("doubt/", counterparty.doubt, name="doubt"),
    path("<int:pk>/edit/", counterparty.edit, name="edit"),
    path("<int:pk>/contacts/", contacts.contacts_all, name="contacts"),
    path("<int:pk>/contacts/new/", contacts.contact_add, name="contact_add"),
    path("contacts/<int:pk>/", contacts.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/remove/", contacts.contact_remove, name="contact_remove"),
    path("contacts/<int:pk>/up/", contacts.contact_up, name="contact_up"),
    path("<int:pk>/consents/", privacy.consents, name="consents"),
    path("<int:pk>/consents/give/", privacy.consent_give, name="consent_give"),
    path("<int:pk>/consents/withdraw/", privacy.consent_withdraw, name="consent_withdraw"),
    path("<int:pk>/consents/print/", privacy.consent_print, name="consent_print"),
    path("<int:pk>/attention/", counterparty.attention, name="attention"),
    path("<int:pk>/merge/", merges.merge, name="merge"),
    path("merges/<int:pk>/undo/", merges.merge_undo, name="merge_undo"),
    path("<int:pk>/log/", panels.customer_log, name="log"),
]
