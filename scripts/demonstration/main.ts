// `scripts/demo`: shows Drawbridge on a real directory, or (--check) proves that it works and says what it did.
// Ends with 0, or non-zero and one clear sentence.

import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure, Failure } from '../../src/failure/failure.js';
import { LabFailure } from '../lab/lab-failure.js';
import { endStartedProcesses } from '../lab/started-processes.js';
import { checkDemo } from './check-demo.js';
import { printGuide } from './guide.js';
import { startDemo } from './start-demo.js';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      port: { type: 'string', default: '8443' },
      'mail-port': { type: 'string', default: '8025' },
      folder: { type: 'string' },
    },
  });
  const folder = resolve(values.folder ?? (values.check ? '.demo-check' : '.demo'));
  // A check changes people and counts against their limits: it begins anew, unless a folder was named on purpose.
  if (values.fresh || (values.check && values.folder === undefined)) await rm(folder, { recursive: true, force: true });

  const startedMs = performance.now();
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then((): typeof STOPPED => STOPPED);
  await using stack = new AsyncDisposableStack();
  let isBegun = false;
  stack.defer(() => {
    if (isBegun) console.log(`\nEverything is stopped. The demo's data lies in ${folder}; --fresh begins anew.`);
  });
  // Last of all, what a signal came too early for to be on the stack; nothing more is started from then on.
  stack.defer(endStartedProcesses);
  const starting = startDemo({
    folder,
    port: portIn(values.port, '--port'),
    mailPort: portIn(values['mail-port'], '--mail-port'),
    onStep: (step) => console.log(`${step} …`),
    stack,
  });
  const demo = await Promise.race([starting, stopped]);
  isBegun = true;
  if (demo === STOPPED) {
    // It fails where it is, at the latest because nothing can be started any more.
    starting.catch(() => undefined);
    return EXIT_INTERRUPTED;
  }
  console.log(`Up after ${((performance.now() - startedMs) / 1000).toFixed(1)} s.\n`);
  // Awaited here: the stack would end everything before the check had begun.
  if (values.check) return await Promise.race([checkDemo(demo), stopped.then(() => EXIT_INTERRUPTED)]);

  printGuide(demo);
  // Without its agent the demo goes on: that is how "try again later" is met.
  Promise.race([stopped, demo.agent.process.ended]).then((how) => {
    // Ended with everything else, it is no news.
    if (how !== STOPPED)
      console.log(`${how}. Everybody meets "try again later" now; start the demo again to bring it back.`);
  });
  const end = await Promise.race([stopped, demo.domain.ended, demo.frontDoor.process.ended]);
  if (end === STOPPED) return 0;
  console.error(end);
  return 1;
}

/** Throws LabFailure. */
function portIn(text: string, option: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new LabFailure(`${option} must be a port, 1 to 65535`);
  return port;
}

const STOPPED: unique symbol = Symbol('stopped by a signal');
const EXIT_INTERRUPTED = 130;

try {
  process.exitCode = await main();
} catch (error) {
  // An expected trouble in one sentence; our own mistake with its stack.
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(
    isUsage ? `${error.message} (see scripts/demo --help)` : error instanceof Failure ? describeFailure(error) : error,
  );
  process.exitCode = isUsage ? 2 : 1;
}
// What still waits for something, as a start cut short does, is not waited for.
process.exit();
