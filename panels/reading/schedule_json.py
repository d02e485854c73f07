"""schedule.json of pretalx and frab: conference, days, rooms, talks, persons.

Older exports have no `code`, `end` or `url` on a talk and `public_name` alone on a person.
`persons[].guid` is made of the person's address and follows them everywhere: it is never used.
"""

from typing import Any

from panels.enums import ImportFormat
from panels.programme import ProgrammeSession
from panels.reading import times
from panels.reading.json_text import entries, inside, listed
from panels.reading.leftovers import Leftovers
from panels.reading.limits import MAX_DATE, MAX_KEY, MAX_ROOM
from panels.reading.outcome import Reading, Unreadable
from panels.reading.people import Builder, person_name
from panels.reading.text import clean, folded
from panels.reading.vocabulary import perhaps_main_stage, role_of_type


def is_schedule(data: object) -> bool:
    return isinstance(inside(data, "schedule", "conference", "days"), list)


def read_schedule(data: object) -> Reading:
    builder, leftovers = Builder(), Leftovers()
    for day in entries(inside(data, "schedule", "conference", "days")):
        rooms = day.get("rooms")
        if not isinstance(rooms, dict):
            continue
        date = clean(day.get("date"), MAX_DATE)
        for name, talks in rooms.items():
            room = clean(name, MAX_ROOM)
            for talk in entries(talks):
                _add(builder, leftovers, talk, room, date)
    if not builder.drafts:
        raise Unreadable("This schedule has no talks yet.")
    programme = builder.programme()
    return Reading(ImportFormat.PRETALX_JSON, programme, thrown_away=leftovers.phrases())


def _add(builder: Builder, leftovers: Leftovers, talk: dict[str, Any], room: str, day: str) -> None:
    title, kind, track = (in_words(talk.get(name)) for name in ("title", "type", "track"))
    starts = _starts(talk, day)
    room = in_words(talk.get("room")) or room
    draft = builder.add_slot(
        ProgrammeSession(
            source_key=_talk_key(talk, title),
            title=title,
            room=room,
            starts_at=starts.at if starts else None,
            minutes=_length(talk, starts),
            main_stage_hint=perhaps_main_stage((kind, track, room)),
            has_time=starts is None or starts.has_time,
        )
    )
    leftovers.note(talk)
    for person in listed(talk.get("persons")):
        if isinstance(person, dict):
            leftovers.note(person, is_person=True)
            code = clean(person.get("code")) or clean(person.get("id"))
            written = in_words(person.get("name")) or in_words(person.get("public_name"))
            name = person_name(written, f"“{draft.session.title}”")
            builder.seat(draft, code=code, name=name, role=role_of_type(kind))


def in_words(value: object) -> str:
    """A text, or the first of its translations."""
    if isinstance(value, dict):
        value = value.get("en") or value.get("name") or next(iter(value.values()), "")
    return clean(value)


def _talk_key(talk: dict[str, Any], title: str) -> str:
    code = clean(talk.get("code"), MAX_KEY) or clean(talk.get("id"), MAX_KEY)
    return f"talk:{code}" if code else f"title:{folded(title)[:MAX_KEY]}"


def _starts(talk: dict[str, Any], day: str) -> times.Start | None:
    return times.start_of(clean(talk.get("date")), day, clean(talk.get("start")))


def _length(talk: dict[str, Any], starts: times.Start | None) -> int | None:
    """The end less the start where both are there: a duration can be read in two ways."""
    whole = times.between(starts, times.start(clean(talk.get("end"))))
    return whole if whole is not None else times.minutes(clean(talk.get("duration")))
