// The agent's link for as long as the process runs: dials, proves, serves, comes back. A loop over a transport port; when to
// come back is reconnect-policy.ts's decision. Works in no socket callback, and never ends the process.

import { comeBackUnproven, LINK_ENDS, type LinkEndReason, reasonOfCode } from '../../protocol/close-codes.js';
import { LINK_PATH } from '../../protocol/enrolment.js';
import {
  type AgentFrame,
  decodeWith,
  type FrontDoorFrame,
  frontDoorFrameSchema,
  type SentSyncFrame,
  type TakenSyncReply,
} from '../../protocol/frames.js';
import { LinkChannel, type LinkEnding } from '../../protocol/link-channel.js';
import type { EndedPass } from '../../protocol/sync-reports.js';
import type { Clock } from '../../timing/clock.js';
import { DeadlineExceeded, wait, withDeadline } from '../../timing/waits.js';
import type { Identity } from '../enrolment/identity.js';
import type { LinkEndedEvent, LinkEvents } from './link-events.js';
import { ClocksApart, FrontDoorNotGenuine, HandshakeFailure, LinkRefused, NoLink } from './link-failures.js';
import { proveIdentity } from './prove-identity.js';
import { type EndedLink, NOTHING_TRIED, planReconnect } from './reconnect-policy.js';
import { type Announcement, type Serve, ServedLink } from './served-link.js';
import { FrontDoorUnreachable, type OpenTransport } from './transport.js';

export type LinkState = 'idle' | 'dialling' | 'proving' | 'serving' | 'draining' | 'ended';

/** Name, TCP, proxy, TLS and upgrade together. */
const DIAL_DEADLINE_MS = 20_000;
/** How long requests under way may take at a stop. */
const DRAIN_DEADLINE_MS = 30_000;

export interface AgentLinkOptions {
  readonly identity: Identity;
  /** A UUID, new at every start of the process. */
  readonly instanceId: string;
  readonly open: OpenTransport;
  /** What to tell the front door at the start of every link: current sealing keys, operations, whether held. */
  readonly announcement: () => Announcement;
  readonly serve: Serve;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Random in [0, 1). */
  readonly randomFraction: () => number;
  readonly events: LinkEvents;
}

/** What came of one attempt, for the policy and for the event. */
interface Attempted extends EndedLink {
  readonly reason: LinkEndedEvent['reason'];
  readonly advice: string;
  readonly cause: unknown;
}

export class AgentLink {
  readonly #options: AgentLinkOptions;
  #state: LinkState = 'idle';
  #served: ServedLink | undefined;
  #whenServing = Promise.withResolvers<void>();

  constructor(options: AgentLinkOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /**
   * Keeps a link until `signal` aborts, then drains it and resolves. Resolves with `revoked` when the front door said so in a
   * frame of an established link; anything else is anybody's word, and the agent asks again.
   */
  async run(signal: AbortSignal): Promise<'stopped' | 'revoked'> {
    const { clock, events, randomFraction } = this.#options;
    for (let tried = NOTHING_TRIED; !signal.aborted; ) {
      const attempted = await this.#attempt(tried.attempt, signal);
      const plan = signal.aborted ? { kind: 'stop' as const } : planReconnect(tried, attempted, randomFraction());
      const { reason, advice, servedMs, cause } = attempted;
      const dialsAgainInMs = plan.kind === 'dial' ? plan.delayMs : undefined;
      const ended = signal.aborted ? STOPPED : { reason, advice };
      events.linkEnded({ ...ended, servedMs, dialsAgainInMs, cause });
      if (plan.kind === 'stop') break;
      tried = plan.tried;
      this.#state = 'idle';
      // Rejects at a stop only, which the loop's condition sees.
      await wait(clock, plan.delayMs, signal).catch(() => undefined);
    }
    this.#state = 'ended';
    return signal.aborted ? 'stopped' : 'revoked';
  }

  /** Tells the front door anew, when a sealing key or the kill switch changed. Nothing to do without a link: the next one begins so. */
  announce(): void {
    this.#served?.announce(this.#options.announcement());
  }

  /** Resolves when nobody waits for an answer of ours, or after so long; to when somebody last asked over this link. */
  async untilQuiet(atMostMs: number): Promise<number | undefined> {
    return this.#served?.untilQuiet(atMostMs);
  }

  /** Without a link nobody is told: whoever tells, tells the last ones again. */
  tellPass(pass: EndedPass): void {
    this.#served?.tellPass(pass);
  }

  /** Resolves to the front door's answer, for a batch once it is committed. Throws NoLink when there is no link. */
  async exchangeSync(frame: SentSyncFrame, signal: AbortSignal): Promise<TakenSyncReply> {
    if (this.#served === undefined) throw new NoLink('there is no link to the front door just now');
    return this.#served.exchangeSync(frame, signal);
  }

  /** Resolves as soon as a link serves; rejects with the signal's reason. */
  async untilServing(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    await Promise.race([this.#whenServing.promise, aborted.promise]).finally(() =>
      signal.removeEventListener('abort', onAbort),
    );
  }

  async #attempt(attempt: number, signal: AbortSignal): Promise<Attempted> {
    const { clock, identity, open, events } = this.#options;
    let servingSinceMs: number | undefined;
    try {
      this.#state = 'dialling';
      events.linkDialling({ frontDoorUrl: identity.frontDoorUrl, attempt });
      const url = linkUrlOf(identity.frontDoorUrl);
      const dial = { clock, deadlineMs: DIAL_DEADLINE_MS, what: 'a connection to the front door', signal };
      const transport = await withDeadline(dial, (inner) => open(url, inner));
      this.#state = 'proving';
      const { version, protection } = await proveIdentity({ ...this.#options, transport, signal });
      const decode = (bytes: Uint8Array) => decodeWith(frontDoorFrameSchema, bytes);
      const channel = new LinkChannel<FrontDoorFrame, AgentFrame>({ transport, protection, decode, clock });
      servingSinceMs = clock.monotonicMs();
      events.linkServing({ frontDoorUrl: identity.frontDoorUrl, version });
      const { ending, goAway } = await this.#serveOn(channel, version, signal);
      return { ...experienceOf(ending), servedMs: clock.monotonicMs() - servingSinceMs, goAway };
    } catch (error) {
      if (error instanceof ClocksApart) events.clocksApart({ aheadMs: error.aheadMs });
      return { ...failedAttempt(error), servedMs: 0, goAway: undefined };
    }
  }

  async #serveOn(channel: LinkChannel<FrontDoorFrame, AgentFrame>, version: number, signal: AbortSignal) {
    const served = new ServedLink({ ...this.#options, channel, version });
    const onStop = () => {
      this.#state = 'draining';
      void served.drain(DRAIN_DEADLINE_MS);
    };
    this.#state = 'serving';
    this.#served = served;
    this.#whenServing.resolve();
    signal.addEventListener('abort', onStop, { once: true });
    try {
      if (signal.aborted) onStop();
      return { ending: await served.run(this.#options.announcement()), goAway: served.goAway };
    } finally {
      // Ended already, but for a mistake of our own on the way.
      channel.end('going-away');
      signal.removeEventListener('abort', onStop);
      this.#served = undefined;
      this.#whenServing = Promise.withResolvers<void>();
    }
  }
}

/** `https://host` becomes `wss://host/agent/v1/link`. */
function linkUrlOf(frontDoorUrl: string): URL {
  const url = new URL(LINK_PATH, frontDoorUrl);
  url.protocol = 'wss:';
  return url;
}

const STOPPED = { reason: 'stopped', advice: 'Nothing: this agent was asked to end.' } as const;

type Experience = Pick<Attempted, 'reason' | 'advice' | 'cause' | 'comeBack'>;

function experienceOf({ reason, code, cause }: LinkEnding): Experience {
  if (reason !== undefined) {
    return { reason, advice: LINK_ENDS[reason].advice, comeBack: LINK_ENDS[reason].comeBack, cause };
  }
  const claimed = reasonOfCode(code);
  const advice = claimed === undefined ? NETWORK_ADVICE : unprovenCloseAdvice(claimed);
  return { reason: 'cut', advice, comeBack: 'soon', cause };
}

/** Nothing that is said before the handshake is over keeps the agent away for long at once: it may be anybody's word. */
function failedAttempt(error: unknown): Experience {
  if (error instanceof FrontDoorNotGenuine) {
    const comeBack = comeBackUnproven(error.endReason);
    return { reason: 'not-genuine', advice: NOT_GENUINE_ADVICE, comeBack, cause: error };
  }
  if (error instanceof HandshakeFailure) {
    const { endReason: reason } = error;
    return { reason, advice: LINK_ENDS[reason].advice, comeBack: comeBackUnproven(reason), cause: error };
  }
  if (error instanceof LinkRefused) {
    const { reason } = error;
    if (reason === undefined) return { reason: 'cut', advice: NETWORK_ADVICE, comeBack: 'soon', cause: error };
    const advice = reason === 'revoked' ? UNPROVEN_REVOCATION_ADVICE : LINK_ENDS[reason].advice;
    return { reason, advice, comeBack: comeBackUnproven(reason), cause: error };
  }
  if (error instanceof FrontDoorUnreachable || error instanceof DeadlineExceeded) {
    return { reason: 'unreachable', advice: NETWORK_ADVICE, comeBack: 'soon', cause: error };
  }
  return {
    reason: 'agent-fault',
    advice: 'Report this: it is a mistake of the agent itself.',
    comeBack: 'soon',
    cause: error,
  };
}

const NETWORK_ADVICE =
  'Check that this machine reaches the front door over HTTPS: name, firewall, proxy, and the authority of its certificate.';
const unprovenCloseAdvice = (claimed: LinkEndReason) =>
  `The link was closed with the code for "${claimed}", without the front door having said so: the agent comes back. If it repeats, look at what is between the two.`;
const UNPROVEN_REVOCATION_ADVICE =
  'What answers says that this agent was revoked, and has not proven to be the front door: the agent keeps asking. Look in the front door; stop the agent or enrol it anew if it is so, look at what is in between if not.';
const NOT_GENUINE_ADVICE =
  'Do not ignore this: what answers is not the front door this agent was enrolled with. Check its address, and enrol again only if its key was replaced on purpose.';
