// Packs the npm packages: the main one, compiled, and those that carry a binary for a platform.
//
//   node pack.mjs FOLDER PLATFORM=BINARY …      such as linux-x64=target/release/stytch-mock
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const [folder, ...platforms] = process.argv.slice(2);
if (!folder) throw new Error("usage: node pack.mjs FOLDER PLATFORM=BINARY …");
const target = resolve(folder);
const work = mkdtempSync(join(tmpdir(), "stytch-mock-pack-"));
mkdirSync(target, { recursive: true });

const main = JSON.parse(readFileSync(join(here, "stytch-mock/package.json"), "utf8"));
const { version, license, repository, engines } = main;

function pack(name, fill) {
  const source = join(work, name);
  mkdirSync(source);
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, licence), join(source, licence));
  fill(source);
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", target, source], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
}

try {
  for (const each of platforms) {
    const [platform, binary] = each.split("=");
    const name = `stytch-mock-${platform}`;
    if (!binary || !(name in main.optionalDependencies)) throw new Error(`${each}: no PLATFORM=BINARY of package.json`);
    const [os, cpu] = platform.split("-");
    pack(name, (source) => {
      const program = join(source, "bin", os === "win32" ? "stytch-mock.exe" : "stytch-mock");
      mkdirSync(dirname(program));
      copyFileSync(binary, program);
      chmodSync(program, 0o755);
      const description = `The binary of stytch-mock for ${platform}`;
      const files = ["bin", "LICENSE-*"];
      const about = { name, version, description, license, repository, engines, os: [os], cpu: [cpu], files, preferUnplugged: true };
      writeFileSync(join(source, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
      writeFileSync(join(source, "README.md"), `# ${name}\n\n${description}. Install \`stytch-mock\`, which depends on it.\n`);
    });
  }
  execFileSync(process.execPath, [join(here, "stytch-mock/build.mjs")], { stdio: "inherit" });
  pack("stytch-mock", (source) => {
    for (const file of ["package.json", "README.md", ...main.files.filter((file) => !file.startsWith("LICENSE"))]) {
      cpSync(join(here, "stytch-mock", file), join(source, file), { recursive: true });
    }
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
