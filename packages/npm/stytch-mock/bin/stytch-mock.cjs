#!/usr/bin/env node
// The command: the binary, with this process's arguments, output and end.
"use strict";

const { spawn } = require("node:child_process");
const { binaryPath } = require("../binary.cjs");

const parameters = process.argv.slice(2);
// it ends with this process, unless standard input is a seed
const reads = parameters.includes("-") || parameters.includes("--seed=-") || process.env.STYTCH_MOCK_SEED === "-";
const child = spawn(binaryPath(), parameters, {
  stdio: [reads ? "inherit" : "pipe", "inherit", "inherit"],
  env: reads ? process.env : { ...process.env, STYTCH_MOCK_EXIT_WITH_STDIN: "true" },
});
child.stdin?.on("error", () => {});
child.on("error", (error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
