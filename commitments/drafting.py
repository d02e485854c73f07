"""The path on which a text is written, and how long what is not published is kept. Rules only."""

from dataclasses import dataclass
from datetime import timedelta

# A draft that nobody has claimed by signing in, counted from when it was last touched.
KEPT_WITHOUT_ACCOUNT = timedelta(days=30)
MOST_DRAFTS_OF_A_BROWSER = 10
STEPS = ("who", "promises", "own", "standards", "rhythm", "shows", "check")
STEPS_OF_A_NEW_VERSION = ("promises", "own", "standards", "check")


@dataclass(frozen=True)
class Place:
    """One page of the path. `checking`: it was opened from the answers, and leads back there."""

    step: str
    is_new_version: bool = False
    checking: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        return STEPS_OF_A_NEW_VERSION if self.is_new_version else STEPS

    @property
    def number(self) -> int:
        return self.steps.index(self.step) + 1

    @property
    def words(self) -> str:
        what = "New version" if self.is_new_version else "Your pledge"
        return f"{what}: step {self.number} of {len(self.steps)}"

    @property
    def following(self) -> str:
        return self.steps[-1] if self.checking else self.steps[self.number]

    @property
    def before(self) -> str:
        """The step to go back to; empty on the first one."""
        if self.checking:
            return self.steps[-1]
        return self.steps[self.number - 2] if self.number > 1 else ""
