// The shape of `<script id="passkey">`: what the passkey's form tells its script, and which words it lends to it. Types only, and apart
// from the form, since the script must know nothing of how a page is made.

/** What the script finds in `<script id="passkey">`; see browser/passkey.ts for its reader. */
export interface PasskeyBlock {
  readonly does: 'use' | 'make';
  /** Of WebAuthn, as JSON; undefined: there are none, and nothing can be asked. */
  readonly options: unknown;
  readonly words: PasskeyWords;
}

/** What the script says, from the page's catalogue. */
export interface PasskeyWords {
  readonly waiting: string;
  readonly errorPrefix: string;
  readonly problems: Readonly<Record<'unsupported' | 'cancelled' | 'misplaced' | 'failed' | 'there-already', string>>;
}
