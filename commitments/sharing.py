"""How many may share in a pledge: assistants, and places it was published at. Rules only."""

MOST_ASSISTANTS = 10
MOST_REPUBLICATIONS = 30
