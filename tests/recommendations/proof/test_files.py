"""What a file is, told by its content: the good, the disguised and the dangerous."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from recommendations import evidence_files, evidence_packages, evidence_pictures
from recommendations.evidence_files import MAX_BYTES, read_file
from recommendations.evidence_refusals import DAMAGED, EMPTY, TOO_LARGE, UNKNOWN, Unfit
from tests.factories.proving import DOCX, OFFICE, PDF, office, package, picture, types_of

ODT = "application/vnd.oasis.opendocument.text"
GPS = 0x8825


def why(content: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        read_file(content)
    return refused.value.message


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (PDF, "application/pdf", "pdf"),
        (office(), DOCX, "docx"),
        (
            office("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet"),
            f"{OFFICE}spreadsheetml.sheet",
            "xlsx",
        ),
        (
            office("ppt/presentation.xml", f"{OFFICE}presentationml.presentation"),
            f"{OFFICE}presentationml.presentation",
            "pptx",
        ),
        (package({"mimetype": ODT, "content.xml": "<office/>"}), ODT, "odt"),
        (b"area,covered\nNorth,yes\nSouth,no\n", "text/csv", "csv"),
        (b"area;covered\nNorth;yes\n", "text/csv", "csv"),
        ("The board agreed it, café and all.".encode(), "text/plain", "txt"),
        ("\ufeffOne line, with a mark before it".encode(), "text/plain", "txt"),
        (b"5 < 6, and so on", "text/plain", "txt"),
    ],
)
def test_it_is_known_by_what_is_in_it(content: bytes, media_type: str, ending: str) -> None:
    found = read_file(content)
    assert (found.media_type, found.ending) == (media_type, ending)
    assert found.content == content


@pytest.mark.parametrize(
    "markup",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<html><body>report.pdf</body></html>",
        b"  \n <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"quite harmless\n<script src='https://bad.example'></script>",
        b"a < script >b",
        b"<?php system('id'); ?>",
    ],
)
def test_pages_and_drawings_made_of_code_are_refused(markup: bytes) -> None:
    assert why(markup).startswith("This is a web page or a drawing made of code.")


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old Word",
        "in another spelling".encode("utf-16"),
        b"caf\xe9 in Latin 1",
        b"with\x00a hole",
        b"Rar!\x1a\x07\x00",
        b"GIF but not quite\x01",
    ],
)
def test_other_kinds_are_refused(content: bytes) -> None:
    assert why(content) == UNKNOWN


class TestSize:
    def test_nothing(self) -> None:
        assert why(b"") == EMPTY

    def test_the_limit_itself_is_fine(self) -> None:
        assert len(read_file(b"a" * MAX_BYTES).content) == MAX_BYTES

    def test_one_more_is_not(self) -> None:
        assert why(b"a" * (MAX_BYTES + 1)) == TOO_LARGE

    def test_a_picture_that_grows_as_it_is_drawn_anew(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        small = picture("JPEG", quality=5)
        monkeypatch.setattr(evidence_files, "MAX_BYTES", len(small))
        assert why(small) == TOO_LARGE


class TestPdf:
    def test_it_must_not_break_off(self) -> None:
        assert why(PDF[:40]) == DAMAGED

    @pytest.mark.parametrize("behind", [b"<script>", office(), office() + b"%%EOF"])
    def test_nothing_hides_behind_it(self, behind: bytes) -> None:
        assert why(PDF + behind) == DAMAGED

    @pytest.mark.parametrize("name", [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA"])
    def test_nothing_runs_in_it(self, name: bytes) -> None:
        assert why(PDF.replace(b"/Catalog", name)).startswith("This PDF holds a script")

    def test_a_name_that_only_begins_like_it(self) -> None:
        assert read_file(PDF.replace(b"/Catalog", b"/LaunchDate")).ending == "pdf"

    def test_something_before_it_makes_it_something_else(self) -> None:
        assert why(b"\x00" + PDF) == UNKNOWN
        assert why(b"<script>" + PDF).startswith("This is a web page")


class TestPictures:
    @pytest.mark.parametrize(
        ("kind", "media_type"),
        [
            ("PNG", "image/png"),
            ("JPEG", "image/jpeg"),
            ("WEBP", "image/webp"),
            ("GIF", "image/png"),
        ],
    )
    def test_it_is_drawn_anew(self, kind: str, media_type: str) -> None:
        found = read_file(picture(kind))
        assert found.media_type == media_type
        with Image.open(BytesIO(found.content)) as kept:
            assert kept.size == (30, 20)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_the_place_and_the_camera_are_gone(self, kind: str) -> None:
        told = Image.Exif()
        told[0x010F] = "CameraMaker"
        told.get_ifd(GPS)[1] = "N"
        told.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
        sent = picture(kind, exif=told, xmp=b"<x>whose</x>", comment=b"whose")
        assert b"CameraMaker" in sent
        found = read_file(sent)
        assert b"CameraMaker" not in found.content
        assert b"whose" not in found.content
        with Image.open(BytesIO(found.content)) as kept:
            assert dict(kept.getexif()) == {}

    def test_it_stays_the_right_way_up(self) -> None:
        told = Image.Exif()
        told[0x0112] = 6
        found = read_file(picture("JPEG", exif=told))
        with Image.open(BytesIO(found.content)) as kept:
            assert kept.size == (20, 30)

    def test_what_is_see_through_stays_so(self) -> None:
        kept = BytesIO()
        Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(kept, "PNG")
        with Image.open(BytesIO(read_file(kept.getvalue()).content)) as drawn:
            assert drawn.mode == "RGBA"

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
    def test_what_hides_behind_it_is_gone(self, kind: str) -> None:
        found = read_file(picture(kind) + b"<script>alert(1)</script>" + office())
        assert b"<script>" not in found.content
        assert b"PK\x03\x04" not in found.content

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_it_must_not_break_off(self, kind: str) -> None:
        whole = picture(kind, (300, 200))
        assert why(whole[: len(whole) // 2]) == DAMAGED

    @pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a"])
    def test_a_beginning_alone_is_no_picture(self, head: bytes) -> None:
        assert why(head + b"<html><script>alert(1)</script>") == DAMAGED

    def test_a_bomb_is_never_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(evidence_pictures, "MAX_PIXELS", 599)
        assert why(picture()).startswith("This picture is larger than 25 million pixels.")
        monkeypatch.setattr(evidence_pictures, "MAX_PIXELS", 600)
        assert read_file(picture()).ending == "png"

    @pytest.mark.parametrize("side", [12_000, 30_000])
    def test_nor_one_of_a_few_bytes_that_says_it_is_huge(self, side: int) -> None:
        small = picture()
        huge = small[:16] + side.to_bytes(4, "big") * 2 + small[24:]
        assert why(huge) in {
            DAMAGED,
            "This picture is larger than 25 million pixels. Make it smaller.",
        }

    @pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
    def test_it_does_not_move(self, kind: str) -> None:
        kept, frames = BytesIO(), [Image.new("RGB", (4, 4), (each, 0, 0)) for each in (0, 200)]
        frames[0].save(kept, kind, save_all=True, append_images=frames[1:])
        assert why(kept.getvalue()) == "This picture moves. Choose one that does not."


class TestPackages:
    @pytest.mark.parametrize(
        "part", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml"]
    )
    def test_no_macros(self, part: str) -> None:
        assert why(office(**{part: "x"})).startswith("This document holds macros.")

    def test_not_by_another_name_either(self) -> None:
        macro = "application/vnd.ms-word.document.macroEnabled"
        content = package({"[Content_Types].xml": types_of(macro), "word/document.xml": "<d/>"})
        assert why(content).startswith("This document holds macros.")

    def test_no_macros_in_an_open_document(self) -> None:
        content = package({"mimetype": ODT, "content.xml": "<d/>", "Basic/Standard/a.xml": "x"})
        assert why(content).startswith("This document holds macros.")

    @pytest.mark.parametrize(
        "content",
        [
            package({"readme.txt": "any other zip file"}),
            package({"word/document.xml": "<d/>", "[Content_Types].xml": "<Types/>"}),
            package({"mimetype": "application/epub+zip", "content.xml": "<d/>"}),
            package({"mimetype": ODT + "x" * 300, "content.xml": "<d/>"}),
            office(**{"xl/workbook.xml": "<w/>"}),
        ],
    )
    def test_two_things_at_once_or_none(self, content: bytes) -> None:
        assert why(content) == UNKNOWN

    @pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a\\..\\..\\b", "\\b"])
    def test_names_that_lead_outside(self, name: str) -> None:
        assert why(office(**{name: "x"})).startswith("This document names files outside itself")

    @pytest.mark.parametrize("name", ["word/run.exe", "word/page.html", "x.vbs"])
    def test_nothing_that_runs_inside(self, name: str) -> None:
        assert why(office(**{name: "x"})).startswith("This document holds macros.")

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        content = office(**{"word/media/a.xml": b"0" * 2_000_000})
        assert len(content) < 10_000
        monkeypatch.setattr(evidence_packages, "MAX_UNPACKED", 1_000_000)
        assert "unpacks to more than" in why(content)

    def test_a_bomb_that_lies_about_its_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        content = office(**{"word/media/a.xml": b"0" * 2_000_000})
        lying = content.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        assert lying != content
        monkeypatch.setattr(evidence_packages, "MAX_UNPACKED", 1_000_000)
        with pytest.raises(Unfit):
            read_file(lying)

    def test_far_too_many_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(evidence_packages, "MAX_PARTS", 2)
        assert read_file(office()).ending == "docx"
        assert why(office(a="x")) == "This document holds more than 2 parts."

    def test_the_same_part_twice(self) -> None:
        kept = BytesIO(office())
        with ZipFile(kept, "a", ZIP_DEFLATED) as made, pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("word/document.xml", "<other/>")
        assert why(kept.getvalue()) == DAMAGED

    @pytest.mark.parametrize("hidden", [b"<script>", PDF])
    def test_nothing_hides_before_or_behind_it(self, hidden: bytes) -> None:
        assert why(office() + hidden) == DAMAGED
        with pytest.raises(Unfit):
            read_file(b"MZ\x00" + office())

    def test_it_must_not_break_off(self) -> None:
        assert why(office()[:-30]) == DAMAGED

    def test_a_changed_byte_is_found(self) -> None:
        content = bytearray(office())
        content[60] ^= 0xFF
        assert why(bytes(content)) == DAMAGED

    def test_not_behind_a_password(self) -> None:
        content = bytearray(office())
        for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(sign)
            while at >= 0:
                content[at + offset] |= 1
                at = content.find(sign, at + 1)
        assert why(bytes(content)).startswith("This document is locked with a password.")
