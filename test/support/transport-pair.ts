// Two transports joined in memory, with a tap where a man in the middle would sit.

import type { EndedBy, Transport, TransportEnd } from '../../src/protocol/transport.js';

/** What becomes of one message on its way: itself, altered, nothing, or several. `from` is who sent it. */
export type Tap = (from: 'left' | 'right', bytes: Uint8Array) => readonly Uint8Array[];

export interface TransportPair {
  readonly left: MemoryTransport;
  readonly right: MemoryTransport;
  /** Both ends lose the wire. */
  cut(): void;
}

export function transportPair(tap: Tap = (_, bytes) => [bytes]): TransportPair {
  const left: MemoryTransport = new MemoryTransport((bytes) => {
    for (const each of tap('left', bytes)) right.deliver(each);
  });
  const right: MemoryTransport = new MemoryTransport((bytes) => {
    for (const each of tap('right', bytes)) left.deliver(each);
  });
  left.onOurEnd = (code) => right.finish(code, code === 1006 ? 'wire' : 'peer');
  right.onOurEnd = (code) => left.finish(code, code === 1006 ? 'wire' : 'peer');
  return {
    left,
    right,
    cut: () => {
      left.finish(1006, 'wire');
      right.finish(1006, 'wire');
    },
  };
}

export class MemoryTransport implements Transport {
  readonly ended: Promise<TransportEnd>;
  /** What a full wire is, until a test clears it. */
  #isFull: PromiseWithResolvers<void> | undefined;
  onOurEnd: (code: number) => void = () => undefined;
  readonly #inbox: Uint8Array[] = [];
  readonly #carry: (bytes: Uint8Array) => void;
  #resolveEnded: (end: TransportEnd) => void = () => undefined;
  #reader: ((bytes: Uint8Array | undefined) => void) | undefined;
  #hasEnded = false;

  constructor(carry: (bytes: Uint8Array) => void) {
    this.#carry = carry;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  receive(): Promise<Uint8Array | undefined> {
    const next = this.#inbox.shift();
    if (next !== undefined || this.#hasEnded) return Promise.resolve(next);
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  fill(): void {
    this.#isFull ??= Promise.withResolvers();
  }

  clear(): void {
    this.#isFull?.resolve();
    this.#isFull = undefined;
  }

  async untilUnsent(): Promise<void> {
    await this.#isFull?.promise;
  }

  send(bytes: Uint8Array): void {
    if (!this.#hasEnded) this.#carry(bytes);
  }

  close(code: number): void {
    this.#end(code);
  }

  terminate(): void {
    this.#end(1006);
  }

  /** A message arrives. */
  deliver(bytes: Uint8Array): void {
    if (this.#hasEnded) return;
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) this.#inbox.push(bytes);
    else reader(bytes);
  }

  finish(code: number, by: EndedBy): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#resolveEnded({ code, by, cause: undefined });
    this.#reader?.(undefined);
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    this.finish(code, 'us');
    this.onOurEnd(code);
  }
}
