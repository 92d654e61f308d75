"""The files that go out: what each floor says of them, in the order in which they come in."""

from django.utils.translation import gettext_lazy as _

from armclients.importing.files import CATALOGUE
from armclients.importing.users import ROLES
from armclients.kit.fileselect import FileSelect, LeftOut, identifier, plain
from customers import export_files as customers
from orders import export_choices as choices
from orders import export_files as orders
from orders import export_packages as packages
from orders import export_papers as papers
from orders import export_prices as prices
from vehicles import export_files as vehicles
from vehicles import export_tires as tires

USERS = FileSelect(
    "users",
    {
        **plain("u", "username", "full_name", "email"),
        # Of somebody with several roles, the one that may most.
        "role": f"""
            (SELECT g.name FROM armclients_user_groups h JOIN auth_group g ON g.id = h.group_id
              WHERE h.user_id = u.id AND g.name IN {ROLES.known}
              ORDER BY array_position(ARRAY{list(ROLES.known)}, g.name::text) DESC LIMIT 1)
        """,
        "phone_line": "u.phone_line",
        "active": "u.is_active::integer",
        "language": "u.language",
    },
    "armclients_user u ORDER BY u.id",
    left_out=(
        LeftOut(
            _("%(count)s further roles of users: the file has room for one"),
            f"""armclients_user_groups h JOIN auth_group g ON g.id = h.group_id
                WHERE g.name IN {ROLES.known} AND EXISTS (
                      SELECT FROM armclients_user_groups o JOIN auth_group r ON r.id = o.group_id
                       WHERE o.user_id = h.user_id AND o.id < h.id
                         AND r.name IN {ROLES.known})""",
        ),
    ),
)

WORKPLACES = FileSelect(
    "workplaces",
    {"user": "u.username", "branch": identifier("b")},
    """
    armclients_workplace w
    JOIN armclients_user u ON u.id = w.user_id
    JOIN orders_branch b ON b.id = w.branch_id
    ORDER BY w.id
    """,
)

_BY_NAME = {
    select.name: select
    for select in (
        USERS,
        WORKPLACES,
        *customers.FILES,
        *vehicles.FILES,
        *tires.FILES,
        *orders.FILES,
        *papers.FILES,
        *prices.FILES,
        *packages.FILES,
        *choices.FILES,
    )
}
FILES = tuple(_BY_NAME[form.name] for form in CATALOGUE)
