"""A line of goods: what is held for it and what is handed over."""

from django.urls import path

from orders.views import lines

app_name = "orders_line"
urlpatterns = [
    path("<int:pk>/reserve/", lines.line_reserve, name="reserve"),
    path("<int:pk>/release/", lines.line_release, name="release"),
    path("<int:pk>/issue/", lines.line_issue, name="issue"),
    path("<int:pk>/return/", lines.line_return, name="return"),
    path("<int:pk>/expect/", lines.line_expect, name="expect"),
    path("<int:pk>/codes/", lines.line_codes, name="codes"),
]
