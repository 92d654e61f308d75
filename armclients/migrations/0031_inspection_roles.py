from django.db import migrations

from armclients.kit import roles

DEFERRED, DEFECTS, APPROVALS, MATERIALS = (
    {may: f"orders.{may}_{model}" for may in ("view", "add", "change", "delete")}
    for model in ("deferredwork", "defect", "approval", "ownmaterial")
)
ANSWERS = ["orders.view_estimateanswer", "orders.add_estimateanswer"]
VIEW = [DEFERRED["view"], DEFECTS["view"], APPROVALS["view"], MATERIALS["view"], ANSWERS[0]]
WRITE_DOWN = [
    *(DEFERRED["add"], DEFERRED["change"]),
    *(DEFECTS["add"], DEFECTS["change"], DEFECTS["delete"]),
]
AGREE = [
    *(APPROVALS["add"],),
    *(MATERIALS["add"], MATERIALS["change"], MATERIALS["delete"]),
]
REASSIGN = "orders.reassign_document"
ALL = [*VIEW, *WRITE_DOWN, *AGREE, *ANSWERS]
ROLES = {
    "advisor": ALL,
    "operator": VIEW,
    "parts": [*VIEW, DEFERRED["add"], DEFERRED["change"]],
    "master": [*VIEW, *WRITE_DOWN, *AGREE],
    "manager": [*ALL, REASSIGN],
    "admin": [
        *ALL,
        REASSIGN,
        *(APPROVALS["change"], APPROVALS["delete"], DEFERRED["delete"]),
        *("orders.view_defectphoto", "orders.view_lineanswer"),
    ],
}


class Migration(migrations.Migration):
    """Whoever looks at cars writes down what they need; whoever talks to clients, what they said."""

    dependencies = [
        ("armclients", "0030_stock_roles"),
        ("orders", "0024_deferred_records"),
    ]
    operations = [roles.grant(ROLES)]
