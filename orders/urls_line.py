"""A line of goods: what is held for it and what is handed over."""

from django.urls import path

from orders.views import goods

app_name = "orders_line"
urlpatterns = [
    path("<int:pk>/reserve/", goods.line_reserve, name="reserve"),
    path("<int:pk>/release/", goods.line_release, name="release"),
    path("<int:pk>/issue/", goods.line_issue, name="issue"),
    path("<int:pk>/return/", goods.line_return, name="return"),
    path("<int:pk>/expect/", goods.line_expect, name="expect"),
    path("<int:pk>/codes/", goods.line_codes, name="codes"),
]
