// What the parts of the minimal bridge say to each other, and are told at their start. Trusts everybody: it is a yardstick, no bridge.

import type { SealedPassword, SealingContext } from '../../../src/protocol/sealed-password.js';
import type { BareWriterOptions, PasswordWrite } from '../bare-writer.js';
import type { BenchAccount } from '../bench-accounts.js';

export interface DoorSettings {
  readonly host: string;
  readonly port: number;
  readonly certificate: string;
  readonly key: string;
}

export interface AgentSettings {
  readonly doorUrl: string;
  readonly ca: string;
  readonly writer: BareWriterOptions;
  readonly write: PasswordWrite;
}

/** Of the agent's: 65 bytes in base64url. */
export interface Ready {
  readonly publicKey?: string;
}

export interface MinimalReset {
  readonly account: BenchAccount;
  readonly sealed: SealedPassword;
  readonly context: SealingContext;
}

export interface Numbered {
  readonly number: number;
}
