// Tells passwords that a directory might take for a stored form (`{SSHA}…`, RFC 3112) instead of hashing them. Pure.
// Such a one is never sent: it would be refused at best, and be the hash of a password that nobody typed at worst.

const OPENING = 0x7b;
const CLOSING = 0x7d;

export function looksStored(passwordUtf8: Uint8Array): boolean {
  return passwordUtf8[0] === OPENING && passwordUtf8.includes(CLOSING);
}
