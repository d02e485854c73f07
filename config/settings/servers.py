"""Where the database and the broker are: the environment says, or they are the embedded ones."""

import environ

from config.embedded.places import socket_folder
from config.embedded.postgres import DATABASE, OWNER_ROLE, PRODUCT_ROLE, socket_url

Databases = dict[str, dict[str, object]]


def databases(env: environ.Env, *, name: str, persistent: int) -> Databases:
    """Two ways into one database: the product's role, and its owner's for migrations.

    From the environment, else the embedded server called `name`. Where the environment names
    the first alone, the second is the same, and `migrate` refuses it.

    persistent: seconds for which a connection of the product's role is kept.
    """
    folder = socket_folder(name)
    default = env.db_url("DATABASE_URL", default=socket_url(folder, PRODUCT_ROLE, DATABASE))
    embedded_owner = socket_url(folder, OWNER_ROLE, DATABASE)
    owner = env.db_url(
        "DATABASE_OWNER_URL", default=env.str("DATABASE_URL", default=embedded_owner)
    )
    kept = {"CONN_MAX_AGE": persistent, "CONN_HEALTH_CHECKS": True}
    return {"default": default | kept, "owner": owner}


def shared_cache(redis_url: str) -> dict[str, dict[str, object]]:
    """Shared by every web process: the rate limits of sign-in count in it."""
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": redis_url, "KEY_PREFIX": "cache"}}


def broker_url(redis_url: str) -> str:
    """Celery's own spelling for a Redis on a Unix socket."""
    if redis_url.startswith("unix://"):
        return "redis+socket://" + redis_url.removeprefix("unix://")
    return redis_url
