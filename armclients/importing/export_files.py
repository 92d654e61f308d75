"""The files that go out: what each floor says of them, in the order in which they come in."""

from armclients.importing.files import CATALOGUE
from armclients.importing.users import ROLES
from armclients.kit.fileselect import FileSelect, plain
from customers import export_files as customers
from orders import export_files as orders
from vehicles import export_files as vehicles

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
    },
    "armclients_user u ORDER BY u.id",
)

_BY_NAME = {
    select.name: select for select in (USERS, *customers.FILES, *vehicles.FILES, *orders.FILES)
}
FILES = tuple(_BY_NAME[form.name] for form in CATALOGUE)
