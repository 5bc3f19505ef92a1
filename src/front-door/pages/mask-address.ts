// Shows an address or a phone's number only as far as its owner needs to recognise it. The number of dots tells nothing: it is always the same.

import { callingCodeOf, PHONE_NUMBER } from '../../protocol/phone-number.js';

/** Of a mailbox or a phone, whichever it is. */
export function maskAddress(address: string): string {
  return PHONE_NUMBER.test(address) ? maskPhoneNumber(address) : maskEmailAddress(address);
}

/** `ada@example.com` → `a•••@e•••.com`. Text that is no address becomes dots alone. */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const lastDot = domain.lastIndexOf('.');
  if (at < 1 || lastDot < 1) return '•••';
  return `${firstCharacter(address)}•••@${firstCharacter(domain)}•••${domain.slice(lastDot)}`;
}

/** `+4915123456747` → `+49 ••• ••• ••47`, with spaces that no line is broken at. */
export function maskPhoneNumber(number: string): string {
  return `+${callingCodeOf(number) ?? ''}\u00a0•••\u00a0•••\u00a0••${number.slice(-2)}`;
}

function firstCharacter(text: string): string {
  const [first] = text;
  return first ?? '';
}
