// A phone number as people type it, with the digits of their keyboard, and whether it is the one that is known. Pure.

import { phoneNumberIn } from '../../../protocol/phone-number.js';
import { europeanDigits } from '../../languages/european-digits.js';

/** Undefined: it cannot be a whole number with its country. */
export function typedNumber([typed = '']: readonly string[]): string | undefined {
  return phoneNumberIn(europeanDigits(typed));
}
