// The emulator as a process, and whoever calls it.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";

export const PROJECT = "project-test-11111111-1111-4111-8111-111111111111";
export const OTHER = "project-test-22222222-2222-4222-8222-222222222222";
export const SECRET = "secret-test-page";
export const GRACE = "user-test-00000000-0000-4000-8000-0000000000aa";
export const HOSTILE_USER = "user-test-00000000-0000-4000-8000-0000000000bb";

/** Strings that must show as what they are, and nothing else. */
export const HOSTILE = {
  script: "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>",
  long: "w".repeat(300),
  rtl: "\u05e9\u05dc\u05d5\u05dd \u202egnp.exe",
  control: "bell\u0007escape\u001b[31mnull\u0000end",
};
/** Those strings, as they are shown. */
export const SHOWN = { ...HOSTILE, rtl: "\u05e9\u05dc\u05d5\u05dd \\u202egnp.exe", control: "bell\\u0007escape\\u001b[31mnull\\u0000end" };

/** A world of 10,000 users in two projects. */
export function seed() {
  const crowd = Array.from({ length: 9_990 }, (_, number) => ({
    external_id: `crowd-${number}`,
    emails: [{ email: `crowd-${number}@example.com` }],
    ...(number % 3 === 0 && { sessions: [{}] }),
  }));
  const grace = {
    user_id: GRACE, external_id: "customer-42", name: { first_name: "Grace", last_name: "Hopper" },
    emails: [{ email: "grace@example.com", email_id: "email-test-00000000-0000-4000-8000-0000000000e1" }],
    phone_numbers: [{ phone_number: "+12025550162", phone_id: "phone-number-test-00000000-0000-4000-8000-0000000000f1" }],
    sessions: [
      { session_id: "session-test-00000000-0000-4000-8000-0000000000a1", session_token: "token-of-grace", started_at: "-10m", expires_at: "+50m", custom_claims: { plan: "pro" },
        authentication_factors: [{ type: "otp", delivery_method: "sms" }, { type: "password", delivery_method: "knowledge" }] },
      { session_id: "session-test-00000000-0000-4000-8000-0000000000a2", started_at: "-3h", expires_at: "-2h" },
    ],
  };
  const { script, long, rtl, control } = HOSTILE;
  const hostile = {
    user_id: HOSTILE_USER, name: { first_name: script, middle_name: long, last_name: `${rtl}${control}` },
    emails: [{ email: "hostile@example.com" }],
    providers: [{ provider_type: "Google", provider_subject: `${script}${rtl}` }],
    roles: [script, long, rtl, control],
    trusted_metadata: { [script]: long, [rtl]: control },
    sessions: [{
      attributes: { ip_address: script, user_agent: `${long}${rtl}${control}` },
      custom_claims: { [script]: rtl, [long]: control }, roles: [script, rtl, control, long],
    }],
  };
  return {
    projects: [
      { project_id: PROJECT, secrets: [SECRET], rate_limit: "100000/s", users: [grace, hostile, ...crowd] },
      { project_id: OTHER, secrets: [SECRET], rate_limit: "5/s,burst=20", users: Array.from({ length: 8 }, (_, number) => ({ external_id: `other-${number}` })) },
    ],
  };
}

/** Starts the emulator with a seed and flags. */
export async function start(world, ...flags) {
  const child = spawn(process.env.STYTCH_MOCK_BIN, ["--port", "0", "--log", "off", "--seed", "-", "--journal-bodies", "on", ...flags],
    { stdio: ["pipe", "pipe", "inherit"], env: { PATH: process.env.PATH } });
  child.stdin.end(JSON.stringify(world));
  const url = await new Promise((found, failed) => {
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
      const ready = /^stytch-mock ready on (\S+)$/m.exec(output);
      if (ready) found(ready[1]);
    });
    child.on("exit", (code) => failed(new Error(`the emulator ended with ${code}`)));
  });
  return new Emulator(child, url);
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

class Emulator {
  constructor(child, url) {
    Object.assign(this, { child, url, port: Number(new URL(url).port) });
  }

  end() {
    this.child.kill();
  }

  /** Steers it, as a test does. */
  async steer(method, path, body) {
    const answer = await fetch(`${this.url}/__mock${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const reply = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${reply.error}`);
    return reply;
  }

  /** Calls the emulated API as an app does; the status. */
  call(method, path, { body, headers = {}, project = PROJECT } = {}) {
    return new Promise((done, failed) => {
      const request = http.request(`${this.url}${path}`, {
        method, agent,
        headers: { "user-agent": "Stytch Node v14.2.0", "content-type": "application/json", authorization: `Basic ${btoa(`${project}:${SECRET}`)}`, ...headers },
      }, (answer) => {
        answer.resume().on("end", () => done(answer.statusCode));
      });
      request.on("error", failed);
      request.end(body && JSON.stringify(body));
    });
  }

  /** Sends bytes as they are, and waits for an answer. */
  raw(bytes) {
    return new Promise((done, failed) => {
      const socket = net.connect(this.port, "127.0.0.1", () => socket.write(bytes));
      socket.once("data", () => { socket.destroy(); done(); });
      socket.on("error", failed);
    });
  }

  /** Its memory, in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
  }
}
