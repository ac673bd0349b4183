"""What is one row of the table of granted roles? Who, which role, and where."""

from dataclasses import dataclass

from dashboard.model.people.person import EVERYWHERE


@dataclass(frozen=True)
class Granted:
    """One role of one person, as texts. Without a role, it is the request to end the one it was."""

    subject: str = ""
    role: str = "viewer"
    scope: str = "group"

    def with_role(self, role: str) -> "Granted":
        """The same with another role; one that concerns everything holds in the group."""
        return Granted(self.subject, role, "group" if role in EVERYWHERE else self.scope)
