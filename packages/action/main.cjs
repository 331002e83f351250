// The GitHub Action: finds the binary, starts it for the rest of the job, and tells the job where it is.
"use strict";

const { spawn, execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { appendFileSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");

const root = join(__dirname, "../..");
const TARGETS = {
  "linux-x64": "x86_64-unknown-linux-gnu",
  "linux-arm64": "aarch64-unknown-linux-gnu",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
};
const START_TIMEOUT = 30_000;

const env = process.env;
const input = (name) => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";

/** The names of the inputs that are flags: they stand in action.yml between two remarks. */
function flags() {
  const metadata = readFileSync(join(root, "action.yml"), "utf8");
  const part = metadata.split("# The flags:")[1].split("# The end of the flags")[0];
  return [...part.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name);
}

async function download(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** The binary of the release that this action belongs to. */
async function released(folder) {
  const target = TARGETS[`${process.platform}-${process.arch}`];
  if (!target) throw new Error(`there is no binary for ${process.platform} on ${process.arch}`);
  const version = /^version = "(.*)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
  const name = `stytch-mock-v${version}-${target}.tar.gz`;
  const release = `${env.GITHUB_SERVER_URL}/${env.GITHUB_ACTION_REPOSITORY}/releases/download/v${version}`;
  const [archive, sums] = [await download(`${release}/${name}`), (await download(`${release}/SHA256SUMS`)).toString()];
  const sum = createHash("sha256").update(archive).digest("hex");
  if (!sums.split("\n").includes(`${sum}  ${name}`)) throw new Error(`${name} has not the checksum of SHA256SUMS`);
  writeFileSync(join(folder, name), archive);
  execFileSync("tar", ["-xzf", name], { cwd: folder, stdio: "inherit" });
  return join(folder, process.platform === "win32" ? "stytch-mock.exe" : "stytch-mock");
}

/** Adds lines to one of the files by which a step speaks to its job. */
function tell(file, values) {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(env[file], lines.join(""));
}

async function main() {
  const folder = mkdtempSync(join(env.RUNNER_TEMP, "stytch-mock-"));
  const binary = input("binary") || (await released(folder));
  const [banner, log] = [join(folder, "banner"), join(folder, "log")];
  const settings = { STYTCH_MOCK_PORT: "0", STYTCH_MOCK_LOG: "json" };
  for (const name of flags()) {
    if (input(name)) settings[`STYTCH_MOCK_${name.replaceAll("-", "_").toUpperCase()}`] = input(name);
  }
  const child = spawn(binary, [], {
    detached: true,
    stdio: ["ignore", openSync(banner, "w"), openSync(log, "w")],
    env: { ...env, ...settings },
  });
  let ended;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code) => (ended = `it ended with ${code}`));
  const deadline = Date.now() + START_TIMEOUT;
  let said = "";
  while (!said.includes("\n# Clock:")) {
    if (ended !== undefined || Date.now() > deadline) {
      throw new Error(`the emulator did not start: ${ended ?? "it was not ready in time"}\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
    }
    await pause(20);
    said = readFileSync(banner, "utf8");
  }
  child.unref();
  const told = Object.fromEntries([...said.matchAll(/^(STYTCH_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const url = told.STYTCH_BASE_URL ?? /^stytch-mock ready on (\S+)/.exec(said)[1];
  // by STYTCH_MOCK_URL the packages for npm and PyPI find it, instead of starting one of their own
  tell("GITHUB_ENV", { ...told, STYTCH_BASE_URL: url, STYTCH_MOCK_URL: url });
  tell("GITHUB_OUTPUT", {
    url,
    "project-id": told.STYTCH_PROJECT_ID ?? "",
    secret: told.STYTCH_SECRET ?? "",
    "public-token": told.STYTCH_PUBLIC_TOKEN ?? "",
  });
  tell("GITHUB_STATE", { url, log, pid: child.pid });
  console.log(said);
}

main().catch((error) => {
  console.log(`::error::${error.message.replaceAll("\n", "%0A")}`);
  process.exitCode = 1;
});
