// The settings as JSON Schema (draft 2020-12), for editors: made from the same zod schemas that check the files.

import { z } from 'zod';

/** What an author writes: defaults may be left out. Checks that JSON Schema cannot say are left out of it. */
export function settingsJsonSchema(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
