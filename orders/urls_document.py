"""A document by its own."""

from django.urls import path

from orders.views import (
    approvals,
    defects,
    deferred,
    document,
    estimates,
    lines,
    payments,
    reassigning,
    states,
    supply,
    writing,
)

app_name = "orders_document"
urlpatterns = [
    path("<int:pk>/", document.document_page, name="page"),
    path("<int:pk>/facts/", writing.document_facts, name="facts"),
    path("<int:pk>/payer/", writing.document_payer, name="payer"),
    path("<int:pk>/hand-over/", writing.document_hand_over, name="hand_over"),
    path("<int:pk>/lines/", lines.document_lines, name="lines"),
    path("<int:pk>/lines/<slug:of>/<int:line>/", lines.line, name="line"),
    path("<int:pk>/lines/<slug:of>/<int:line>/remove/", lines.line_remove, name="line_remove"),
    path("<int:pk>/package/", lines.document_package, name="package"),
    path("<int:pk>/repeat/", lines.document_repeat, name="repeat"),
    path("<int:pk>/pay/", payments.document_payment, name="pay"),
    path("<int:pk>/stock/", supply.document_stock, name="stock"),
    path("<int:pk>/reserve/", supply.document_reserve, name="reserve"),
    path("<int:pk>/issue/", supply.document_issue, name="issue"),
    path("<int:pk>/expected/", supply.order_expected, name="expected"),
    path("<int:pk>/state/", states.document_state, name="state"),
    path("<int:pk>/deferred/", deferred.document_deferred, name="deferred"),
    path("<int:pk>/deferred/take/", deferred.document_take, name="take_deferred"),
    path("<int:pk>/recommend/", deferred.document_recommend, name="recommend"),
    path("<int:pk>/defects/", defects.document_defects, name="defects"),
    path("<int:pk>/defects/add/", defects.defect_add, name="defect_add"),
    path("<int:pk>/approvals/", approvals.document_approvals, name="approvals"),
    path("<int:pk>/approvals/add/", approvals.approval_add, name="approval_add"),
    path("<int:pk>/materials/add/", approvals.material_add, name="material_add"),
    path("<int:pk>/answer/", estimates.document_answer, name="answer"),
    path("<int:pk>/answer/told/", estimates.answer_told, name="answer_told"),
    path("<int:pk>/validity/", estimates.estimate_validity, name="validity"),
    path("<int:pk>/version/", estimates.estimate_version, name="version"),
    path("<int:pk>/order/", estimates.estimate_order, name="order"),
    path("<int:pk>/reassign/", reassigning.document_reassign, name="reassign"),
]
