"""schedule.xml of frab, pretalx, OSEM and others.

Only day, room, event, title and persons are sure to be there; the rest is taken where it is.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from panels.enums import ImportFormat
from panels.programme import ProgrammeSession
from panels.reading import times
from panels.reading.leftovers import Leftovers
from panels.reading.limits import MAX_DATE, MAX_KEY, MAX_ROOM
from panels.reading.outcome import Reading, Unreadable
from panels.reading.people import Builder, person_name
from panels.reading.text import clean, folded
from panels.reading.vocabulary import perhaps_main_stage, role_of_type
from panels.reading.xml_guard import Guard, in_pieces

WHAT = "This XML file"
_DECLARED = re.compile(r"^<\?xml(?:[^>]{0,100}?encoding=[\"']([\w.-]{1,40})[\"'])?[^>]{0,100}?\?>")
_KNOWN_CHARACTERS = {
    "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1",
    "windows-1252",
}  # fmt: skip


def read_xml(text: str) -> Reading:
    """Text that is decoded already: what the file declares about its characters is passed over."""
    declared = _DECLARED.match(text)
    if declared and declared[1] and declared[1].lower() not in _KNOWN_CHARACTERS:
        raise Unreadable(f"{WHAT} is written in {declared[1]}. Export it again as UTF-8.")
    content = _DECLARED.sub("", text, count=1).encode("utf-8", "replace")
    Guard(WHAT).watch(in_pieces(content))
    root = fromstring(content, forbid_dtd=True)
    if root.tag != "schedule":
        raise Unreadable(f"{WHAT} is no schedule: its first element is “{clean(root.tag, 60)}”.")
    builder, leftovers = Builder(), Leftovers()
    for day in root.iterfind("day"):
        date = clean(day.get("date"), MAX_DATE)
        for room in day.iterfind("room"):
            name = clean(room.get("name"), MAX_ROOM)
            for event in room.iterfind("event"):
                _add(builder, leftovers, event, name, date)
    if not builder.drafts:
        raise Unreadable("This schedule has no talks yet.")
    programme = builder.programme()
    return Reading(ImportFormat.FRAB_XML, programme, thrown_away=leftovers.phrases())


def _add(builder: Builder, leftovers: Leftovers, event: Element, room: str, day: str) -> None:
    title, kind, track = (_text(event, name) for name in ("title", "type", "track"))
    starts = _starts(event, day)
    draft = builder.add_slot(
        ProgrammeSession(
            source_key=_event_key(event, title),
            title=title,
            room=_text(event, "room") or room,
            starts_at=starts.at if starts else None,
            minutes=times.minutes(_text(event, "duration")),
            main_stage_hint=perhaps_main_stage((kind, track, room)),
            has_time=starts is None or starts.has_time,
        )
    )
    leftovers.note({part.tag: len(part) or (part.text or "").strip() for part in event})
    for person in _persons(event):
        leftovers.note(person.attrib, is_person=True)
        code = clean(person.get("code")) or clean(person.get("id"))
        name = person_name(person.text, f"“{draft.session.title}”")
        builder.seat(draft, code=code, name=name, role=role_of_type(kind))


def _persons(event: Element) -> Iterator[Element]:
    persons = event.find("persons")
    return iter(()) if persons is None else persons.iterfind("person")


def _text(event: Element, name: str) -> str:
    return clean(event.findtext(name, ""))


def _event_key(event: Element, title: str) -> str:
    """As in the same schedule's JSON, so that one after the other changes nothing."""
    code = clean(event.get("code"), MAX_KEY) or clean(event.get("id"), MAX_KEY)
    return f"talk:{code}" if code else f"title:{folded(title)[:MAX_KEY]}"


def _starts(event: Element, day: str) -> times.Start | None:
    return times.start_of(_text(event, "date"), day, _text(event, "start"))
