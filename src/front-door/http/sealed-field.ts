// Reads what a page's script sealed out of its form.

import { z } from 'zod';
import { sealedPasswordSchema } from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import type { SealedPassword } from '../../protocol/sealed-password.js';

const sealedSchema = z.array(sealedPasswordSchema).min(1).max(LIMITS.recipientsMax);

/** What the browser sealed, or undefined when that is anything else: then it is not looked at, kept or passed on. */
export function sealedOf(text: string): readonly SealedPassword[] | undefined {
  try {
    const parsed = sealedSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // The parser's message quotes what it read, which may be a password: dropped on purpose.
    return undefined;
  }
}
