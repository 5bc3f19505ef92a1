// Changes of one batch, gathered as the bytes that are sent of them. Bytes, and no objects: a batch lives long enough for a collector to copy
// all that it is made of, and of a million people there are four thousand. No I/O.

import { LIMITS } from './limits.js';
import type { WrittenChange } from './written-change.js';

/**
 * Of text. Far below what a frame may be: what V8 makes of a JSON text of 100 KiB or more is old at once, and a front door that is told of
 * a million people would have to look through its whole heap every second.
 */
const BATCH_BYTES_MAX = 96_000;

export class WrittenBatch {
  readonly #bytes = new Uint8Array(BATCH_BYTES_MAX);
  #to = 0;
  #length = 0;
  /** Each with its place, by its text: nearly all people have the same few. */
  readonly #dispositions = new Map<string, number>();

  /** How many changes. */
  get length(): number {
    return this.#length;
  }

  /** Returns false, and takes nothing, where there is no room; an empty one has room for any account that is in contract. */
  add({ anchor, text: { person, disposition }, fingerprint }: WrittenChange): boolean {
    const place = this.#dispositions.get(disposition) ?? this.#dispositions.size;
    const text = `${this.#length === 0 ? '' : ','}["${anchor}",${person},${place},"${fingerprint}"]`;
    if (this.#length === LIMITS.accountsPerBatchMax) return false;
    // As far as there is room; what is not written to its end is not counted.
    const { read, written } = utf8.encodeInto(text, this.#bytes.subarray(this.#to));
    if (read < text.length) return false;
    this.#to += written;
    this.#dispositions.set(disposition, place);
    this.#length += 1;
    return true;
  }

  /** The frame in UTF-8 that this is in. `rest`: all else that is in it, as a JSON object that is not empty. */
  frameWith(rest: string): Uint8Array {
    const dispositions = this.#length === 0 ? '' : `"dispositions":[${[...this.#dispositions.keys()].join(',')}],`;
    const head = utf8.encode(`{${dispositions}"changed":[],"rows":[`);
    const tail = utf8.encode(`],${rest.slice(1)}`);
    const frame = new Uint8Array(head.length + this.#to + tail.length);
    frame.set(head);
    frame.set(this.#bytes.subarray(0, this.#to), head.length);
    frame.set(tail, head.length + this.#to);
    return frame;
  }
}

const utf8 = new TextEncoder();
