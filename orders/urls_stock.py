"""The warehouses."""

from django.urls import path

from orders.views import stock

app_name = "orders_stock"
urlpatterns = [
    path("", stock.stock, name="stock"),
    path("overdue/", stock.overdue, name="overdue"),
    path("receipt/", stock.receipt, name="receipt"),
    path("receipt/<uuid:key>/", stock.received, name="received"),
    path("parts/<int:pk>/", stock.movements, name="movements"),
    path("<int:pk>/transfer/", stock.transfer, name="transfer"),
    path("<int:pk>/write-off/", stock.write_off, name="write_off"),
    path("<int:pk>/count/", stock.count, name="count"),
]
