"""One set of settings for every machine; what differs comes from the environment.

With nothing set, Rolebook refuses to start: debug is off, and production needs a SECRET_KEY. `make run` sets
DEBUG=1, which needs nothing else: SQLite, memory for a cache, and a key that protects nothing.

    DEBUG                 1 on a developer's machine, else off
    SECRET_KEY            required unless DEBUG; signs sessions and tokens
    SITE_URL, SITE_NAME   the address and name that readers know the site by
    ALLOWED_HOSTS         comma-separated; by default the host of SITE_URL
    HTTPS                 0 to serve plain http outside debug (a benchmark, a closed network)
    BEHIND_PROXY          1 where a proxy ends TLS and always sets X-Forwarded-Proto itself
    DATABASE_URL          postgres://user:password@host:5432/name; by default SQLite in var/
    DATABASE_REPLICA_URL  a read-only copy for the public pages and the API
    CACHE_URL             redis://host:6379/0; by default each process keeps its own
    LOG_LEVEL             INFO by default
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
# All that the running site writes to disk.
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="insecure-and-for-debugging-only" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random value into the environment, made for instance by\n"
        '    python3 -c "import secrets; print(secrets.token_urlsafe(50))"\n'
        "and keep it: a new one signs everybody out. To try Rolebook on your own machine, use `make run`, "
        "or set DEBUG=1."
    )


# The site and how it is reached

SITE_NAME = env.str("SITE_NAME", default="Rolebook")
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if DEBUG else [urlsplit(SITE_URL).hostname])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True


# What it is made of

INSTALLED_APPS = [
    "roles",
    "careers",
    "skills",
    "publications",
    "adminsortable2",
    "django_prose_editor",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.staticfiles.PublicStaticFiles",
]

# A public page passes the first five and steps over the others, which work only below /admin/.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.AdminSession",
    "config.middleware.AdminCsrf",
    "config.middleware.AdminAuthentication",
    "config.middleware.AdminMessages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# Data


def database(url):
    """Read a database URL and add what each engine needs to be quick and safe."""
    config = env.db_url_config(url)
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Opening the file costs more than reading a row from it.
        config["CONN_MAX_AGE"] = None
        # Readers go on while somebody writes (WAL). A transaction asks for the write lock at its start
        # (IMMEDIATE) and waits for it: SQLite does not wait where one that has read begins to write.
        options["transaction_mode"] = "IMMEDIATE"
        options["timeout"] = 20
        options["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
        )
    elif str(options.get("pool", "")).lower() in {"true", "1"}:
        # ?pool=true arrives as text. A pool keeps connections itself, and Django refuses both at once.
        options["pool"] = True
        config["CONN_MAX_AGE"] = 0
    else:
        # A new connection for each request makes a small read eleven times slower.
        config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
        # A restart of the database then costs nobody a page.
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {
    "default": database(env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'rolebook.sqlite3'}")
}
if replica_url := env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = database(replica_url) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["config.routers.PublicReadsFromReplica"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # Django's limit of 300 entries is below one crawl of a small site.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 5_000}

# A role profile is edited as one form: 120 rows with a dozen fields each, and room for more.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024


# Language and time

LANGUAGE_CODE = "en"
# Dates in the admin. Public pages write theirs in the language of each role.
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_TZ = True


# Static files: served by the web process, compressed and named by their content when they are collected. In
# debug they are read where they lie, so that a change shows at once.

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = VAR_DIR / "media"


# Sign-in, which exists below /admin/ only: the browser sends these cookies nowhere else.

LOGIN_URL = "admin:login"
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_HTTPONLY = True
# Messages travel in the session: their own cookie could not be kept to a path.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = ["config.authentication.RefuseDemoAccounts"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]


# Safety

HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The check looks for Django's middleware by its own name; ours is a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# No inline script anywhere: where the admin cannot do without (the editor's import map), the page asks for a
# nonce, and only then is one in the header.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}


# The API

REST_FRAMEWORK = {
    # JSON for everybody, whatever they say they accept: an answer depends on nothing but its address.
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "publications.api.negotiation.AlwaysJSON",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "publications.api.problems.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # Published roles are for everybody. There is no session to look at outside the admin.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "Published role profiles, and the skills, job families and levels they refer to. Everything "
    "that is on the public pages is here too. Reading needs no key. Nothing can be written.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # In the order in which the documentation shows them.
    "TAGS": [
        {"name": "roles", "description": "What is published"},
        {"name": "skills", "description": "Skills and tools that published roles ask for"},
        {"name": "job-families", "description": "Groups of published roles"},
        {"name": "levels", "description": "Seniority of published roles"},
        {"name": "api", "description": "The API itself"},
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.state_what_is_always_there",
        "config.openapi.add_role_document",
    ],
}


# What is written to the console, where the machine that runs the site collects it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers would print each line twice.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
