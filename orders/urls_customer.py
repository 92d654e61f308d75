"""Of a client's page, what this floor shows; the URL's noun does not decide where a view lives."""

from django.urls import path

from orders.views import panels, writing

app_name = "orders"
urlpatterns = [
    path("<int:pk>/cart/", panels.customer_cart, name="cart"),
    path("<int:pk>/orders/", panels.customer_orders, name="orders"),
    path("<int:pk>/documents/", panels.customer_documents, name="documents"),
    path("<int:pk>/documents/new/<slug:kind>/", writing.document_new, name="document_new"),
]
