// Generalized time (RFC 4517 §3.3.13) as the servers write it: to the second or finer, in UTC. Pure.

const TEXT = /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:[.,]\d{1,9})?Z$/;
/** Where the fraction begins, with what is before it. */
const FRACTION_AT = 14;
const ZERO = 0x30;

/**
 * Milliseconds since 1970 UTC; undefined for absent, and for what no server of ours writes. A day behind the last of its month is one of
 * the next.
 */
export function generalizedTimeMs(text: string | undefined): number | undefined {
  if (text === undefined || !TEXT.test(text)) return undefined;
  const year = numberAt(text, 0, 4);
  // Date.UTC takes two digits for years of the last century.
  if (year < 100) return undefined;
  const seconds = Date.UTC(
    year,
    numberAt(text, 4, 2) - 1,
    numberAt(text, 6, 2),
    numberAt(text, 8, 2),
    numberAt(text, 10, 2),
    numberAt(text, 12, 2),
  );
  return seconds + fractionMs(text);
}

function fractionMs(text: string): number {
  const digits = Math.min(text.length - FRACTION_AT - 2, 3);
  return digits <= 0 ? 0 : numberAt(text, FRACTION_AT + 1, digits) * 10 ** (3 - digits);
}

/** Of digits that are there. */
function numberAt(text: string, at: number, digits: number): number {
  let number = 0;
  for (let offset = 0; offset < digits; offset += 1) number = number * 10 + text.charCodeAt(at + offset) - ZERO;
  return number;
}

/** To the microsecond, as OpenLDAP compares them; UTC. */
export function formatGeneralizedTime(epochMs: number, digits: 'seconds' | 'microseconds'): string {
  const text = new Date(epochMs).toISOString().replaceAll(/[-T:]/g, '');
  return digits === 'seconds' ? `${text.slice(0, 14)}Z` : `${text.slice(0, 18)}000Z`;
}

/** As passwords' times are kept; 0 for absent. */
export function wholeSeconds(epochMs: number | undefined): bigint {
  return BigInt(Math.floor((epochMs ?? 0) / 1000));
}
