// Our mark: a gate tower with its bridge half lowered on two chains, over water. Our own drawing, one colour, no text.

/** Decoration only: the organisation's name stands beside it. */
export function DrawbridgeMark() {
  return (
    <svg class="mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      {/* tower with battlements and an arched gate */}
      <path class="mark-wall" d="M5 8h4v4h4V8h5v4h4V8h4v28h-5.500V26a5 5 0 0 0-10 0v10H5z" />
      {/* chains and the bridge itself */}
      <path class="mark-line" d="M26 15 41.500 27" />
      <path class="mark-bridge" d="M24.500 35.500 43.500 26.500" />
      {/* water */}
      <path
        class="mark-water"
        d="M4 42c2.700-2.600 5.300-2.600 8 0s5.300 2.600 8 0 5.300-2.600 8 0 5.300 2.600 8 0 5.300-2.600 8 0"
      />
    </svg>
  );
}
