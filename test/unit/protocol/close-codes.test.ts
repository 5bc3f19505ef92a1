// The table of how links end: every code means one thing, and tells the agent whether to come back.

import { describe, expect, it } from 'vitest';
import { comeBackUnproven, LINK_END_REASONS, LINK_ENDS, reasonOfCode } from '../../../src/protocol/close-codes.js';

const ends = LINK_END_REASONS.map((reason) => [reason, LINK_ENDS[reason]] as const);

describe('the ends of a link', () => {
  it('each have a code of their own, that an application may send (RFC 6455 §7.4)', () => {
    const codes = ends.map(([, end]) => end.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code === 1001 || code === 1009 || (code >= 4000 && code < 5000)).toBe(true);
  });

  it.each(ends)('%s is told from its code, with what to do', (reason, end) => {
    expect(reasonOfCode(end.code)).toBe(reason);
    expect(end.advice).toMatch(/\.$/);
  });

  it.each([1000, 1006, 1011, 4999])('an unknown code %i means: come back soon', (code) => {
    expect(reasonOfCode(code)).toBeUndefined();
    expect(comeBackUnproven(reasonOfCode(code))).toBe('soon');
  });

  it.each(LINK_END_REASONS)('%s keeps nobody away for long on the word of a stranger', (reason) => {
    expect(['soon', 'later-if-repeated']).toContain(comeBackUnproven(reason));
  });

  it('send an agent away for good only when it was revoked', () => {
    expect(ends.filter(([, end]) => end.comeBack === 'never').map(([reason]) => reason)).toEqual(['revoked']);
  });
});
