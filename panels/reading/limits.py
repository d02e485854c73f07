"""How much of a file is read at all. Whatever is larger is refused before it costs anything."""

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
MAX_CELLS = 1_000_000
# In all cells together; a letter costs up to 4 bytes, and a cell may be said again and again.
MAX_LETTERS = 10_000_000
MAX_LINE = MAX_COLUMNS * MAX_CELL
MAX_SEATS = 50_000
# How often a person or a title may be named, the same one again included.
MAX_NAMED = 200_000

# JSON: every object and list costs up to 200 bytes of memory, every value up to 64.
MAX_JSON_BRACKETS = 400_000
MAX_JSON_COMMAS = 1_000_000
MAX_DIGITS = 20

# XML, and the parts of a workbook, which are XML too.
MAX_DEPTH = 50
MAX_ELEMENTS = 300_000
MAX_TAG = 512 * 1024

# A workbook is a zip file. Its cells cost ten times what those of a text do, empty ones too.
MAX_SHEET_CELLS = 500_000
MAX_PARTS = 2_000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_SMALL_PART = 1024 * 1024
MAX_TEXTS = 200_000
MAX_SHEETS = 50
# Elements within one cell, and those of a sheet that are no cells, such as links and merged areas.
MAX_INSIDE = 1_000
MAX_BESIDE = 20_000
LAST_ROW = 1_048_576

# What the tables of the product hold.
MAX_TITLE = 300
MAX_ROOM = 120
MAX_DATE = 60
MAX_NAME = 160
MAX_KEY = 200
MAX_EMAIL = 254
MAX_MINUTES = 31 * 24 * 60
