"""What the steps of an entry have in common, each said once. Rules only."""

from commitments.enums import InvitationState

STAYED_AWAY = frozenset({InvitationState.DECLINED, InvitationState.WITHDREW})
ENDS = STAYED_AWAY | {InvitationState.STEPPED_ASIDE}
"""The leader is not coming."""
OUTCOMES = ENDS | {InvitationState.TOOK_PART}
"""Nothing more is waited for."""
NO_EVIDENCE = frozenset({InvitationState.RECEIVED, InvitationState.ACCEPTED})
"""Being asked somewhere and saying yes keeps no promise, and is not told."""
