// Every part of the suite, one after the other, against one emulator with 10,000 users and 1,000 requests.

import { GRACE, seed, start } from "./emulator.mjs";
import { launch } from "./browser.mjs";
import { access } from "./access.mjs";
import { comfort } from "./comfort.mjs";
import { control } from "./control.mjs";
import { hostile } from "./hostile.mjs";
import { outbox } from "./outbox.mjs";
import { people } from "./people.mjs";
import { pictures } from "./pictures.mjs";
import { requests } from "./requests.mjs";

// the journal is emptied by the requests, at their end; hostile strings come last, since they stay
const PARTS = { access, comfort, requests, outbox, people, control, hostile, pictures };

const named = process.argv.slice(2);
const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
if (unknown) {
  console.error(`there is no part ${unknown}; there are: ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}

const emulator = await start(seed());
process.on("exit", () => emulator.end());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(2));
const browser = await launch();
for (let sent = 0; sent < 1_000; sent += 20) {
  await Promise.all(Array.from({ length: 20 }, (_, number) => emulator.call("GET", `/v1/sessions?user_id=${number % 5 ? GRACE : `nobody-${number}`}`)));
}

let passed = 0;
let failed = 0;
for (const [part, tests] of Object.entries(PARTS)) {
  if (named.length && !named.includes(part)) continue;
  for (const [name, test] of Object.entries(tests)) {
    const began = performance.now();
    const outcome = await test({ browser, emulator }).then(() => null, (error) => error);
    console.log(`${outcome ? "FAIL" : "ok  "}  ${part}: ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    if (outcome) console.log(String(outcome.stack).replace(/^/gm, "      "));
    passed += outcome ? 0 : 1;
    failed += outcome ? 1 : 0;
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}
await browser.close();
emulator.end();
console.log(`\npage: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
