from django.db.models import TextChoices


class Role(TextChoices):
    """Doors a member may open. Owner, assistant and leader are relations to an item, not roles."""

    STAFF = "staff", "Staff"
    ORGANISER = "organiser", "Organiser"
    COMMITTEE = "committee", "Committee member"
    CHAIR = "chair", "Committee chair"
    ADVISER = "adviser", "Adviser"
    TRUSTEE = "trustee", "Trustee"
    COORDINATOR = "coordinator", "Coordinator"


class Nation(TextChoices):
    """Whose bank holidays move a reminder."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


class OrganisationVerb(TextChoices):
    CREATED = "organisation.created", "{actor} set up this organisation"
    DETAILS_CHANGED = (
        "organisation.details_changed",
        "{actor} changed its name, nation or contact address",
    )
    INVITED = "organisation.invited", "{actor} invited somebody to join"
    INVITE_REVOKED = "organisation.invite_revoked", "{actor} took back an invitation to join"
    JOINED = "organisation.joined", "{actor} joined"
    ROLES_CHANGED = "organisation.roles_changed", "{actor} changed what a member may do"
    MEMBERSHIP_ENDED = "organisation.membership_ended", "{actor} ended a membership"
    ACCOUNT_ERASED = "account.erased", "{actor} erased their account"
