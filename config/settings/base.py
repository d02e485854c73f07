"""What every installation shares. Production-safe: only dev.py and test.py relax anything."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from config.embedded.places import VAR
from config.settings.mail import SMTP

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
IS_DEVELOPMENT = False
ALLOWED_HOSTS: list[str] = []
DATABASES: dict[str, dict[str, object]] = {}
SITE_NAME = "At the Table"

INSTALLED_APPS = [
    "config",
    "ui",
    "history",
    "outbox",
    "organisations",
    "panels",
    "commitments",
    "recommendations",
    "committees",
    "reminders",
    "config.admin_app.OperatorAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for allauth's page of security keys
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ui.middleware.RefuseNulBytes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ui.middleware.ErrorPages",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "ui.context_processors.site",
            ],
            "builtins": ["template_partials.templatetags.partials", "ui.components"],
        },
    }
]

# For markup that is the same for everybody: each process keeps its own until it ends, or until
# there is more than this of it.
PROCESS_CACHE: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "process",
    "TIMEOUT": None,
    "OPTIONS": {"MAX_ENTRIES": 1000},
}

AUTH_USER_MODEL = "organisations.User"
# An address is unique whatever its case: a constraint on lower(email), which the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("me")

ACCOUNT_ADAPTER = "organisations.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# No password: a code by email signs in. Who wants one sets it on their account pages.
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "add_email": "organisations.sign_in.AddEmailForm",
    "change_password": "organisations.sign_in.ChangePasswordForm",
    "change_email": "organisations.sign_in.ChangeEmailForm",
    "confirm_email_verification_code": "organisations.sign_in.ConfirmEmailForm",
    "confirm_login_code": "organisations.sign_in.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "organisations.sign_in.ConfirmPasswordResetForm",
    "login": "organisations.sign_in.LoginForm",
    "reauthenticate": "organisations.sign_in.ReauthenticateForm",
    "request_login_code": "organisations.sign_in.RequestLoginCodeForm",
    "reset_password": "organisations.sign_in.ResetPasswordForm",
    "reset_password_from_key": "organisations.sign_in.NewPasswordForm",
    "set_password": "organisations.sign_in.SetPasswordForm",
    "signup": "organisations.sign_in.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Seconds. Mail can take a few minutes; a code is of no use for longer than it takes.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Beside allauth's own limits: what may be sent without an account, from one address.
ACCOUNT_RATE_LIMITS = {
    "start_pledge": "60/h/ip",
    "report_pledge": "10/h/ip",
    "answer_letter": "60/h/ip",
    "type_code": "30/h/ip",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# More fields than any form of ours posts; a larger body is refused before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Files that people send are read and forgotten: none is ever written to a disk.
FILE_UPLOAD_HANDLERS = ["ui.uploads.InMemoryUpTo5MB"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# In the session: a cookie of its own would be a third one, and hold what a message says.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "ui.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Nobody who presses a button waits for a broker that is away: Postgres holds what they did.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_max": 0,
}
CELERY_TIMEZONE = TIME_ZONE
# Our own logging, which redacts, stays in place in the worker.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
_DAILY = {"expires": 12 * 3600}
CELERY_BEAT_SCHEDULE = {
    # `expires` keeps ticks from piling up while no worker is there.
    "tick": {"task": "reminders.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
    # What a dead worker held is free 90 s later: so it leaves within 120 s.
    "deliver": {"task": "outbox.tasks.deliver", "schedule": 20.0, "options": {"expires": 19}},
    "apply-uploads": {
        "task": "panels.tasks.apply_uploads",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "forget-uploads": {
        "task": "panels.tasks.forget_uploads",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "papers-of-packs": {
        "task": "committees.tasks.make_papers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # Once a day, in the order of the night.
    "rounds-of-asking": {
        "task": "panels.tasks.close_due_rounds",
        "schedule": crontab(hour=0, minute=20),
        "options": _DAILY,
    },
    "stale-drafts": {
        "task": "commitments.tasks.forget_stale_drafts",
        "schedule": crontab(hour=3, minute=40),
        "options": _DAILY,
    },
    "names-of-line-ups": {
        "task": "panels.tasks.drop_names",
        "schedule": crontab(hour=3, minute=50),
        "options": _DAILY,
    },
    "figures-of-quarters": {
        "task": "panels.tasks.release_pools",
        "schedule": crontab(hour=4, minute=10),
        "options": _DAILY,
    },
    "cadences-that-stopped": {
        "task": "recommendations.tasks.reopen_missed",
        "schedule": crontab(hour=4, minute=30),
        "options": _DAILY,
    },
}

# Who runs this installation: shown in the footer and on the privacy page.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="At the Table <no-reply@localhost>")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
EMAIL_TIMEOUT = 20
# To the mail server at once, from one worker that has much to send.
EMAIL_CONNECTIONS = env.int("EMAIL_CONNECTIONS", default=4)
# How mail leaves, and what says that it came back; production alone sets another way.
EMAIL_PROVIDER = SMTP
EMAIL_API_KEY = ""
ANYMAIL_WEBHOOK_SECRET = ""
# Folders with fonts for pictures and PDFs, beside the system's own.
FONT_FOLDERS = env.list("FONT_FOLDERS", default=[])
# Where the mail catcher of development keeps what it takes, for /dev/mail/.
DEV_MAIL_DIR = VAR / "mail"
# Where a process is to die, in development alone: outbox/failpoints.py.
FAILPOINT = ""
# The hour, in London, from which the day's reminders are planned.
REMINDERS_HOUR = env.int("REMINDERS_HOUR", default=8)

# Who looks at what is nobody's business, least of all beside a link that holds a secret.
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# A task's lines carry the id of the request that rang for it.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# One handler for everything, because it is the one that redacts.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://config.logs.renderer",
            "foreign_pre_chain": "ext://config.logs.foreign_pre_chain",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "mail.log": {"level": "WARNING"},
        "_granian": {"handlers": ["console"], "propagate": False},
        "granian.access": {"handlers": ["console"], "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
