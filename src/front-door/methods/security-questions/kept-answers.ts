// One person's answers as they are kept: question ids and argon2id hashes in one row, sealed. Knows no answer.

import { z } from 'zod';
import type { DataBox } from '../data-box.js';
import { type AccountRef, type KeptMethod, keptOfKind, type MethodStore } from '../method-store.js';

export const KIND = 'security-questions';

const keptSchema = z.array(z.strictObject({ questionId: z.string(), hash: z.string() }));

export interface KeptAnswer {
  readonly questionId: string;
  /** argon2id in its encoded form. */
  readonly hash: string;
}

export interface KeptAnswers {
  readonly row: KeptMethod;
  readonly answers: readonly KeptAnswer[];
}

export function sealAnswers(
  box: DataBox,
  { account, id }: { readonly account: AccountRef; readonly id: string },
  answers: readonly KeptAnswer[],
): Uint8Array {
  return box.seal(ownerOf(account, id), new TextEncoder().encode(JSON.stringify(answers)));
}

/** Of several rows the newest counts. Undefined: none were set up. Throws DataBoxNotOpened. */
export async function keptAnswers(
  { store, box }: { readonly store: Pick<MethodStore, 'list'>; readonly box: DataBox },
  account: AccountRef,
): Promise<KeptAnswers | undefined> {
  const row = (await keptOfKind(store, account, KIND)).at(-1);
  if (row === undefined) return undefined;
  const text = new TextDecoder().decode(box.open(ownerOf(account, row.id), row.data));
  return { row, answers: keptSchema.parse(JSON.parse(text)) };
}

function ownerOf(account: AccountRef, id: string): string {
  return `${account.tenantId}/${account.anchor}/${id}`;
}
