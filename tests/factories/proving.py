"""What shows that an action is done, and evidence with its versions."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from recommendations.enums import EvidenceKind, OccurrenceKind
from recommendations.models import (
    CoverageCount,
    CoverageUnit,
    EmbeddingCheck,
    Evidence,
    EvidenceVersion,
    Occurrence,
    StoredFile,
)
from tests.factories.organisations import UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OFFICE}wordprocessingml.document"


class OccurrenceFactory(DjangoModelFactory[Occurrence]):
    class Meta:
        model = Occurrence

    action = factory.SubFactory(ActionFactory, cadence=True)
    held_on = date(2026, 1, 10)
    kind = OccurrenceKind.SEMINAR
    topic = "Waiting times by community"
    headcount = 14
    changed = "Referral letters are in plain words."
    by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)


class CoverageUnitFactory(DjangoModelFactory[CoverageUnit]):
    class Meta:
        model = CoverageUnit

    action = factory.SubFactory(ActionFactory, coverage=True)
    name = factory.Sequence(lambda n: f"Service area {n:03}")

    class Params:
        covered = factory.Trait(
            covered_on=date(2026, 1, 10), covered_by=factory.SubFactory(UserFactory)
        )


class CoverageCountFactory(DjangoModelFactory[CoverageCount]):
    class Meta:
        model = CoverageCount

    action = factory.SubFactory(ActionFactory, coverage=True, is_counted=True, percent_needed=90)
    covered = 312
    whole = 340
    counted_on = date(2026, 1, 10)
    by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)


class EmbeddingCheckFactory(DjangoModelFactory[EmbeddingCheck]):
    class Meta:
        model = EmbeddingCheck

    action = factory.SubFactory(ActionFactory, embedding=True)
    checked_on = date(2026, 1, 10)
    in_place = True
    note = "Every team brings it up without being asked."
    by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """With its first version: a note, unless `version` says otherwise."""

    class Meta:
        model = Evidence
        skip_postgeneration_save = True

    recommendation = factory.SubFactory(RecommendationFactory)
    title = factory.Sequence(lambda n: f"Policy {n}")
    added_by = factory.SubFactory(UserFactory)
    added_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def version(self, create: bool, extracted: Any, **given: Any) -> None:
        add_version(self, **given)


def add_version(evidence: Any, **given: Any) -> EvidenceVersion:
    note = given.get("note", "The board agreed it in March.")
    words: dict[str, Any] = {
        "evidence": evidence,
        "number": evidence.versions.count() + 1,
        "kind": EvidenceKind.NOTE,
        "dated": date(2026, 1, 10),
        "note": note,
        "sha256": hashlib.sha256(note.encode()).hexdigest(),
        "by": evidence.added_by,
        "at": evidence.added_at,
    }
    return EvidenceVersion.objects.create(**words | given)


def stored(content: bytes = PDF, media_type: str = "application/pdf") -> dict[str, Any]:
    """What a version holds of a file: `add_version(evidence, **stored())`."""
    file = StoredFile.objects.create(content=content, media_type=media_type, size=len(content))
    sha256 = hashlib.sha256(content).hexdigest()
    return {"kind": EvidenceKind.FILE, "file": file, "note": "", "sha256": sha256}


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20), **saved: Any) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, (128, 22, 80)).save(kept, kind, **saved)
    return kept.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip file with these parts."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def types_of(main: str) -> str:
    return f'<Types><Override PartName="/main.xml" ContentType="{main}.main+xml"/></Types>'


def office(part: str = "word/document.xml", main: str = DOCX, **more: Any) -> bytes:
    """A Word document, or what `part` and `main` say."""
    return package({"[Content_Types].xml": types_of(main), part: "<document/>"} | more)
