// Assertions: what only our own mistake could break. Never used on input from outside.

/** Our own mistake. Not a Failure: it ends the request that met it, and is logged with its stack. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

/** Refuses to go on when `condition` is false; `claim` says what should have held. */
export function assert(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new AssertionFailed(claim);
}

/** Ends a switch over a closed union: adding a kind breaks the build here. */
export function assertNever(value: never): never {
  const kind: unknown = Object(value).kind;
  throw new AssertionFailed(`a case is missing for ${JSON.stringify(kind ?? value)}`);
}
