#!/usr/bin/env node
// The executable: says what is missing on a Node that is too old, before anything is loaded that such a Node cannot load; and gives a
// program that runs for long a heap that stays small.

const NODE_MAJOR_MIN = 24;
const EXIT_REFUSED = 2;

/**
 * A pass over a million people keeps little and throws much away, and Node would rather let that pile up: what is young is looked
 * through every 8 MB, by the thread that has made it (to wake others for so little takes longer), and what has stayed once it has grown by
 * three tenths. No limit to what is needed. Measured: half the memory. Nor is anything taken for old when it is made: by whoever is in the
 * batch that happens to be at work at that moment, Node would conclude that all accounts stay.
 */
const SMALL_HEAP = [
  '--max-semi-space-size=8',
  '--no-parallel-scavenge',
  '--heap-growing-percent=30',
  '--no-allocation-site-pretenuring',
];

/**
 * For the C library (glibc; others take no notice): what is large goes back to the machine when it is freed, and threads share what is
 * small. By itself it keeps the tables of the pass before, in pieces, beside those of this one. Measured: a tenth of the memory.
 */
const SMALL_POOLS = { MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '1' };

/**
 * What is large. What V8 needs while it compiles comes in pieces of 32 KiB, and stays for as long as one little thing behind it lives: in the
 * agent, whose tables need the room, they are large, and 10 MB less remain. The front door has the room, and would take a third longer over
 * its lists.
 */
const LARGE_FROM_BYTES = { agent: '32768', 'front-door': '131072' };

if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR_MIN) {
  keepHeapSmall();
  await import('./main.js');
} else {
  const advice = 'in a checkout, `npx node dist/src/drawbridge.js` finds the one that npm installed';
  process.stderr.write(
    `drawbridge: needs Node ${NODE_MAJOR_MIN} or newer, and this is ${process.versions.node}; ${advice}\n`,
  );
  process.exitCode = EXIT_REFUSED;
}

/** Becomes the same program anew, under the same process id, where it runs for long. Not on Windows, which has no such call. */
function keepHeapSmall(): void {
  const [node, script = '', program = '', ...rest] = process.argv;
  const [command = 'run'] = rest;
  if ((program !== 'agent' && program !== 'front-door') || !(command === 'run' || command.startsWith('-'))) return;
  // Whoever runs it has decided otherwise, or it was done already.
  const isSet = [process.env.NODE_OPTIONS ?? '', ...process.execArgv].some((option) => option.includes('space-size'));
  if (isSet || node === undefined || process.execve === undefined) return;
  process.execve(node, [node, ...SMALL_HEAP, ...process.execArgv, script, program, ...rest], {
    ...SMALL_POOLS,
    MALLOC_MMAP_THRESHOLD_: LARGE_FROM_BYTES[program],
    ...process.env,
  });
}
