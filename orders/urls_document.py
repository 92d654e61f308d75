"""A document by its own."""

from django.urls import path

from orders.views import document, payments, states, supply

app_name = "orders_document"
urlpatterns = [
    path("<int:pk>/", document.document_page, name="page"),
    path("<int:pk>/pay/", payments.document_payment, name="pay"),
    path("<int:pk>/stock/", supply.document_stock, name="stock"),
    path("<int:pk>/reserve/", supply.document_reserve, name="reserve"),
    path("<int:pk>/issue/", supply.document_issue, name="issue"),
    path("<int:pk>/expected/", supply.order_expected, name="expected"),
    path("<int:pk>/state/", states.document_state, name="state"),
]
