// The small scene above how something ended: two banks, water between them, and a bridge that is down or up. Our own drawing.
// Decoration only: the heading below says the same in words.

export type BridgePosition = 'lowered' | 'raised';

export function BridgeScene({ bridge }: { bridge: BridgePosition }) {
  return (
    <svg class="scene" viewBox="0 0 200 64" width="200" height="64" aria-hidden="true" focusable="false">
      <path class="mark-water" d="M62 57c5-4 10-4 15 0s10 4 15 0 10-4 15 0 10 4 15 0 10-4 15 0 10 4 15 0" />
      <path class="scene-bank" d="M0 46h58v18H0zM146 46h54v18h-54z" />
      <path class="mark-wall" d="M20 6h7v6h6V6h8v6h6V6h7v40H45V33a8 8 0 0 0-16 0v13h-9z" />
      {bridge === 'lowered' ? (
        <>
          <path class="mark-line" d="M53 17 140 43" />
          <path class="mark-bridge" d="M55 47h92" />
        </>
      ) : (
        <>
          <path class="mark-line" d="M53 17 93 10" />
          <path class="mark-bridge" d="M57 46 96 8" />
        </>
      )}
    </svg>
  );
}
