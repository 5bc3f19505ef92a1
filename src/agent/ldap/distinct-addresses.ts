// Mail addresses, each once. Pure.

/** The first spelling of each, in any case. */
export function distinctAddresses(addresses: readonly string[]): readonly string[] {
  // Nearly everybody has one, or none.
  if (addresses.length <= 1 && addresses[0] !== '') return addresses;
  const byKey = new Map<string, string>();
  for (const address of addresses) {
    const key = address.toLowerCase();
    if (address !== '' && !byKey.has(key)) byKey.set(key, address);
  }
  return [...byKey.values()];
}
