// Reads fields out of a posted form: text or nothing. What is anything else counts as empty.

/** A field that came twice counts as empty. */
export function fieldOf(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === 'string' ? value : '';
}

/** A field that may come several times, in order; of more than FIELDS_OF_A_NAME_MAX the first ones. */
export function fieldsOf(body: unknown, name: string): readonly string[] {
  const one = fieldOf(body, name);
  if (one !== '' || typeof body !== 'object' || body === null) return [one];
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  const all: readonly unknown[] = Array.isArray(value) ? value.slice(0, FIELDS_OF_A_NAME_MAX) : [];
  return all.map((field) => (typeof field === 'string' ? field : ''));
}

/** As many as a form of ours has of one name. */
const FIELDS_OF_A_NAME_MAX = 16;
