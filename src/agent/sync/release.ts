// Gives the memory of large tables back at once. A collector comes for it when the program has made much else, which after a pass over a
// million people may be at the next one: then the tables of both are there. Knows nothing of what was in them.

/** What they held is gone: nothing may be asked of them any more. */
export function release(...tables: readonly { readonly buffer: ArrayBuffer }[]): void {
  for (const { buffer } of tables) if (!buffer.detached) buffer.transfer(0);
}
