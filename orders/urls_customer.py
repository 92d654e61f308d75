"""Of a client's page, what this floor shows; the URL's noun does not decide where a view lives."""

from django.urls import path

from orders.views import cart, charts, panels, selections, writing

app_name = "orders"
urlpatterns = [
    path("<int:pk>/cart/", panels.customer_cart, name="cart"),
    path("<int:pk>/cart/add/", cart.cart_add, name="cart_add"),
    path("<int:pk>/selections/", selections.customer_selections, name="selections"),
    path("<int:pk>/selections/new/", selections.new_selection, name="new_selection"),
    path("<int:pk>/selections/lost/", selections.lost, name="lost"),
    path("<int:pk>/orders/", panels.customer_orders, name="orders"),
    path("<int:pk>/documents/", panels.customer_documents, name="documents"),
    path("<int:pk>/spending/", charts.customer_spending, name="spending"),
    path("<int:pk>/documents/new/<slug:kind>/", writing.document_new, name="document_new"),
]
