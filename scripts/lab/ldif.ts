// Writes LDIF (RFC 2849), as slapadd and ns-slapd load it. Pure. Knows nothing of what the entries mean.

export interface LdifEntry {
  readonly dn: string;
  /** Nothing is written for undefined or an empty list. */
  readonly attributes: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The entries in their order, each followed by the empty line that ends it. */
export function ldifOf(entries: readonly LdifEntry[]): string {
  return entries.map(entryText).join('');
}

/**
 * The entry with its password hashed, because bulk loaders store it as they find it, in the clear too, and a server's history
 * then holds it like that.
 */
export function withHashedPassword(entry: LdifEntry, hash: (password: string) => string): LdifEntry {
  const { userPassword } = entry.attributes;
  if (typeof userPassword !== 'string') return entry;
  return { ...entry, attributes: { ...entry.attributes, userPassword: hash(userPassword) } };
}

function entryText({ dn, attributes }: LdifEntry): string {
  const lines = Object.entries(attributes).flatMap(([name, values = []]) =>
    [values].flat().map((value) => line(name, value)),
  );
  return `${[line('dn', dn), ...lines].join('\n')}\n\n`;
}

/** A value that is no SAFE-STRING travels as base64. */
function line(name: string, value: string): string {
  return isSafe(value) ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

function isSafe(value: string): boolean {
  // Beyond RFC 2849 a final space is encoded too, as §2 note 8 advises.
  return /^(?:[!-9;=-~](?:[ -~]*[!-~])?)?$/.test(value);
}
