// The demo's agent in the hands of whoever wants to see what people meet without it: away, gone silent, killed, or with a clock that is
// ahead. Ends the agent that runs last, whichever it is.

import { setTimeout as pause } from 'node:timers/promises';
import { startAgent } from './programs.js';
import type { Demo } from './start-demo.js';
import { unreadBytes } from './unread-bytes.js';

const ASKED_DEADLINE_MS = 10_000;
const POLL_MS = 10;
/**
 * As they arrive, an inspection takes 176 bytes and a heartbeat some 60, and neither is what we wait for: a change with a password takes
 * more than a thousand. An unlock takes 223, which is too little to be told from others.
 */
const CHANGE_BYTES_MIN = 1000;

export interface DemoAgent extends AsyncDisposable {
  stop(): Promise<void>;
  /** `aheadMs`: how far its clock is ahead. Default: not at all. */
  start(options?: { readonly aheadMs?: number }): Promise<void>;
  /** It hears everything from now on, and answers nothing. */
  freeze(): void;
  /** Resolves once a change with a password lies before the frozen agent: sent, and never to be read. */
  untilAsked(): Promise<void>;
  /** Ends it at once, frozen or not, without a word to anybody. */
  kill(): Promise<void>;
}

export function demoAgent(demo: Demo): DemoAgent {
  let agent = demo.agent;
  const stop = () => agent.process.stop();
  return {
    stop,
    start: async ({ aheadMs = 0 } = {}) => {
      const isAhead = `data:text/javascript,const%20now=Date.now;Date.now=()=>now()+${aheadMs}`;
      const environment = aheadMs === 0 ? {} : { NODE_OPTIONS: `--import=${isAhead}` };
      agent = await startAgent(demo.places, environment);
    },
    freeze: () => void process.kill(agent.process.pid, 'SIGSTOP'),
    untilAsked: async () => {
      const deadline = performance.now() + ASKED_DEADLINE_MS;
      const frontDoorPort = Number(new URL(demo.publicUrl).port);
      while ((await unreadBytes(agent.process.pid, frontDoorPort)) < CHANGE_BYTES_MIN) {
        if (performance.now() > deadline) throw new Error('nobody asked the frozen agent for a change');
        await pause(POLL_MS);
      }
    },
    kill: async () => {
      process.kill(agent.process.pid, 'SIGKILL');
      await agent.process.ended;
      await agent.process.stop();
    },
    [Symbol.asyncDispose]: stop,
  };
}
