// Which questions an open proof asks, as they stand in its prompt: for the page that shows them and for whoever checks the answers. Pure.

import { z } from 'zod';
import type { OpenProof } from '../proof-method.js';

const idsSchema = z.array(z.string());

/** Their ids, in order. */
export function questionsAsked({ prompt }: Pick<OpenProof, 'prompt'>): readonly string[] {
  return prompt === '' ? [] : idsSchema.parse(JSON.parse(prompt));
}
