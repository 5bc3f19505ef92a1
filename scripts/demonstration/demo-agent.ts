// The demo's agent in the hands of whoever wants to see what people meet without it: away, gone silent, killed, or with a clock that is
// ahead. Ends the agent that runs last, whichever it is.

import { startAgent } from './programs.js';
import type { Demo } from './start-demo.js';

export interface DemoAgent extends AsyncDisposable {
  stop(): Promise<void>;
  /** `aheadMs`: how far its clock is ahead. Default: not at all. */
  start(options?: { readonly aheadMs?: number }): Promise<void>;
  /** It hears everything from now on, and answers nothing. */
  freeze(): void;
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
    kill: async () => {
      process.kill(agent.process.pid, 'SIGKILL');
      await agent.process.ended;
      await agent.process.stop();
    },
    [Symbol.asyncDispose]: stop,
  };
}
