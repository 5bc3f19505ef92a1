// Why a link was closed, and whether the agent should come back. One table; the numbers are WebSocket close codes (RFC 6455 §7.4).

/**
 * `soon`: backoff as usual. `later`: long backoff, somebody has to act first. `never`: this identity is not welcome any more,
 * which counts on an established link only; before, an agent takes it for `later`.
 */
export type ComeBack = 'soon' | 'later' | 'never';

export interface LinkEnd {
  readonly code: number;
  readonly comeBack: ComeBack;
  /** What the administrator should do. */
  readonly advice: string;
}

export const LINK_ENDS = {
  'going-away': {
    code: 1001,
    comeBack: 'soon',
    advice: 'Nothing: the front door restarts, the agent returns by itself.',
  },
  'malformed-frame': {
    code: 4400,
    comeBack: 'later',
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
    comeBack: 'later',
    advice: 'Report this: a frame above the limit must not be made.',
  },
  'clock-skew': { code: 4412, comeBack: 'later', advice: 'Set the clock of the agent or of the front door (NTP).' },
  'version-not-supported': { code: 4426, comeBack: 'later', advice: 'Upgrade the older of the two.' },
  'over-limit': { code: 4429, comeBack: 'later', advice: 'More requests in flight than allowed: report this.' },
  'heartbeat-lost': {
    code: 4430,
    comeBack: 'soon',
    advice: 'Nothing, unless it repeats: then look for a proxy that cuts idle connections.',
  },
} as const satisfies Record<string, LinkEnd>;

export type LinkEndReason = keyof typeof LINK_ENDS;

/** What a close code means. Unknown codes, and 1006 for a cut wire, mean: come back soon. */
export function comeBackAfter(code: number): ComeBack {
  return Object.values(LINK_ENDS).find((end) => end.code === code)?.comeBack ?? 'soon';
}

export function reasonOfCode(code: number): LinkEndReason | undefined {
  const found = Object.entries(LINK_ENDS).find(([, end]) => end.code === code);
  return found === undefined ? undefined : (found[0] as LinkEndReason);
}
