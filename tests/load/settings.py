"""The product's own settings, with addresses of what it is compared with."""

from armclients.settings import *  # noqa: F403

ROOT_URLCONF = "tests.load.compared"
ALLOWED_HOSTS = ["testserver"]
