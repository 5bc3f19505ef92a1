// Generalized time (RFC 4517 §3.3.13) as the servers write it: to the second or finer, in UTC. Pure.

const TEXT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,](\d{1,9}))?Z$/;

/** Milliseconds since 1970 UTC; undefined for absent, and for what no server of ours writes. */
export function generalizedTimeMs(text: string | undefined): number | undefined {
  const match = TEXT.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const epochMs = Date.parse(iso);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

/** To the microsecond, as OpenLDAP compares them; UTC. */
export function formatGeneralizedTime(epochMs: number, digits: 'seconds' | 'microseconds'): string {
  const text = new Date(epochMs).toISOString().replaceAll(/[-T:]/g, '');
  return digits === 'seconds' ? `${text.slice(0, 14)}Z` : `${text.slice(0, 18)}000Z`;
}

/** In whole seconds, as passwords' times are kept; 0 for absent. */
export function generalizedTimeSeconds(text: string | undefined): bigint {
  return BigInt(Math.floor((generalizedTimeMs(text) ?? 0) / 1000));
}
