"""Who works here, and where. A user that exists keeps the password and the superuser's rights."""

from armclients.kit.columns import Boolean, Code, Text, Username
from armclients.kit.fileformat import ID, Column, FileFormat, Kept, Target, same, text
from customers.import_files import A_USER
from orders.import_files import A_BRANCH

ROLES = Code(("advisor", "operator", "parts", "master", "manager", "admin"))

USERS = FileFormat(
    "users",
    columns=(
        Column("username", Username(), required=True),
        Column("full_name", Text(200)),
        Column("email", Text(254)),
        Column("role", ROLES),
        Column("phone_line", Text(40)),
        Column("active", Boolean()),
        Column("language", Code(("ru", "en"))),
    ),
    key="username",
    found_by="t.username = s.username",
    targets=(
        Target(
            "armclients_user",
            {
                **text("full_name", "email", "phone_line"),
                "is_active": Kept("m.active", "true"),
                "language": Kept("m.language", "'ru'"),
            },
            at_first={
                "username": "m.username",
                # Unusable, and different for each: links to set one are made of it.
                "password": "'!' || replace(gen_random_uuid()::text, '-', '')",
                "is_staff": "false",
                "is_superuser": "false",
                "date_joined": "now()",
            },
        ),
    ),
    # A role is a group; whoever has one is in no other role's group, and only an administrator
    # (or a superuser) enters Django admin. Without a role the groups stay as they are.
    after=(
        """
        CREATE TEMPORARY TABLE import_role ON COMMIT DROP AS
        SELECT m.row, m.pk AS user_id, g.id AS group_id, m.is_new, m.role = 'admin' AS is_admin
          FROM import_users m JOIN auth_group g ON g.name = m.role
        """,
        """
        CREATE TEMPORARY TABLE import_role_changed ON COMMIT DROP AS
        SELECT r.* FROM import_role r JOIN armclients_user u ON u.id = r.user_id
         WHERE u.is_staff <> (r.is_admin OR u.is_superuser)
            OR ARRAY[r.group_id] <> ARRAY(
                SELECT h.group_id FROM armclients_user_groups h
                  JOIN auth_group g ON g.id = h.group_id
                 WHERE h.user_id = r.user_id AND g.name = ANY(%(roles)s))
        """,
        """
        INSERT INTO import_changed
        SELECT 'users', row, user_id FROM import_role_changed WHERE NOT is_new
        """,
        """
        DELETE FROM armclients_user_groups h USING import_role_changed r, auth_group g
         WHERE h.user_id = r.user_id AND g.id = h.group_id AND g.id <> r.group_id
           AND g.name = ANY(%(roles)s)
        """,
        """
        INSERT INTO armclients_user_groups (user_id, group_id)
        SELECT user_id, group_id FROM import_role_changed ON CONFLICT DO NOTHING
        """,
        """
        UPDATE armclients_user u SET is_staff = r.is_admin OR u.is_superuser
          FROM import_role_changed r WHERE u.id = r.user_id
        """,
    ),
)

WORKPLACES = FileFormat(
    "workplaces",
    columns=(
        Column("user", Text(150), required=True, refers=A_USER),
        Column("branch", ID, required=True, refers=A_BRANCH),
    ),
    key="user_id",
    found_by="t.user_id = s.user_id",
    targets=(Target("armclients_workplace", same("branch_id"), at_first=same("user_id")),),
)
