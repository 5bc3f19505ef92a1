// Our mark: a gate tower with its bridge half lowered on two chains, over water. Our own drawing, one colour, no text.

/** Decoration only: the organisation's name stands beside it. */
export function DrawbridgeMark() {
  return (
    <svg class="mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      {/* tower with battlements and an arched gate */}
      <path class="mark-wall" d="M4 8h5v5h3.5V8h5v5H21V8h5v28h-5.5v-8a5.5 5.5 0 0 0-11 0v8H4z" />
      {/* chains and the bridge itself */}
      <path class="mark-line" d="M26 15 42 27" />
      <path class="mark-bridge" d="M27.5 35 43.5 26.5" />
      {/* water */}
      <path class="mark-water" d="M4 42c2.7-2.6 5.3-2.6 8 0s5.3 2.6 8 0 5.3-2.6 8 0 5.3 2.6 8 0 5.3-2.6 8 0" />
    </svg>
  );
}
