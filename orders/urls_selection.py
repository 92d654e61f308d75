"""A selection by its own."""

from django.urls import path

from orders.views import selections

app_name = "orders_selection"
urlpatterns = [
    path("<int:pk>/", selections.selection_page, name="page"),
    path("<int:pk>/decide/", selections.decide, name="decide"),
    path("<int:pk>/again/", selections.again, name="again"),
]
