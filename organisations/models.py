"""People, the organisations they belong to, and what they may do there."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse

from organisations.addresses import masked
from organisations.enums import Nation, Role
from organisations.names import plain_name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by email address and the name they want shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", max_length=254)
    display_name = models.CharField("name", max_length=120, validators=[plain_name])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("runs this installation", default=False)
    is_demo = models.BooleanField("invented person", default=False)
    date_joined = models.DateTimeField(db_default=Now())
    # Since when they cannot sign in any more; Postgres keeps it, whichever way that came.
    closed_at = models.DateTimeField(null=True, editable=False)
    # The row stays, without name or address: what the person did stays done.
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_unique_email")]
        triggers = [
            pgtrigger.Trigger(
                name="closed_since",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_active__df=pgtrigger.F("new__is_active")),
                func="""
                    NEW.closed_at = CASE WHEN NEW.is_active THEN NULL ELSE now() END;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Never the address, which is for coordinators alone."""
        return self.display_name or "Somebody"


class Organisation(models.Model):
    """A charity or other body. The wall: no row of one is ever seen by a stranger to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160, validators=[plain_name])
    slug = models.SlugField(max_length=80, unique=True)
    nation = models.CharField(max_length=3, choices=Nation.choices, default=Nation.ENGLAND)
    silent_after_days = models.PositiveSmallIntegerField(default=90)
    is_worked_example = models.BooleanField(default=False)
    # Where answers to our emails go, if it wants them.
    contact_email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    # Whether everybody may see how far the recommendations are.
    shows_progress = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_silent_after_is_sensible",
                condition=Q(silent_after_days__gte=14, silent_after_days__lte=366),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation_home", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)

    def with_role(self, *roles: Role) -> "MembershipQuerySet":
        return self.current().filter(roles__overlap=list(roles))


class Membership(models.Model):
    """What one person may do in one organisation; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(ended_at=None),
                name="membership_one_current",
            ),
            models.CheckConstraint(
                name="membership_roles_known",
                condition=Q(roles__contained_by=Role.values) & Q(roles__len__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.organisation}"

    def has_role(self, *roles: Role) -> bool:
        return bool(set(self.roles) & set(roles))

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in Role.values if role in self.roles]


class MemberInvite(models.Model):
    """An emailed invitation to join. Only the token's SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="member_invites"
    )
    email = models.EmailField(max_length=254)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=Q(accepted_at=None, revoked_at=None),
                name="member_invite_one_open",
            ),
            models.CheckConstraint(
                name="member_invite_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in Role.values if role in self.roles]

    @property
    def masked_email(self) -> str:
        return masked(self.email)
