// Lines of LDIF (RFC 2849) for people to hand to ldapmodify. Pure.

/** What is no SAFE-STRING, or ends with a blank, travels as base64 (RFC 2849 §2, note 8). */
export function ldifLine(name: string, value: string): string {
  const isSafe = /^(?:[!-9;=-~](?:[ -~]*[!-~])?)?$/.test(value);
  return isSafe ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

/** The value in the clear above its line, where that line hides it. */
export function ldifLines(name: string, value: string): string[] {
  const line = ldifLine(name, value);
  return line.startsWith(`${name}::`) ? [`# ${name}: ${value}`, line] : [line];
}
