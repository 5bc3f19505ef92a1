// Why a link was closed, and whether the agent should come back. One table; the numbers are WebSocket close codes (RFC 6455 §7.4).
// A close code is anybody's word who sits on the wire: what keeps an agent away for long counts only as a `closing` frame.

/**
 * `soon`: backoff as usual. `later-if-repeated`: the same, and long once it happened again and again. `later`: long backoff,
 * somebody has to act first. `never`: this identity is not welcome any more.
 */
export type ComeBack = 'soon' | 'later-if-repeated' | 'later' | 'never';

export interface LinkEnd {
  readonly code: number;
  readonly comeBack: ComeBack;
  /** What the administrator should do. */
  readonly advice: string;
}

export const LINK_END_REASONS = [
  'going-away',
  'malformed-frame',
  'frame-not-authentic',
  'not-authenticated',
  'revoked',
  'handshake-timeout',
  'replaced-by-newer-link',
  'frame-too-large',
  'clock-skew',
  'version-not-supported',
  'over-limit',
  'heartbeat-lost',
] as const;
export type LinkEndReason = (typeof LINK_END_REASONS)[number];

export const LINK_ENDS: Readonly<Record<LinkEndReason, LinkEnd>> = {
  'going-away': {
    code: 1001,
    comeBack: 'soon',
    advice: 'Nothing: the front door restarts, the agent returns by itself.',
  },
  'malformed-frame': {
    code: 4400,
    comeBack: 'later-if-repeated',
    advice: 'Check that agent and front door are of released versions; report this.',
  },
  'frame-not-authentic': {
    code: 4402,
    comeBack: 'soon',
    advice: 'Nothing, unless it repeats: then something between agent and front door alters what they send.',
  },
  'not-authenticated': {
    code: 4401,
    comeBack: 'later',
    advice: 'Enrol the agent again: the front door does not accept its identity.',
  },
  revoked: {
    code: 4403,
    comeBack: 'never',
    advice: 'This agent was revoked in the front door. Enrol it anew if that was not meant.',
  },
  'handshake-timeout': {
    code: 4408,
    comeBack: 'soon',
    advice: 'Nothing, unless it repeats: then look at the network between agent and front door.',
  },
  'replaced-by-newer-link': {
    code: 4409,
    comeBack: 'later',
    advice: 'The same identity connected from elsewhere. If you did not move the agent, revoke it: its key was copied.',
  },
  'frame-too-large': {
    code: 1009,
    comeBack: 'later-if-repeated',
    advice: 'Report this: a frame above the limit must not be made.',
  },
  'clock-skew': { code: 4412, comeBack: 'later', advice: 'Set the clock of the agent or of the front door (NTP).' },
  'version-not-supported': { code: 4426, comeBack: 'later', advice: 'Upgrade the older of the two.' },
  'over-limit': {
    code: 4429,
    comeBack: 'later-if-repeated',
    advice: 'More requests in flight than allowed: report this.',
  },
  'heartbeat-lost': {
    code: 4430,
    comeBack: 'soon',
    advice: 'Nothing, unless it repeats: then look for a proxy that cuts idle connections.',
  },
};

export function reasonOfCode(code: number): LinkEndReason | undefined {
  return LINK_END_REASONS.find((reason) => LINK_ENDS[reason].code === code);
}

/**
 * When to come back for a reason that nobody has proven: of a close code, or from before the handshake was over. Whoever sits in
 * between could otherwise keep an agent away for a quarter of an hour, or for good, with one message.
 */
export function comeBackUnproven(reason: LinkEndReason | undefined): ComeBack {
  return reason === undefined || LINK_ENDS[reason].comeBack === 'soon' ? 'soon' : 'later-if-repeated';
}
