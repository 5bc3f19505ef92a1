// Builds the browser's scripts to dist/browser: ES modules named by their content, and a manifest that tells which is which
// (dist/browser/.vite/manifest.json, key such as `src/front-door/browser/new-password.ts`). No polyfill and no framework goes in.
// A method's own script is found by its place: `methods/<kind>/browser/<kind>.ts`.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const METHODS = 'src/front-door/methods';
const ofMethods = readdirSync(join(root, METHODS))
  .map((kind) => `${METHODS}/${kind}/browser/${kind}.ts`)
  .filter((script) => existsSync(join(root, script)));
const ofPages = ['new-password', 'enter-password'].map((name) => `src/front-door/browser/${name}.ts`);

export default defineConfig({
  root,
  logLevel: 'warn',
  // Style sheet and icon, copied as they are; the front door gives them names made of their content.
  publicDir: 'src/front-door/pages/public',
  build: {
    outDir: 'dist/browser',
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      input: [...ofPages, ...ofMethods],
      // Node's module, asked for by @hpke/common only where WebCrypto is missing: in a browser that import is never reached.
      external: ['crypto'],
    },
  },
});
