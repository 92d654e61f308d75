"""A document by its own."""

from django.urls import path

from orders.views import states

app_name = "orders_document"
urlpatterns = [
    path("<int:pk>/state/", states.document_state, name="state"),
]
