"""Django's settings for the desk: what an office may choose comes from the environment (`comity.desk.environment`), the rest is fixed."""

from pathlib import Path

from django.conf import global_settings
from django.utils.translation import gettext_lazy as _

from comity.desk import environment

ENVIRONMENT = environment.read()
HOME = ENVIRONMENT.home
PACKAGE = Path(__file__).resolve().parent

SECRET_KEY = environment.secret_key(HOME)
DEBUG = ENVIRONMENT.debug
GALLERY = ENVIRONMENT.gallery or DEBUG
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.origins)

ROOT_URLCONF = "comity.desk.urls"
WSGI_APPLICATION = "comity.desk.wsgi.application"

INSTALLED_APPS = [
    "comity.desk.components",
    "comity.desk.accounts",
    "comity.desk.record",
    "comity.desk.matters",
    "comity.desk.today",
    "comity.desk.law",
    "comity.desk.correspondence",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "comity.desk.accounts.middleware.person_language",
    "comity.desk.zone.office_time",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comity.desk.components.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.l10n", "comity.desk.components.templatetags.desk"],
        },
    }
]
FORM_RENDERER = "comity.desk.components.forms.DeskRenderer"

# Store

DATABASES = {"default": environment.database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time: stored in UTC, shown by locale

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [PACKAGE.parent / "locale"]
LANGUAGE_COOKIE_NAME = "comity_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files the browser needs, served from the package itself: an office has no second step to take before its first start

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
# Every address carries the digest of the file it names (`components.assets`), so a browser may keep what it has.
WHITENOISE_MAX_AGE = 0 if DEBUG else 30 * 24 * 3600

# People

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "comity_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_NAME = "comity_csrf"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing from anywhere else, nothing inline: a page of a case file runs only what this package brought

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Papers up to 200 MB are streamed to disk, never held in memory

FILE_UPLOAD_HANDLERS = ["comity.desk.matters.uploads.PaperUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = global_settings.FILE_UPLOAD_MAX_MEMORY_SIZE

# What stands around every page

DESK_FRAME = "comity.desk.today.frame.frame"
