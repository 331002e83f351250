import { GenericContainer, Wait } from "testcontainers";

const projectId = "project-test-11111111-1111-4111-8111-111111111111";
const secret = "secret-test-stytch-mock-local-emulator";
const seed = { projects: [{ users: [{ external_id: "customer-42", sessions: [{}] }] }] };

const emulator = await new GenericContainer("stytch-mock")
  .withExposedPorts(7898)
  .withEnvironment({ STYTCH_MOCK_SEED_JSON: JSON.stringify(seed) })
  .withWaitStrategy(Wait.forHttp("/__mock/health", 7898))
  .start();
const baseUrl = `http://${emulator.getHost()}:${emulator.getMappedPort(7898)}`;
// the app: new stytch.Client({ project_id: projectId, secret, env: baseUrl })
const answer = await fetch(`${baseUrl}/v1/sessions?user_id=customer-42`, {
  headers: { authorization: `Basic ${btoa(`${projectId}:${secret}`)}` },
});
console.log(answer.status, (await answer.json()).sessions.length);
await emulator.stop();
