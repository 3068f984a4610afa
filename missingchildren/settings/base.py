"""Every setting; the other modules of this package only change values."""

from pathlib import Path

import environ

from missingchildren.settings.celery import *
from missingchildren.settings.headers import *
from missingchildren.settings.sign_in import *

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# --- secrets and addresses: no default, so that a missing one stops the start and is named
SECRET_KEY = env.str("SECRET_KEY")
DATA_KEYS = env.list("DATA_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL")
SERVICE_NAME = env.str("SERVICE_NAME", default="Missing children")
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default="support@missingchildren.example")
SUPPORT_PHONE = env.str("SUPPORT_PHONE", default="")
FICTION_NOTICE = ""
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_linear_migrations",
    "pgtrigger",
    "pghistory",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "missingchildren.web",
    "missingchildren.audit",
    "missingchildren.agencies",
    "missingchildren.alerts",
    "cases",
    "placements",
    "risk",
    "returninterviews",
    "missingchildren.pages",
]

MIDDLEWARE = [
    # Headers first, so that redirects, files and answers to failures carry them too.
    "missingchildren.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "missingchildren.web.errors.LastResortMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "missingchildren.web.csrf.SameOriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "missingchildren.agencies.idle.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "missingchildren.agencies.sign_in.SecondFactorMiddleware",
    "missingchildren.agencies.acting.ActingMiddleware",
]

ROOT_URLCONF = "missingchildren.urls"
WSGI_APPLICATION = "missingchildren.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "missingchildren.web.context.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database: `default` serves, `owner` migrates (docs/adr/0003)
DATABASES = {"default": env.db("DATABASE_URL")}
APP_DATABASE_ROLE = ""
if env.str("OWNER_DATABASE_URL", default=""):
    DATABASES["owner"] = env.db("OWNER_DATABASE_URL")
    APP_DATABASE_ROLE = DATABASES["default"]["USER"]
for _database in DATABASES.values():
    _database["ATOMIC_REQUESTS"] = False
    _database["CONN_HEALTH_CHECKS"] = True
    _database["CONN_MAX_AGE"] = 60
    _database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "missingchildren.web.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 20 * 60
SESSION_WARNING_SECONDS = 2 * 60  # said so long before the end
IDLE_COOKIE_NAME = "__Host-used"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- transport: encrypted, or for the probes of the machine itself
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(ROOT / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_USER_MODEL = "agencies.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["missingchildren.agencies.backend.Backend"]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
# Agencies' groups are asked for object rights, never people (docs/adr/0002).
# W003: the CSRF middleware is a stricter subclass of Django's (web.csrf).
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "security.W003"]

CELERY_BROKER_URL = env.str("REDIS_URL")
vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="alerts@missingchildren.example")

# --- the API: JSON only, refusals as problem details, nothing that browses itself
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["missingchildren.web.api.session.SignedIn"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["missingchildren.web.api.bodies.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "missingchildren.web.api.schema.OperationSchema",
    "EXCEPTION_HANDLER": "missingchildren.web.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Missing children",
    "DESCRIPTION": (
        "One shared record of a child who goes missing. How to sign in, change something once, "
        "page through lists and read refusals: `docs/api.md`."
    ),
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PATH_CONVERTER_OVERRIDES": {
        "reference": {"type": "string", "pattern": "^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$"}
    },
    "POSTPROCESSING_HOOKS": ["missingchildren.web.api.schema.close_objects"],
    "TAGS": [
        {"name": "session", "description": "Who is signed in, and for whom they act"},
        {"name": "children", "description": "Children that the acting agency has a part in"},
        {"name": "episodes", "description": "Missing episodes: accept a report, record a return"},
        {"name": "updates", "description": "What was reported, and what agencies know"},
        {"name": "places", "description": "Places, each look at which is recorded"},
        {"name": "sharing", "description": "Who can see a child's record"},
        {"name": "reports", "description": "Report a child missing, and what became of it"},
        {"name": "questions", "description": "Whether two records are of one child"},
        {"name": "placements", "description": "Where looked-after children live, and who was told"},
        {"name": "alerts", "description": "Alerts to the acting agency"},
    ],
}

# What happened, never what was typed: no bodies, no query strings, no addresses of messages.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_values": {"()": "missingchildren.web.errors.WithoutValues"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_values"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
