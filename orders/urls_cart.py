"""A cart by its own."""

from django.urls import path

from orders.views import cart

app_name = "orders_cart"
urlpatterns = [
    path("<int:pk>/change/", cart.change, name="change"),
    path("<int:pk>/become/", cart.become, name="become"),
]
