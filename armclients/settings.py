"""Every switch of the product, read once from the environment; production is the default.

The variables and their meaning stand in README.md («Switches»). A value that cannot be meant ends
the start with a sentence that says what to set; secrets may stand in files named by …_FILE.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import FileAwareEnv

from customers.messaging import address

BASE_DIR = Path(__file__).resolve().parent.parent
env = FileAwareEnv(strip_whitespace=True)

# Where this copy of the product keeps what is its own

DATA_DIR = Path(env.str("ARM_DATA_DIR", default=str(BASE_DIR / ".data"))).expanduser().resolve()
DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL and urlsplit(DATABASE_URL).scheme not in {"postgres", "postgresql"}:
    raise ImproperlyConfigured(
        "DATABASE_URL names no PostgreSQL: set it to postgresql://USER:PASSWORD@HOST:PORT/NAME, "
        "or unset it to use the embedded server."
    )
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
if PORT not in range(1, 65536):
    raise ImproperlyConfigured(f"PORT is {PORT}: set it to a number from 1 to 65535, such as 8000.")
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
public = urlsplit(PUBLIC_URL)
if public.scheme not in {"http", "https"} or not public.hostname or public.path:
    raise ImproperlyConfigured(
        f"PUBLIC_URL is {PUBLIC_URL!r}: set it to what browsers type, without a path, "
        "such as https://arm.example.com."
    )
IS_HTTPS = public.scheme == "https"


def kept_secret_key() -> str:
    """The key of this data folder: made at the first start, in one move, and never shown."""
    path = DATA_DIR / "secret_key"
    try:
        DATA_DIR.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not path.exists():
            with NamedTemporaryFile("w", dir=DATA_DIR) as draft:
                draft.write(get_random_secret_key())
                draft.flush()
                with suppress(FileExistsError):
                    os.link(draft.name, path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {DATA_DIR} cannot be used ({error.strerror}): give it to the user "
            "that runs this, or set ARM_DATA_DIR to a folder that can be written."
        ) from error


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if DATABASE_URL:
        raise ImproperlyConfigured(
            "DATABASE_URL is set, so set SECRET_KEY too, to fifty random characters."
        )
    SECRET_KEY = kept_secret_key()

DEBUG = env.bool("DEBUG", default=False)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[public.hostname, HOST, *LOOPBACK])

# Rooms

INSTALLED_APPS = [
    "armclients",
    "customers",
    "vehicles",
    "orders",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_filters",
    "django_htmx",
    "import_export",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "armclients.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "armclients.middleware.PersonalPagesMiddleware",
    "armclients.middleware.UserLocaleMiddleware",
    "armclients.middleware.BranchTimeMiddleware",
    "armclients.middleware.LoginWallMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "armclients.urls"
WSGI_APPLICATION = "armclients.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "armclients.templatetags.arm",
                "armclients.templatetags.backup_notice",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "armclients.workstation.header.header",
            ],
        },
    }
]

FORM_RENDERER = "armclients.kit.forms.Renderer"

# Data

CHOSEN_SERVER = env.dj_db_url("DATABASE_URL") if DATABASE_URL else {"NAME": "arm"}
DATABASES = {
    "default": {
        **CHOSEN_SERVER,
        "ENGINE": "django.db.backends.postgresql" if DATABASE_URL else "armclients.embedded",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, **CHOSEN_SERVER.get("OPTIONS", {})},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# More switches of the embedded server, by PostgreSQL's own names; tests turn durability off here.
EMBEDDED_SERVER_SWITCHES: dict[str, str] = {}

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# Of who looked and who changed what; 0 keeps it for ever.
KEEP_HISTORY_DAYS = env.int("KEEP_HISTORY_DAYS", default=3 * 365)
# Of what the PBX said of calls, and where their recordings are; 0 keeps it for ever.
KEEP_CALLS_DAYS = env.int("KEEP_CALLS_DAYS", default=365)

# Several at a time: a gateway that does not answer must not hold up imports and backups.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 5,
}

# People

AUTH_USER_MODEL = "armclients.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "armclients.users.OneStatementBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "workstation"
LOGOUT_REDIRECT_URL = "login"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "armclients.login.locked_out"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60  # one shift
SESSION_SAVE_EVERY_REQUEST = False

# Safety

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # a monitor on this machine asks without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
X_FRAME_OPTIONS = "DENY"
if not IS_HTTPS:
    # HSTS, the redirect to https and Secure cookies are off because PUBLIC_URL says http.
    SILENCED_SYSTEM_CHECKS = [f"security.{code}" for code in ("W004", "W008", "W012", "W016")]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        # Bootstrap draws its check marks from data: addresses.
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# Words and times

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Moscow")
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
    raise ImproperlyConfigured(
        f"TIME_ZONE is {TIME_ZONE!r}: set it to a name such as Europe/Moscow or Asia/Yekaterinburg."
    ) from unknown

# Files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "uploads"

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", default="console://")
if "EMAIL_BACKEND" not in EMAIL_CONFIG:
    raise ImproperlyConfigured(
        "EMAIL_URL names no known way to send: set it to smtp+tls://USER:PASSWORD@HOST:587, "
        "or unset it to see letters on the console."
    )
EMAIL_TIMEOUT = 15  # seconds; a mail server that is silent longer is tried again later
vars().update(EMAIL_CONFIG)
# Who letters to clients are from.
LOGS_IN_AS = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=LOGS_IN_AS if "@" in LOGS_IN_AS else f"arm@{public.hostname}"
)
if "@" not in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(
        "DEFAULT_FROM_EMAIL is no e-mail address: set it to one such as service@example.com."
    )
try:
    SMS_ADDRESS = address.parse(env.str("SMS_URL", default="file://"))
except ValueError as sentence:
    raise ImproperlyConfigured(str(sentence)) from None

# Telephony: what the PBX proves itself by, and how it is asked to ring

PBX_SECRET = env.str("PBX_SECRET", default="")
PBX_URL = env.str("PBX_URL", default="")
PBXS = ("generic", "asterisk", "mango", "uis")
if PBX_URL and not PBX_URL.startswith(tuple(f"{pbx}+http" for pbx in PBXS)):
    raise ImproperlyConfigured(
        f"PBX_URL names no PBX we know: set it to one of {', '.join(PBXS)}, a plus sign and an "
        "address, such as generic+https://pbx.example.com/dial, or unset it."
    )

LOG_FORMAT = env.str("LOG_FORMAT", default="plain")
if LOG_FORMAT not in {"plain", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}: set it to plain or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            # Only a developer sees what an error says: it may quote a client.
            "()": "logging.Formatter" if DEBUG else "armclients.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"()": "armclients.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    # A refused form or a page that is not there is everyday; only our own failures are said.
    # Failed log-ins stand in the database, names and addresses have no business here.
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": env.log_level("LOG_LEVEL", logging.WARNING)},
}
