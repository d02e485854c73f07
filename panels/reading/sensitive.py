"""What must not even be read in: answers of named people about gender, ethnicity and the like."""

import re
from collections.abc import Iterable
from itertools import islice

from panels.reading.text import folded

# Anywhere in a heading: no other word holds these.
_STEMS = (
    r"gender|geschlecht|g[éeê]nero|genere\b|гендер|性别|性別|الجنس|pronoun|pronom|pronombre|zaimki"
    r"|voornaamwoord|rhagenw|rhywedd|honorific|salutation|anrede|civilit[ée]|lgbt|sexual|transgend"
    r"|ethni|étni|etnic|етни|этнич|种族|民族|minorit|minderheit|bipoc|global majority|of colou?r"
    r"|hautfarbe|skin colou?r|herkunft|migrationshintergrund|tarddiad ethnig|origines? ethnique"
    r"|religio|disab|behinder|discapacidad|deficiência|nationalit|staatsangeh|nacionalidad"
    r"|date of birth|birthday|geburtsdatum|diversity|identify as|protected characteristic"
)
# Only as a word of its own.
_WHOLE = (
    r"sex|sexe|sexo|sesso|geslacht|genre|kj[øo]nn|k[öo]n|płeć|pohlaví|rhyw|cinsiyet|sukupuoli|пол"
    r"|tratamiento|aanhef|form of address|wom[ae]n|females?|males?|non-?binary|frau|frauen|femmes?"
    r"|mujer|mujeres|mulher|mulheres|donn[ae]|vrouw|vrouwen|trans|intersex|queer"
    r"|etni\w*|rac(?:e|es|ial\w*)|rasse|raza|raça|razza|ras|ba?me|poc|ancestry|heritage"
    r"|faith|glaube|handicap\w*|anabled\w*|dob"
)
ABOUT = re.compile(rf"{_STEMS}|\b(?:{_WHOLE})\b")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(
    r"(m|f|w|d|x|male|female|man|woman|men|women|non-?binary|nb|enby|trans|agender|genderqueer"
    r"|she|he|they|mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|dame|lord|lady|herr|frau|divers|männlich|weiblich|mann|m\.|mme|homme|femme"
    r"|hombre|mujer|homem|mulher|uomo|donna|man|vrouw|in another way|self-describe"
    r"|(she|he|they|ze|xe|sie|er|elle|il|iel)\s*/\s*\w+(\s*/\s*\w+)?"
    r"|(any )?(other )?(white|black|asian|mixed|arab|chinese|indian|pakistani|bangladeshi|african"
    r"|caribbean|roma|gypsy|latino|latina|latinx|hispanic)"
    r"(\W+(or|and|british|english|irish|african|caribbean|asian|black|white|indian|pakistani"
    r"|bangladeshi|chinese|multiple|background|ethnic|groups?|other|any|traveller))*"
    r"|prefer not to (say|answer)|rather not say|keine angabe)\.?"
)
_PRONOUNS = re.compile(
    r"\s*[(\[]\s*(?:pronouns?:?\s*)?"
    r"(?:she|he|they|ze|xe|fae|it|sie|er|elle|il|iel|ella|él|hen|any|hi|ef|nhw)"
    r"(?:\s*[/,|]\s*\w+)+\s*[)\]]"
    r"|\s*[(\[]\s*(?:any(?: pronouns)?|she|he|they|no pronouns)\s*[)\]]",
    re.IGNORECASE,
)
_LEAST_ANSWERS, _LOOKED_AT = 3, 2_000


def asks_about_people(heading: str) -> bool:
    """Whether a column or question so worded is about what may never be kept of a person."""
    return bool(ABOUT.search(folded(_HUMP.sub(" ", heading.replace("_", " ")))))


def tells_about_people(values: Iterable[str]) -> bool:
    """Whether a column holds such answers whatever it is called: four in five of them."""
    filled = [folded(value[:80]) for value in islice(values, _LOOKED_AT)]
    if len(filled) < _LEAST_ANSWERS:
        return False
    return 5 * sum(bool(_WORDS.fullmatch(value)) for value in filled) >= 4 * len(filled)


def without_pronouns(name: str) -> str:
    """“Sam Doe (they/them)” is Sam Doe."""
    return _PRONOUNS.sub("", name).strip()
