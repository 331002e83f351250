"""The first call of the vendor's SDK."""

import stytch
from stytch_mock import StytchMock

mock = StytchMock().start()
client = stytch.Client(project_id=mock.project_id, secret=mock.secret, environment=mock.url)
print(client.sessions.get(user_id="user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6").status_code)
