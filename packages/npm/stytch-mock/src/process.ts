// The emulator as a child process: found, started on a free port, ended. It lives no longer than this process: its standard
// input is a pipe from here, and it ends when the pipe does, however that comes about.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import binary from "../../binary.cjs";
import type { Seed } from "./control.generated.js";
import { FLAGS, type Flags } from "./options.generated.js";
import { StytchMockError } from "./transport.js";

/** How the emulator is to be started. */
export interface StytchMockOptions extends Flags {
  /** The world: a seed, or the paths of seed files. Default: the built-in seed. */
  seed?: Seed | string | string[] | undefined;
}

/** A started emulator. */
export interface Started {
  /** Its base URL. */
  url: string;
  /** What its first lines tell an app: `STYTCH_PROJECT_ID` and the like. */
  env: Record<string, string>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** The most bytes of an argument; a larger seed becomes a file until it is read. */
const ARGUMENT_LIMIT = process.platform === "win32" ? 16_000 : 100_000;
const START_TIMEOUT = 10_000;
const STOP_TIMEOUT = 3_000;
// a suite may put fake timers into their place
const { setTimeout, clearTimeout } = globalThis;

/** The arguments that options come to, without the seed. */
export function flags(options: Flags): string[] {
  const words: string[] = [];
  const given = { port: 0, log: "off" as const, ...options };
  for (const [option, [flag, how]] of Object.entries(FLAGS)) {
    const value = given[option as keyof Flags];
    if (value === undefined) continue;
    if (how === "bare") words.push(...(value ? [flag] : []));
    else if (how === "switch") words.push(`${flag}=${value ? "on" : "off"}`);
    else for (const each of Array.isArray(value) ? value : [value]) words.push(`${flag}=${each}`);
  }
  return words;
}

/** Starts an emulator. */
export async function launch(options: StytchMockOptions): Promise<Started> {
  const { seed, ...others } = options;
  const words = ["--exit-with-stdin", ...flags(others)];
  const env = { ...process.env };
  let folder: string | undefined;
  if (seed !== undefined) {
    // options go before variables
    for (const name of ["STYTCH_MOCK_SEED", "STYTCH_MOCK_SEED_JSON"]) delete env[name];
    if (typeof seed === "string" || Array.isArray(seed)) {
      for (const path of [seed].flat()) words.push(`--seed=${path}`);
    } else {
      const json = JSON.stringify(seed);
      if (Buffer.byteLength(json) < ARGUMENT_LIMIT) words.push(`--seed-json=${json}`);
      else {
        folder = mkdtempSync(join(tmpdir(), "stytch-mock-"));
        const path = join(folder, "seed.json");
        writeFileSync(path, json);
        words.push(`--seed=${path}`);
      }
    }
  }
  try {
    return await start(binary.binaryPath(), words, env, others.log !== undefined && others.log !== "off");
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function start(program: string, words: string[], env: NodeJS.ProcessEnv, logs: boolean): Promise<Started> {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", logs ? "inherit" : "pipe"], env, windowsHide: true });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null) throw new StytchMockError(`${program} has no pipes`);
  // it may have ended already: then there is nobody to tell
  stdin.on("error", () => {});
  let complaints = "";
  stderr?.setEncoding("utf8").on("data", (part: string) => (complaints += part));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const banner = await new Promise<string>((resolve, reject) => {
    let said = "";
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new StytchMockError(`the emulator did not start: ${why}`));
    };
    const timer = setTimeout(() => fail(`it was not ready within ${START_TIMEOUT / 1000} s`), START_TIMEOUT);
    child.once("error", (error) => fail(`${program}: ${error.message}`));
    child.once("close", (code) => fail(complaints.trim() || `${program} ended with ${code}`));
    stdout.setEncoding("utf8").on("data", (part: string) => {
      said += part;
      if (!said.includes("\n# Clock:")) return;
      clearTimeout(timer);
      stdout.removeAllListeners("data").resume();
      resolve(said);
    });
  });
  // it is no reason for this process to stay
  child.unref();
  for (const pipe of [stdin, stdout, stderr]) (pipe as unknown as { unref?(): void } | null)?.unref?.();
  const url = /^stytch-mock ready on (\S+)/.exec(banner)?.[1];
  if (url === undefined) throw new StytchMockError(`${program} is no stytch-mock: ${banner}`);
  const lines = banner.matchAll(/^(STYTCH_\w+)=(.*)$/gm);
  const stop = async () => {
    child.ref();
    stdin.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT);
    await ended;
    clearTimeout(timer);
  };
  // an emulator on every address is called on this machine's
  const callable = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  return { url: callable, env: Object.fromEntries([...lines].map(([, name, value]) => [name, value ?? ""])), stop };
}
