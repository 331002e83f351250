// After a job that failed: what the app asked of the emulator, and what it was told.
"use strict";

const { existsSync, readFileSync } = require("node:fs");

async function main() {
  const { STATE_url: url, STATE_log: log } = process.env;
  if (!url) return;
  console.log("::group::stytch-mock: the journal");
  try {
    const { requests, dropped } = await (await fetch(`${url}/__mock/requests`)).json();
    if (dropped) console.log(`(${dropped} before these)`);
    for (const { time, method, path, query, status, error_type: error, reason } of requests) {
      const told = [status ?? "no answer", error, reason].filter(Boolean).join("  ");
      console.log(`${time}  ${method} ${path}${query ? `?${query}` : ""}  ${told}`);
    }
    console.log(`${requests.length} requests`);
  } catch (error) {
    console.log(`the emulator does not answer: ${error.cause ?? error}`);
    if (existsSync(log)) console.log(readFileSync(log, "utf8"));
  }
  console.log("::endgroup::");
}

main();
