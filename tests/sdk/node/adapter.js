// Speaks for the official Node SDK: reads one call per line, answers with what the SDK made of it.
import { createInterface } from 'node:readline';
import stytch from 'stytch';

/** The SDK's method of a name such as `magicLinks.email.loginOrCreate`, if it has one. */
function methodOf(client, name) {
  // it takes the token as it is
  if (name === 'idp.introspectTokenLocal') return ({ token }) => client.idp.introspectTokenLocal(token);
  const path = name.split('.');
  const method = path.pop();
  const api = path.reduce((member, part) => member?.[part], client);
  return typeof api?.[method] === 'function' ? (params) => api[method](params) : undefined;
}

const clients = new Map();

/** Without a base URL the SDK goes where it goes for every app; with https only `custom_base_url` will do. Calls about
 *  fraud have an address of their own. */
function clientFor({ project_id, secret, base_url }) {
  const key = JSON.stringify([project_id, secret, base_url]);
  if (!clients.has(key)) {
    const option = base_url?.startsWith('https://') ? 'custom_base_url' : 'env';
    clients.set(key, new stytch.Client({ project_id, secret, ...(base_url && { [option]: base_url, fraud_env: base_url }) }));
  }
  return clients.get(key);
}

async function observe(call, params) {
  try {
    return { response: await call(params) };
  } catch (error) {
    if (!(error instanceof stytch.StytchError)) {
      return { failure: `${error.constructor.name}: ${error.message}${error.cause ? ` (${error.cause})` : ''}` };
    }
    const { status_code, request_id, error_type, error_message, error_url } = error;
    return { error: { class: 'StytchError', status_code, request_id, error_type, error_message, error_url } };
  }
}

async function answer({ client: credentials, call: name, with: params, times, at_once }) {
  const call = methodOf(clientFor(credentials), name);
  if (!call) return { observed: [{ unsupported: `the Node SDK has no ${name}` }] };
  const once = () => observe(call, params);
  if (at_once) return { observed: await Promise.all(Array.from({ length: times }, once)) };
  const observed = [];
  for (let i = 0; i < times; i += 1) observed.push(await once());
  return { observed };
}

// the SDK warns about its own `env` option
console.warn = () => {};
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
