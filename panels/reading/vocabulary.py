"""The words that programmes use, in the languages they come in: headings, roles, stages."""

import re
from collections.abc import Iterable

from panels.enums import ColumnUse, SeatRole, Stage
from panels.reading.text import folded

# Known headings, each with what its column holds. Folded: no capitals, single spaces.
HEADINGS: dict[ColumnUse, str] = {
    ColumnUse.SESSION: "session, session title, title, talk, talk title, event title,"
    " proposal title, submission, panel, item, topic, talk name, session name,"
    " presentation, titel, vortragstitel, sitzung, thema, titre,"
    " séance, session (titre), título, titulo, sesión, sessão, titolo, sessione,"
    " titel van de sessie, sessie, tytuł, název, sesiwn, teitl",
    ColumnUse.SESSIONS: "proposal titles, session titles, submission titles, talk titles, sessions,"
    " talks, vortragstitel (mehrere), titel der vorträge, titel der einreichungen, titres des"
    " propositions, títulos de las propuestas, títulos das propostas, titoli delle proposte",
    ColumnUse.SESSION_ID: "session id, session code, proposal ids, submission ids, session ids,"
    " event id, talk id, einreichungs-ids, ids des propositions",
    ColumnUse.NAME: "name, full name, fullname, speaker, speaker name, person, panellist, panelist,"
    " participant, display name, public name, who, presenter, vollständiger name, nom, nom complet,"
    " vortragende person, referent, referentin, referent:in, sprecher:in, nombre completo, ponente,"
    " nome, nome completo, relatore, palestrante, naam, spreker, imię i nazwisko, prelegent, jméno,"
    " enw, siaradwr",
    ColumnUse.FIRST_NAME: "firstname, first name, given name, forename, vorname, prénom, nombre,"
    " primeiro nome, voornaam, imię, enw cyntaf",
    ColumnUse.LAST_NAME: "lastname, last name, surname, family name, nachname, familienname,"
    " nom de famille, apellido, apellidos, sobrenome, cognome, achternaam, nazwisko, cyfenw",
    ColumnUse.NAMES: "speakers, speaker names, names, people, panellists, panelists, presenters,"
    " participants, line-up, lineup, vortragende, namen der vortragenden, namen, referenten,"
    " referierende, sprecher:innen, intervenants, intervenant·es, noms des intervenants, noms,"
    " ponentes, nombres, palestrantes, nomes, relatori, nomi, sprekers, prelegenci, siaradwyr",
    ColumnUse.CHAIRS: "chair, chairs, chairperson, chaired by, co-chair, vorsitz, sitzungsleitung,"
    " présidence, présidente, président, presidencia, presidência, presidenza, voorzitter,"
    " cadeirydd",
    ColumnUse.MODERATORS: "moderator, moderators, moderated by, host, hosts, moderation,"
    " moderierende, modération, moderador, moderadora, moderadores, moderatore, moderatoren",
    ColumnUse.KEYNOTES: "keynote speaker, keynote speakers, keynotes",
    ColumnUse.PERSON_ID: "speaker id, speaker ids, speaker code, person id, ids der vortragenden,"
    " ids des intervenants",
    ColumnUse.ROLE: "role, roles, part, speaker role, rolle, rôle, rol, papel, função, ruolo, rola,"
    " rôl",
    ColumnUse.STAGE: "stage, main stage, bühne, hauptbühne, scène, escenario, palco, podium",
    ColumnUse.MAIN_STAGE_HINT: "is_featured, featured, keynote, is featured, session format,"
    " session type, event type, submission type, proposal type, type, format, art der sitzung,"
    " vortragsart, plenary, plenum,"
    " show this session in public list of featured sessions., show this session in public list of"
    " featured sessions, hervorgehoben",
    ColumnUse.ROOM: "room, location, venue, raum, saal, ort, salle, lieu, sala, zaal, ystafell",
    ColumnUse.STARTS: "start, starts, start time, starts at, scheduled at, begin, beginn,"
    " début,"
    " inicio, início, inizio, begin, początek",
    ColumnUse.DAY: "day, date, start (date), tag, datum, start (datum), jour, día, dia, data,"
    " giorno",
    ColumnUse.TIME: "time, start (time), zeit, uhrzeit, start (uhrzeit), heure, hora, ora, tijd",
    ColumnUse.ENDS: "end, ends, end time, ends at, ende, fin, fim, fine, einde",
    ColumnUse.MINUTES: "duration_minutes, duration, minutes, length, scheduled duration, how long,"
    " how long (min), duration (min), duration (minutes), dauer, durée, duración,"
    " duração, durata, duur, hyd",
    ColumnUse.STATUS: "status, state, session state, proposal state, zustand, statut, état, estado,"
    " stato",
    ColumnUse.EMAIL: "email, e-mail, email address, e-mail address, speaker email, e-mail-adresse,"
    " adresse e-mail, courriel, correo electrónico, correo, endereço de e-mail, ebost",
}
ROLES: dict[SeatRole, str] = {
    SeatRole.PANELLIST: "panellist, panelist, panellists, panelists, member, members, panel,"
    " discussant, respondent, contributor, trustee, panellist or member, panel member,"
    " panel speaker, podiumsgast, panéliste,"
    " panelista, aelod",
    SeatRole.KEYNOTE: "keynote, keynotes, keynote speaker, keynote speakers, plenary speaker",
    SeatRole.PRESENTER: "presenter, presenters, speaker, speakers, talk, lecturer, workshop leader,"
    " author, invited speaker, guest speaker, session speaker,"
    " vortragende, referent, referentin, intervenant, intervenante, ponente, palestrante,"
    " relatore, relatrice, spreker, siaradwr",
    SeatRole.OPENING_CLOSING: "opening, closing, opens, closes, opener, closer, welcome,"
    " opening/closing, opening_closing, opens or closes, opening remarks, closing remarks,"
    " eröffnung, schluss, ouverture, clôture",
    SeatRole.CHAIR: "chair, chairs, chairperson, chairman, chairwoman, in the chair, session chair,"
    " panel chair, vorsitz,"
    " vorsitzende, vorsitzender, président, présidente, presidente, presidenta, voorzitter,"
    " cadeirydd",
    SeatRole.CO_CHAIR: "co-chair, co-chairs, cochair, co chair, co_chair, vice chair, vice-chair,"
    " deputy chair, coprésident, coprésidente",
    SeatRole.MODERATOR: "moderator, moderators, mod, host, hosts, mc, compere, moderation,"
    " panel moderator, session moderator,"
    " moderatorin, modérateur, modératrice, moderador, moderadora, moderatore, moderatrice",
    SeatRole.FACILITATOR: "facilitator, facilitators, facilitation, animateur, animatrice,"
    " facilitador, facilitadora, facilitatore, hwylusydd",
    SeatRole.OBSERVER: "observer, observers, guest, in attendance, beobachter, beobachterin,"
    " observateur, observatrice, observador, observadora, sylwedydd",
    SeatRole.SECRETARIAT: "secretariat, secretary, minutes, minute taker, note taker, clerk,"
    " sekretariat, protokoll, secrétariat, secretaría, ysgrifennydd",
}
# What is said of a talk as well as of somebody in it.
OF_TALKS = "keynote, keynotes, talk, panel, panels, opening, closing, opens, closes, welcome"
OF_TALKS += ", opening/closing, opening_closing, opens or closes, opening remarks, closing remarks"
OF_TALKS += ", eröffnung, schluss, ouverture, clôture, moderation, facilitation, minutes, protokoll"
OF_TALKS += ", members, guest, guests, secretariat, sekretariat, secrétariat, secretaría"
MAIN = "main, main stage, mainstage, plenary, plenum, hauptbühne, scène principale, grande scène"
MAIN += ", escenario principal, palco principal, palco principale, hoofdpodium, prif lwyfan"
OTHER = "other, elsewhere, everywhere else, rest, side, side stage, small, breakout, parallel"
OTHER += ", no, false, 0, andere, autre, otro, otra, outro, altro, nein, non"
YES = "yes, true, 1, x, y, ja, oui, sí, si, sim, ie, vrai, wahr, ✓"
NOT_GOING_AHEAD = "rejected, declined, withdrawn, cancelled, canceled, deleted, draft, nominated"
NOT_GOING_AHEAD += ", decline queue, declined queue, decline_queue, waitlisted, waitlist, submitted"
NOT_GOING_AHEAD += ", in evaluation, abgelehnt, zurückgezogen, abgesagt, eingereicht, gelöscht"
NOT_GOING_AHEAD += ", entwurf, refusé, refusée, retiré, retirée, annulé, annulée, rechazado"
NOT_GOING_AHEAD += ", rechazada, retirado, retirada, cancelado, cancelada, rejeitado, rifiutato"


def _words(listed: str) -> frozenset[str]:
    return frozenset(folded(word) for word in listed.split(","))


_USE_BY_HEADING = {word: use for use, listed in HEADINGS.items() for word in _words(listed)}
_ROLE_BY_WORD = {word: role for role, listed in ROLES.items() for word in _words(listed)}
_MAIN, _OTHER, _YES = _words(MAIN), _words(OTHER), _words(YES)
_NOT_GOING_AHEAD, _OF_TALKS = _words(NOT_GOING_AHEAD), _words(OF_TALKS)
_PERHAPS_MAIN = re.compile(
    r"\b(keynotes?|plenar\w*|main ?stage|main hall|main room|main auditorium|hauptbühne|hauptsaal"
    r"|scène principale|palco principale?|escenario principal|opening|closing|eröffnung)\b"
)
# No known heading or role is longer.
LONGEST = 90
_NUMBERED = re.compile(r"[ _#-]*\d{1,2}$")


def use_of(heading: str) -> ColumnUse | None:
    """What a column so headed probably holds; “Speaker 2” is a speaker too."""
    if len(heading) > LONGEST:
        return None
    plain = folded(heading.replace("_", " ")) if "_" in heading else folded(heading)
    for words in (folded(heading), plain, _NUMBERED.sub("", plain)):
        if words in _USE_BY_HEADING:
            return _USE_BY_HEADING[words]
    return None


def role_of(word: str) -> SeatRole | None:
    return _ROLE_BY_WORD.get(folded(word[:LONGEST]).strip(" .:"))


def is_of_people(word: str) -> bool:
    """Whether a role is somebody's alone: “Keynote” may be what a talk is."""
    return role_of(word) is not None and folded(word).strip(" .:") not in _OF_TALKS


def stage_of(word: str) -> Stage | None:
    plain = folded(word)
    if plain in _MAIN or plain in _YES:
        return Stage.MAIN
    return Stage.OTHER if plain in _OTHER else None


def is_yes(word: str) -> bool:
    return folded(word) in _YES


def goes_ahead(status: str) -> bool:
    return folded(status) not in _NOT_GOING_AHEAD


def perhaps_main_stage(words: Iterable[str]) -> bool:
    """Only a suggestion: whoever imports says what the main stage was."""
    return any(_PERHAPS_MAIN.search(folded(word)) for word in words)


def role_of_type(kind: str) -> SeatRole:
    """Of the type of a talk: whoever a file names without a role speaks."""
    plain = folded(kind)
    if "keynote" in plain:
        return SeatRole.KEYNOTE
    return SeatRole.PANELLIST if "panel" in plain else SeatRole.PRESENTER
