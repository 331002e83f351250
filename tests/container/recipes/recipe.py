import json

import requests
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

PROJECT_ID = "project-test-11111111-1111-4111-8111-111111111111"
SECRET = "secret-test-stytch-mock-local-emulator"
SEED = {"projects": [{"users": [{"external_id": "customer-42", "sessions": [{}]}]}]}

emulator = (
    DockerContainer("stytch-mock")
    .with_exposed_ports(7898)
    .with_env("STYTCH_MOCK_SEED_JSON", json.dumps(SEED))
    .waiting_for(LogMessageWaitStrategy("stytch-mock ready on"))
)
with emulator:
    base_url = f"http://{emulator.get_container_host_ip()}:{emulator.get_exposed_port(7898)}"
    # the app: stytch.Client(project_id=PROJECT_ID, secret=SECRET, environment=base_url)
    answer = requests.get(f"{base_url}/v1/sessions", {"user_id": "customer-42"}, auth=(PROJECT_ID, SECRET))
    print(answer.status_code, len(answer.json()["sessions"]))
