"""A small app that logs its users in by a code in an e-mail, with the vendor's SDK. It knows nothing of an emulator but the
base URL that it is given.
"""

from typing import Any, List, Tuple

import stytch
from stytch.core.response_base import StytchError

Answer = Tuple[int, Any]


class App:
    """Its pages, as methods; each answers a status and a body."""

    def __init__(self, url: str, project_id: str, secret: str) -> None:
        self._client = stytch.Client(project_id=project_id, secret=secret, environment=url)

    def log_in(self, email: str) -> Answer:
        return self._page(lambda: self._client.otps.email.login_or_create(email=email).email_id)

    def code(self, method_id: str, code: str) -> Answer:
        authenticate = self._client.otps.authenticate
        return self._page(lambda: authenticate(method_id=method_id, code=code, session_duration_minutes=60).session_token)

    def me(self, session_token: str) -> Answer:
        return self._page(lambda: self._client.sessions.authenticate(session_token=session_token).user.emails[0].email)

    def users(self) -> Answer:
        def emails() -> List[str]:
            found = self._client.users.search(limit=100).results
            return [email.email for user in found for email in user.emails]

        return self._page(emails)

    def _page(self, page: Any) -> Answer:
        try:
            return 200, page()
        except StytchError as error:
            return error.details.status_code, error.details.error_type
