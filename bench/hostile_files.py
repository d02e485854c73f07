"""Files that somebody might send to do harm or by mistake, each made here and only here."""

import zipfile
from collections.abc import Callable

from bench.hostile_workbooks import (
    GOOD,
    GOOD_ROWS,
    HEADINGS,
    MB,
    ROW,
    SHEET,
    damaged,
    empty_cells_workbook,
    formulas,
    good_rows_workbook,
    good_workbook,
    lying_zip_bomb,
    macros,
    many_parts,
    merge,
    million_rows_workbook,
    one_text_everywhere,
    plain_zip,
    repacked,
    wide_texts,
    with_bytes_put_in,
    with_password,
    with_sheet,
    with_workbook_at,
    workbook,
    zip_bomb,
)  # fmt: skip
from panels.reading.limits import MAX_BYTES


def xml_bomb() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE schedule [{entities}]><schedule>&a9;</schedule>'.encode()
    )


def quadratic_xml() -> bytes:
    body = "&a;" * 100_000
    return (
        f'<!DOCTYPE schedule [<!ENTITY a "{"a" * 100_000}">]><schedule>{body}</schedule>'.encode()
    )


def stolen_file() -> bytes:
    return (
        b'<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<schedule><day><room><event><title>&x;</title></event></room></day></schedule>"
    )


def good_rows() -> bytes:
    lines = (f"Session {n // 5},other,presenter,Person {n % 30_000},30" for n in range(GOOD_ROWS))
    return "\n".join((HEADINGS, *lines)).encode()


def good_schedule() -> bytes:
    talk = '{"id":%d,"title":"Talk %d","persons":[{"id":%d,"name":"P"}]}'
    talks = ",".join(talk % (n, n, n) for n in range(GOOD_ROWS))
    return f'{{"schedule":{{"conference":{{"days":[{{"rooms":{{"R":[{talks}]}}}}]}}}}}}'.encode()


def filled(unit: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """As much of one thing as an upload may hold."""
    room = MAX_BYTES - len(before) - len(after)
    return before + unit * (room // len(unit)) + after


def _attributes() -> bytes:
    many = " ".join(f'a{n}=""' for n in range(400_000))
    return f"<schedule {many}/>".encode()


def _talks(number: int, talk: str) -> bytes:
    talks = ",".join([talk] * number)
    return f'{{"schedule":{{"conference":{{"days":[{{"rooms":{{"R":[{talks}]}}}}]}}}}}}'.encode()


def _everybody_everywhere() -> bytes:
    """250 rows, each with 5,000 names and 5,000 titles: 6,250 million seats of 10 people."""
    names, titles = ("\n".join(str(n % 10) for n in range(4_990)) for _ in range(2))
    return b"sessions,speakers\n" + f'"{titles}","{names}"\n'.encode() * 250


# The file, and a few words of its refusal; None where it is read correctly.
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "empty file": (lambda: b"", "empty"),
    "only blank lines": (lambda: b"\xef\xbb\xbf \r\n\r\n", "empty"),
    "6 MB of text": (lambda: b"a" * 6 * MB, "larger than 5 MB"),
    "UTF-8 with BOM": (lambda: b"\xef\xbb\xbf" + GOOD.encode(), None),
    "UTF-16 with BOM": (lambda: GOOD.encode("utf-16"), None),
    "UTF-16, big end first": (lambda: b"\xfe\xff" + GOOD.encode("utf-16-be"), None),
    "UTF-16 without BOM": (lambda: GOOD.encode("utf-16-le"), "Line 1 "),
    "UTF-16 cut in a character": (lambda: GOOD.encode("utf-16")[:-1], "cannot be read"),
    "UTF-32 with BOM": (lambda: GOOD.encode("utf-32"), None),
    "Windows-1252": (lambda: GOOD.encode("cp1252"), None),
    "UTF-8 with one wrong byte": (lambda: GOOD.encode() + "Öl,é,".encode() + b"\xff", "Line 4"),
    "no encoding at all": (lambda: b"name\n\x81\x8d\x8f\x90\x9d", "from line 2"),
    "CR line ends only": (lambda: GOOD.replace("\n", "\r").encode(), None),
    "NUL characters": (lambda: GOOD.encode() + b"One,main,chair,A\x00da,5", "Line 4 holds a NUL"),
    "lone surrogates in JSON": (
        lambda: rb'[{"session": "\ud800", "name": "Ada \udfff Obi"}]',
        None,
    ),
    "surrogates written as bytes": (lambda: b"name\nAda \xed\xa0\x80\n" + "Öé".encode(), "Line 2"),
    "duplicate headings": (lambda: b"name,name,session,session\nAda,,One,\nBo,Li,One,Two", None),
    "a cell of 1 MB": (lambda: f"{GOOD}{'a' * MB},main,,Bo,".encode(), "Line 4"),
    "a quoted cell of 100 kB": (lambda: f'{GOOD}"{"a" * 100_000}",main,,Bo,'.encode(), "Row 4"),
    "one line of 5 MB": (lambda: filled(b"a,b", b"name\n"), "far too long"),
    "quotation mark never closed": (lambda: GOOD.encode() + b'"One,main,chair,Ada\n' * 3, "Row 4"),
    "more cells than headings": (lambda: GOOD.encode() + b"One,main,chair,Ada,5,6,7\n", "Row 4"),
    "1,000,000 rows (CSV)": (lambda: b"name,a\n" + b"a,b\n" * 1_000_000, "50,000 rows"),
    "1,000,000 rows (Excel)": (million_rows_workbook, "50,000 rows"),
    "5,000,000 commas": (lambda: filled(b"," * 99 + b"\n", b"name,session\n"), "no rows below"),
    "two-letter cells, 5 MB": (
        lambda: filled("ab,öé,".encode() * 49 + b"c\n", b"name,session\n"),
        "1,000,000 filled cells",
    ),
    "two-letter cells, 5 MB, in columns": (
        lambda: filled("éö,".encode("cp1252") * 99 + b"x\n", b"name," * 99 + b"x\n"),
        "1,000,000 filled cells",
    ),
    "101 columns": (lambda: (b"name," * 101 + b"x\n") * 2, "more than 100 columns"),
    "half an Excel file": (lambda: good_workbook()[:3000], "damaged"),
    "damaged Excel file": (damaged, "damaged"),
    "Excel file with bytes put in": (with_bytes_put_in, "damaged"),
    "zip bomb, 600 MB": (zip_bomb, "unpacks to more than 60 MB"),
    "zip bomb that lies": (lying_zip_bomb, "damaged"),
    "zip with 20,000 parts": (many_parts, "2,000 parts"),
    "zip packed by LZMA": (
        lambda: repacked(good_workbook(), {}, zipfile.ZIP_LZMA), "damaged",
    ),
    "zip that is no workbook": (lambda: plain_zip("notes.txt"), "zip"),
    "names that leave the folder": (
        lambda: repacked(good_workbook(), {"../../etc/x.xml": b"<a/>"}), "outside itself",
    ),
    "macros, called .xlsx": (macros, "macros"),
    "macros in a part": (
        lambda: repacked(good_workbook(), {"xl/vbaProject.bin": b"x"}), "macros",
    ),
    "old Excel file (.xls)": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ".xlsx"),
    "formulas in cells (Excel)": (formulas, None),
    "formulas in cells (CSV)": (
        lambda: b"session,name\nOne,'=cmd|' /C calc'!A0\nOne,=1+1\nOne,@SUM(A1)", None,
    ),
    "merged cells": (
        lambda: workbook([["session", "name"], ["One", "Ada"], [None, "Bo"]], change=merge), None,
    ),
    "Excel cell of 1 MB": (
        lambda: with_sheet(ROW.format(n=1, text="a" * MB)), "Row 1, column 1",
    ),
    "Excel row 99,999,999,999": (
        lambda: with_sheet(ROW.format(n=99_999_999_999, text="a")), "damaged",
    ),
    "Excel value in the last row": (
        lambda: with_sheet(ROW.format(n=1, text="name") + ROW.format(n=1_048_576, text="a")),
        "50,000 rows",
    ),
    "Excel column ZZZ": (
        lambda: with_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "100 columns",
    ),
    "Excel, millions of empty cells": (empty_cells_workbook, "500,000 cells"),
    "Excel, one row of 5 million cells": (
        lambda: with_sheet("<row>" + "<c/>" * 5_000_000 + "</row>"), "500,000 cells",
    ),
    "Excel, a million texts": (
        lambda: repacked(
            good_workbook(),
            {"xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{"<si/>" * 1_000_000}</sst>'.encode()},
        ),
        "200,000 different texts",
    ),
    "Excel with a DTD": (
        lambda: repacked(good_workbook(), {"xl/workbook.xml": xml_bomb()}), "entities",
    ),
    "Excel with broken styles": (
        lambda: repacked(good_workbook(), {"xl/styles.xml": b"<x/>"}), None,
    ),
    "XML bomb": (xml_bomb, "entities"),
    "XML bomb, quadratic": (quadratic_xml, "entities"),
    "XML that asks for a file": (stolen_file, "entities"),
    "XML nested 100,000 deep": (lambda: b"<a>" * 100_000, "deeper"),
    "XML of empty elements, 5 MB": (lambda: filled(b"<a/>", b"<schedule>", b"</schedule>"), "more"),
    "XML, one tag with 400,000 attributes": (_attributes, "tag without an end"),
    "XML cut off": (lambda: b"<schedule><day><room><event>", "line 1"),
    "XML that is no schedule": (lambda: b"<html><body/></html>", "no schedule"),
    "JSON nested 1,000,000 deep": (lambda: b"[" * 1_000_000, "far more entries"),
    "JSON nested 100,000 deep": (lambda: b"[" * 100_000 + b"]" * 100_000, "deeper"),
    "JSON of empty lists, 5 MB": (lambda: filled(b"[],", b"[", b"0]"), "far more entries"),
    "JSON of small objects, 5 MB": (lambda: filled(b'{"a":1},', b"[", b"0]"), "far more entries"),
    "JSON of short texts, 5 MB": (lambda: filled(b'"a\xc3\xa9",', b"[", b"0]"), "is none"),
    "JSON with a number of 5 MB": (lambda: filled(b"9", b'{"a":', b"}"), "is none"),
    "JSON numbers without end": (
        lambda: b'{"schedule":{"conference":{"days":[{"rooms":{"R":[{"id":1e999,"title":NaN,'
        b'"duration":99999999999999999999999,"persons":[{"id":-Infinity,"name":"Ada"}]}]}}]}}}',
        None,
    ),
    "JSON cut off": (lambda: b'{"schedule": {"conference":', "line 1"),
    "a PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    "50,001 talks": (lambda: _talks(50_001, '{"id":1}'), "50,000 sessions"),
    "50,001 people in one talk": (
        lambda: _talks(1, '{"id":1,"persons":[' + ",".join(["{}"] * 50_001) + "]}"),
        "50,000 seats",
    ),
    "50,000 talks of one code": (lambda: _talks(50_000, '{"code":"A","persons":[{}]}'), None),
    "everybody in every talk": (_everybody_everywhere, "200,000 times"),
    "50,000 times that are none": (
        lambda: b"session,name,start,end\n"
        + b"".join(b"A,B,%d Foo 2026 9:00,%d/99/2026 1:00 pm\n" % (n, n) for n in range(49_999)),
        None,
    ),
    "one title at 50,000 times": (
        lambda: b"session,name,minutes,room\n" + b"".join(b"A,B,5,%d\n" % n for n in range(49_999)),
        None,
    ),
    "an .ods file": (lambda: plain_zip("content.xml"), "OpenDocument"),
    "a Word document": (lambda: plain_zip("word/document.xml"), "Word document"),
    "Excel with a password": (with_password, "password"),
    "Excel that hides its workbook": (
        lambda: with_workbook_at("/xl/worksheets/sheet1.xml"), "damaged",
    ),
    "Excel, one long text in 100,000 cells": (one_text_everywhere, "10,000,000 characters"),
    "Excel, long texts in wide letters": (wide_texts, "10,000,000 characters"),
    "Excel with 500,000 links": (
        lambda: with_sheet("<hyperlink/>" * 500_000), "beside its cells",
    ),
    "Excel, a cell of 500,000 pieces": (
        lambda: with_sheet("<row><c>" + "<is/>" * 500_000 + "</c></row>"), "far more than a text",
    ),
    "Sessionize, one category again and again": (
        lambda: b'{"speakers":[],"categories":[{"items":[{"id":1,"name":"%s"}]}],'
        b'"sessions":[{"categoryItems":[%s]}]}' % (b"a" * MB, b"1," * 500_000 + b"1"),
        None,
    ),
    "a room of 1 MB with 10,000 talks": (
        lambda: _talks(10_000, '{"title":"T"}').replace(b'"R"', b'"%s"' % (b"R" * MB)), None,
    ),
    "Excel with styles of 2 MB": (
        lambda: repacked(good_workbook(), {"xl/styles.xml": b"<a>" + b" " * 2 * MB + b"</a>"}),
        "far larger",
    ),
    "Excel in unknown characters": (
        lambda: repacked(
            good_workbook(), {"xl/x.xml": b'<?xml version="1.0" encoding="rot13"?><a/>'}
        ),
        "characters unknown",
    ),
    "Excel row without a number": (
        lambda: with_sheet('<row r="x"><c r="A1"><v>1</v></c></row>'), "damaged",
    ),
    "Excel cell without a place": (
        lambda: with_sheet('<row r="1"><c r="$$"><v>1</v></c></row>'), "damaged",
    ),
    "50,000 good rows (CSV)": (good_rows, None),
    "50,000 good rows (Excel)": (good_rows_workbook, None),
    "50,000 good talks (JSON)": (good_schedule, None),
}  # fmt: skip
