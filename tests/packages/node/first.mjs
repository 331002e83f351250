// The first call of the vendor's SDK.
import stytch from "stytch";
import { startStytchMock } from "stytch-mock";

const mock = await startStytchMock();
const client = new stytch.Client({ project_id: mock.projectId, secret: mock.secret, env: mock.url });
const { status_code } = await client.sessions.get({ user_id: "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6" });
console.log(status_code);
await mock.stop();
