// Real wallets against a running emulator, whose URL is the argument. Ends with `wallets: N passed, N failed`.

import assert from "node:assert/strict";
import bs58 from "bs58";
import { Wallet, getBytes, hexlify } from "ethers";
import stytch from "stytch";
import nacl from "tweetnacl";

const [url] = process.argv.slice(2);
const projectId = "project-test-11111111-1111-4111-8111-111111111111";
const secret = "secret-test-stytch-mock-local-emulator";
console.warn = () => {}; // the SDK warns of any URL but the vendor's
const client = new stytch.Client({ project_id: projectId, secret, env: url });

const refused = async (call, type) => {
  const error = await call.then(
    () => assert.fail(`it was not refused by ${type}`),
    (error) => error,
  );
  assert.equal(error.error_type, type, String(error));
};

const advance = async (by) => {
  const answer = await fetch(`${url}/__mock/clock/advance`, { method: "POST", body: JSON.stringify({ by }) });
  assert.equal(answer.status, 200);
};

// Each kind of wallet: how it is named, how it signs, how its signatures are written.
const ethereum = () => {
  const wallet = Wallet.createRandom();
  return {
    named: { crypto_wallet_type: "ethereum", crypto_wallet_address: wallet.address },
    sign: async (challenge) => getBytes(await wallet.signMessage(challenge)),
    write: hexlify,
  };
};
const solana = () => {
  const pair = nacl.sign.keyPair();
  return {
    named: { crypto_wallet_type: "solana", crypto_wallet_address: bs58.encode(pair.publicKey) },
    sign: async (challenge) => nacl.sign.detached(new TextEncoder().encode(challenge), pair.secretKey),
    write: (bytes) => bs58.encode(bytes),
  };
};
const siwe = { siwe_params: { domain: "example.com", uri: "https://example.com/login", resources: [], chain_id: "137" } };

const cases = [];
for (const [name, make, more] of [
  ["ethereum", ethereum, {}],
  ["ethereum by siwe", ethereum, siwe],
  ["solana", solana, {}],
]) {
  cases.push([`${name}: logs in, once`, async () => {
    const wallet = make();
    const { challenge, user_id, user_created } = await client.cryptoWallets.authenticateStart({ ...wallet.named, ...more });
    assert.equal(user_created, true);
    const signature = wallet.write(await wallet.sign(challenge));
    const login = { ...wallet.named, signature, session_duration_minutes: 60 };
    const answer = await client.cryptoWallets.authenticate(login);
    assert.equal(answer.user_id, user_id);
    assert.equal(answer.user.crypto_wallets[0].crypto_wallet_address, wallet.named.crypto_wallet_address);
    assert.equal(answer.user.crypto_wallets[0].verified, true);
    assert.equal(answer.siwe_params?.chain_id, more.siwe_params?.chain_id);
    const { session } = await client.sessions.authenticate({ session_token: answer.session_token });
    assert.equal(session.authentication_factors[0].type, "crypto");
    await refused(client.cryptoWallets.authenticate(login), "unable_to_authenticate_crypto_wallet");
  }]);
  cases.push([`${name}: one flipped bit is refused`, async () => {
    const wallet = make();
    const { challenge } = await client.cryptoWallets.authenticateStart({ ...wallet.named, ...more });
    const bytes = await wallet.sign(challenge);
    for (const bit of [0, 100, 300, 511]) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      const login = { ...wallet.named, signature: wallet.write(flipped) };
      await refused(client.cryptoWallets.authenticate(login), "unable_to_authenticate_crypto_wallet");
    }
    await client.cryptoWallets.authenticate({ ...wallet.named, signature: wallet.write(bytes) });
  }]);
  cases.push([`${name}: another wallet's signature and a late one are refused`, async () => {
    const [wallet, other] = [make(), make()];
    const { challenge } = await client.cryptoWallets.authenticateStart({ ...wallet.named, ...more });
    const forged = { ...wallet.named, signature: other.write(await other.sign(challenge)) };
    await refused(client.cryptoWallets.authenticate(forged), "unable_to_authenticate_crypto_wallet");
    await advance("5m");
    const late = { ...wallet.named, signature: wallet.write(await wallet.sign(challenge)) };
    await refused(client.cryptoWallets.authenticate(late), "unable_to_authenticate_crypto_wallet");
  }]);
}

let failed = 0;
for (const [name, run] of cases) {
  try {
    await run();
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
console.log(`wallets: ${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
