// Shows an address only as far as its owner needs to recognise it. The number of dots tells nothing: it is always the same.

/** `ada@example.com` → `a•••@e•••.com`. Text that is no address becomes dots alone. */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const lastDot = domain.lastIndexOf('.');
  if (at < 1 || lastDot < 1) return '•••';
  return `${firstCharacter(address)}•••@${firstCharacter(domain)}•••${domain.slice(lastDot)}`;
}

function firstCharacter(text: string): string {
  const [first] = text;
  return first ?? '';
}
