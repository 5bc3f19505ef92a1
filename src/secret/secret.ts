// A value that must not be seen: it has no readable form until `expose()` is written on the line that uses it.
// Holds bytes, not a string, so that it can be zeroed. Knows nothing of what it protects.

const HIDDEN = '[secret]';
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

/** Secret text, kept as UTF-8 bytes. Prints, serialises and inspects as `[secret]`. */
export class Secret {
  readonly #bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  static fromText(text: string): Secret {
    return new Secret(new TextEncoder().encode(text));
  }

  /** Takes the bytes over: the caller must not use them again. */
  static fromBytes(bytes: Uint8Array): Secret {
    return new Secret(bytes);
  }

  /** The text itself. A string cannot be zeroed: keep it inside the expression that needs it. */
  expose(): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes);
  }

  /** The bytes themselves, not a copy. */
  exposeBytes(): Uint8Array {
    return this.#bytes;
  }

  /** Zeroes the bytes. The secret is empty text of the same length in NULs from then on. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspectSymbol](): string {
    return HIDDEN;
  }
}
