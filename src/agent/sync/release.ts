// Memory of large tables, which is given back at once. A collector comes for it when the program has made much else, which after a pass over a
// million people may be at the next one: then the tables of both are there. Knows nothing of what was in them.

/** What they held is gone: nothing may be asked of them any more. */
export function release(...tables: readonly { readonly buffer: ArrayBuffer }[]): void {
  for (const { buffer } of tables) if (!buffer.detached) buffer.transfer(0);
}

/** Bytes in memory of their own, as all have to be that are released: what Buffer makes of itself may be shared. */
export function roomFor(bytes: number): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(bytes));
}
