// docs/browser.md shows the code that runs here. `UPDATE_DOCS=1 tests/browser/run documentation` copies it there.
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from '@playwright/test';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = join(ROOT, 'docs/browser.md');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

// a comment that names a file, and the block of code behind it: all of the file, or lines of it
const BLOCK = /<!-- (part of )?(tests\/browser\/\S+) -->\n\n```(\w+)\n([^]*?)```/g;

test('docs/browser.md shows what runs', () => {
  const page = readFileSync(PAGE, 'utf8');
  const renewed = page.replace(BLOCK, (block, part, path, language, code) => {
    const source = read(path);
    if (part) {
      expect(source, path).toContain(code.trimEnd());
      return block;
    }
    expect(language, path).toBe(extname(path).slice(1));
    return `<!-- ${path} -->\n\n\`\`\`${language}\n${source}\`\`\``;
  });
  if (process.env.UPDATE_DOCS) return writeFileSync(PAGE, renewed);
  expect(page).toBe(renewed);
  // nothing else claims to be code of the app
  const shown = [...page.matchAll(BLOCK)].length;
  expect([...page.matchAll(/```tsx?\n/g)].length).toBeLessThanOrEqual(shown);
});

test('docs/browser.md names the versions that run', () => {
  const page = readFileSync(PAGE, 'utf8');
  const { dependencies, devDependencies } = JSON.parse(read('tests/browser/package.json'));
  for (const name of ['@stytch/vanilla-js', '@stytch/react', '@stytch/nextjs']) {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\`[^|]*\\| ${dependencies[name].replaceAll('.', '\\.')} \\|$`, 'm'));
  }
  expect(page).toContain(`Next.js ${dependencies.next} `);
  expect(page).toContain(`types of \`cypress\` ${devDependencies.cypress}`);
});
