// What a person should know about the password they chose, although nothing speaks against it. Notices, never refusals.
// Pure, and the same in the browser and in the agent; the words are the pages'. Expects a text that was admitted (password-text).

/**
 * `not-on-every-keyboard`: not only ASCII; a logon screen may have another keyboard. `blank-at-the-edge`: begins or ends with a
 * blank, which is easily lost or added when it is copied. `unusual-blank`: one that looks like a blank and is another character,
 * as some keyboards send it (no-break space); directories compare it raw, so it is kept as it is.
 */
export const PASSWORD_NOTICES = ['not-on-every-keyboard', 'blank-at-the-edge', 'unusual-blank'] as const;

export type PasswordNotice = (typeof PASSWORD_NOTICES)[number];

export function noticesOf(password: string): PasswordNotice[] {
  return PASSWORD_NOTICES.filter((notice) => PATTERNS[notice].test(password));
}

const PATTERNS: Readonly<Record<PasswordNotice, RegExp>> = {
  'not-on-every-keyboard': /[^ -~]/,
  'blank-at-the-edge': /^\p{Zs}|\p{Zs}$/u,
  'unusual-blank': /[^\P{Zs} ]/u,
};
