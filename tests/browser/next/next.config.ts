import { resolve } from 'node:path';
import type { NextConfig } from 'next';

export default {
  // where the packages are
  turbopack: { root: resolve(import.meta.dirname, '..') },
  // types are checked with everybody else's
  typescript: { ignoreBuildErrors: true },
} satisfies NextConfig;
