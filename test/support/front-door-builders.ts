// Builders of the front door's plain data for tests: complete, invented, changed field by field.

import type { TextEvents } from '../../src/front-door/methods/text-message/send-text-code.js';
import { noticeSettingsOf } from '../../src/front-door/notices/notice-settings.js';
import type { Tenant } from '../../src/front-door/tenants/tenant.js';
import { wordingOf } from '../../src/front-door/wording/wording.js';
import { parseAccountAnchor, parseTenantId } from '../../src/protocol/identifiers.js';
import type { Inspection, ManagedAccount } from '../../src/protocol/managed-accounts.js';
import { WrittenBatch } from '../../src/protocol/written-batch.js';
import { accountText, WrittenChange } from '../../src/protocol/written-change.js';

export function aTenant(changes: Partial<Omit<Tenant, 'id'>> & { id?: string } = {}): Tenant {
  return {
    name: 'Example Organisation',
    language: 'en',
    domains: ['example.com'],
    reset: 'everyone',
    unlock: true,
    policies: [{ name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'authenticator-code'] }],
    contact: { kind: 'email', addresses: ['helpdesk@example.com'] },
    notify: true,
    signIn: true,
    registration: { isRequired: false, reconfirmDays: 0 },
    onDisowned: 'stop',
    signInUrl: 'https://sign-in.example.com/',
    administrators: {},
    securityQuestions: undefined,
    ...changes,
    id: parseTenantId(changes.id ?? 'example'),
  };
}

/** Of an organisation that has our words and our colours. */
export const HOUSE_NOTICES = noticeSettingsOf({ wording: wordingOf([]), looks: new Map(), timeZone: 'UTC' });

export const WRITE_BACK = {
  kind: 'write-back',
  reset: { kind: 'allowed' },
  change: { kind: 'closed', reason: 'not-enabled' },
  unlock: { kind: 'closed', reason: 'not-locked' },
  signIn: { kind: 'closed', reason: 'not-enabled' },
} as const;

export function anAccount(changes: Partial<Omit<ManagedAccount, 'anchor'>> & { anchor?: string } = {}): ManagedAccount {
  return {
    displayName: 'Ada Example',
    userPrincipalName: 'ada@example.com',
    samAccountName: 'ada',
    domainName: 'CORP',
    mail: ['ada@example.com'],
    resetMail: ['ada.private@example.net'],
    resetPhones: [],
    disposition: WRITE_BACK,
    ...changes,
    anchor: parseAccountAnchor(changes.anchor ?? '6f1f1d1e-0000-4000-8000-000000000001'),
  };
}

/** As an agent sends them. */
export function aWrittenBatch(...accounts: readonly ManagedAccount[]): WrittenBatch {
  const batch = new WrittenBatch();
  for (const account of accounts)
    if (!batch.add(WrittenChange.of(account, { text: accountText(account), fingerprint: 'f' })))
      throw new Error('more than one batch takes');
  return batch;
}

export function anInspection(
  changes: Partial<Omit<Extract<Inspection, { kind: 'found' }>, 'kind'>> = {},
): Extract<Inspection, { kind: 'found' }> {
  return {
    kind: 'found',
    account: anAccount(),
    policy: {
      source: 'domain',
      lengthMin: 7,
      mustBeComplex: true,
      historyLength: 24,
      historyOnReset: 'not-enforced',
      ageMinMs: 0,
    },
    isLocked: false,
    mustChange: false,
    ...changes,
  };
}

/** Nobody listens. */
export const silentTextEvents: TextEvents = {
  textSent: () => undefined,
  textNotSent: () => undefined,
  textHeldBack: () => undefined,
  textsStopped: () => undefined,
};
