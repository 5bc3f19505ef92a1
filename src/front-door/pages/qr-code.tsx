// A QR code as a picture inside the page: nothing is fetched, and nothing but the page holds it. Black on white whatever the theme,
// since not every camera reads it the other way round.

import { encode } from 'uqr';

/** Modules of white around it (ISO/IEC 18004 §9.1 asks for four). */
const QUIET_ZONE = 4;

export function QrCode({ text, description }: { text: string; description: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  // One path of one-module squares, run by run.
  const path = data.flatMap((row, y) => runsOf(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`));
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={description}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}

/** Where dark modules begin, and how many follow. */
function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (!isDark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
