from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.enums import StandardKind
from commitments.models import Pledge, Republication, Signing, Standard
from tests.factories.commitments import PledgeFactory, promises


class RepublicationFactory(DjangoModelFactory[Republication]):
    class Meta:
        model = Republication

    pledge = factory.SubFactory(PledgeFactory)
    link = factory.Sequence(lambda n: f"https://news.example/pledge-{n}")
    published_on = factory.LazyFunction(timezone.localdate)
    created_at = factory.LazyFunction(timezone.now)


def sign_again(pledge: Pledge, *standards: dict[str, Any], **kwargs: Any) -> Signing:
    """A further version of a published pledge, with what the leader had signed up to before."""
    before = pledge.signings.latest("number")
    signing = Signing.objects.create(
        pledge=pledge,
        number=before.number + 1,
        wording=before.wording,
        statement=kwargs.pop("statement", ""),
    )
    for promise in promises(signing, **kwargs):
        promise.save()
    for position, standard in enumerate(standards, 1):
        given = {"kind": StandardKind.OTHER} | standard
        Standard.objects.create(signing=signing, position=position, **given)
    signing.signed_at = pledge.published_at + timedelta(days=1)
    signing.save()
    return signing


__all__ = ["RepublicationFactory", "sign_again"]
