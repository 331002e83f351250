// Compiles src/ twice: to dist/esm for `import`, to dist/cjs for `require`. The type of the nearest package.json decides
// which of the two a source becomes.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
const tsc = join(dirname(typescript), "bin", "tsc");

rmSync(join(here, "dist"), { recursive: true, force: true });
for (const [name, type] of [["esm", "module"], ["cjs", "commonjs"]]) {
  const source = join(here, "build", name);
  const target = join(here, "dist", name);
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  mkdirSync(target, { recursive: true });
  // vitest can't be required
  cpSync(join(here, "src"), source, { recursive: true, filter: (path) => name === "esm" || !path.endsWith("vitest.ts") });
  writeFileSync(join(source, "package.json"), JSON.stringify({ type }));
  writeFileSync(join(target, "package.json"), JSON.stringify({ type }));
  const compilerOptions = { rootDir: ".", outDir: target };
  writeFileSync(join(source, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: ["."] }));
  execFileSync(process.execPath, [tsc, "--project", source], { stdio: "inherit" });
}
