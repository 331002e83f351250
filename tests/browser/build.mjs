// Bundles the pages into target/browser/pages.
import { build } from 'esbuild';

await build({
  entryPoints: ['pages/vanilla.ts', 'pages/vanilla-ui.ts', 'pages/react.tsx'],
  outdir: '../../target/browser/pages',
  bundle: true,
  format: 'esm',
  splitting: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
