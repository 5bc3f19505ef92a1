// FILETIME and its intervals: counts of 100 ns, since 1601 or as negative lengths (MS-DTYP 2.3.3, MS-ADTS 3.1.1.1.1). Pure.

const TICKS_PER_MS = 10_000n;
const MS_FROM_1601_TO_1970 = 11_644_473_600_000n;
const INT64_MAX = 0x7fff_ffff_ffff_ffffn;
const INT64_MIN = -0x8000_0000_0000_0000n;

/** When an account ends, in ms since 1970; undefined for never: absent, 0 or less, or the largest number. */
export function accountExpiryMs(accountExpires: bigint | undefined): number | undefined {
  return accountExpires === INT64_MAX ? undefined : filetimeMs(accountExpires);
}

/** An instant in ms since 1970; undefined for absent and for 0, which means never. */
export function filetimeMs(filetime: bigint | undefined): number | undefined {
  if (filetime === undefined || filetime <= 0n) return undefined;
  return Number(filetime / TICKS_PER_MS - MS_FROM_1601_TO_1970);
}

/** Length of a negative interval in ms; 0 for none, for absent, and for the smallest number, which means no limit. */
export function intervalMs(interval: bigint | undefined): number {
  if (interval === undefined || interval >= 0n || interval === INT64_MIN) return 0;
  return Number(-interval / TICKS_PER_MS);
}
