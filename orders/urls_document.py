"""A document by its own."""

from django.urls import path

from orders.views import document, payments, states

app_name = "orders_document"
urlpatterns = [
    path("<int:pk>/", document.document_page, name="page"),
    path("<int:pk>/pay/", payments.document_payment, name="pay"),
    path("<int:pk>/state/", states.document_state, name="state"),
]
