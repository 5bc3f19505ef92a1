#!/usr/bin/env node
// The executable: says what is missing on a Node that is too old, before anything is loaded that such a Node cannot load.

const NODE_MAJOR_MIN = 24;
const EXIT_REFUSED = 2;

if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR_MIN) {
  await import('./main.js');
} else {
  const advice = 'in a checkout, `npx node dist/src/drawbridge.js` finds the one that npm installed';
  process.stderr.write(
    `drawbridge: needs Node ${NODE_MAJOR_MIN} or newer, and this is ${process.versions.node}; ${advice}\n`,
  );
  process.exitCode = EXIT_REFUSED;
}
