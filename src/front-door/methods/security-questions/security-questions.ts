// Proof by security questions: some of those that the person answered beforehand are asked, and all of them must be answered rightly.
// Weak, since others may know or find the answers: off unless a policy takes them, and never for administrators. An answer is compared
// by its hash alone; which one was wrong is told to nobody, nor by how long it took.

import { z } from 'zod';
import type { Clock } from '../../../timing/clock.js';
import { HasherBusy } from '../../people/bounded-hasher.js';
import type { PasswordHasher } from '../../people/cloud-accounts.js';
import { questionIds } from '../../tenants/security-questions.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { DataBox } from '../data-box.js';
import type { AccountRef, MethodStore } from '../method-store.js';
import type { ProofMethod } from '../proof-method.js';
import { bytesOfAnswer, canBeAnswer, comparedAnswer } from './answers.js';
import { questionsAsked } from './asked-questions.js';
import { drawQuestions } from './draw-questions.js';
import { type KeptAnswer, type KeptAnswers, KIND, keptAnswers } from './kept-answers.js';

const ANSWER_WITHIN_MS = 15 * 60_000;
const TRIES_MAX = 5;

const textsSchema = z.array(z.string());

export interface SecurityQuestionsDeps {
  readonly store: Pick<MethodStore, 'list' | 'advance'>;
  readonly box: DataBox;
  readonly clock: Clock;
  readonly hasher: PasswordHasher;
  readonly tenants: readonly Pick<Tenant, 'id' | 'securityQuestions'>[];
  /** 32 bytes: draws the questions. */
  readonly digestKey: Uint8Array;
}

export function securityQuestions(deps: SecurityQuestionsDeps): ProofMethod {
  const { store, clock, hasher } = deps;
  return {
    kind: KIND,
    isAskedAnew: true,
    typed: (fields) => {
      const compared = fields.map(comparedAnswer);
      return compared.length > 0 && compared.every(canBeAnswer) ? JSON.stringify(compared) : undefined;
    },
    async registered(owner) {
      return (await askable(deps, owner)) === undefined ? [] : [{ id: 'questions', kind: KIND, address: '' }];
    },
    async start({ account }) {
      const found = await askable(deps, account);
      if (found === undefined) return undefined;
      const { row, answers, toReset } = found;
      const turn = { rowId: row.id, answered: row.counter };
      const ids = answers.map(({ questionId }) => questionId);
      const prompt = JSON.stringify(drawQuestions(deps.digestKey, turn, ids, toReset));
      const nowMs = clock.nowMs();
      return { digest: '', prompt, issuedAtMs: nowMs, expiresAtMs: nowMs + ANSWER_WITHIN_MS, triesLeft: TRIES_MAX };
    },
    async verify({ account }, _method, open, answer) {
      const nowMs = clock.nowMs();
      if (open === undefined || open.triesLeft <= 0 || nowMs >= open.expiresAtMs) return 'expired';
      const found = await askable(deps, account);
      if (found === undefined) return 'wrong';
      const drawn = questionsAsked(open);
      const given = textsSchema.parse(JSON.parse(answer));
      const isRight = await isEveryAnswerRight(hasher, account, pairs(drawn, given, found.answers)).catch(
        (error: unknown) => {
          if (error instanceof HasherBusy) return undefined;
          throw error;
        },
      );
      if (isRight === undefined) return 'not-now';
      const isAll = isRight && drawn.length === found.toReset && given.length === drawn.length;
      // Answered: the next draw is another. Only what was right is a use.
      await store.advance(found.row.id, found.row.counter + 1, isAll ? nowMs : undefined);
      return isAll ? 'right' : 'wrong';
    },
  };
}

interface Askable extends KeptAnswers {
  readonly toReset: number;
}

/** What the person answered of what is asked still; undefined where that is too little. */
async function askable(deps: SecurityQuestionsDeps, account: AccountRef): Promise<Askable | undefined> {
  const settings = deps.tenants.find(({ id }) => id === account.tenantId)?.securityQuestions;
  if (settings === undefined) return undefined;
  const kept = await keptAnswers(deps, account);
  if (kept === undefined) return undefined;
  const asked = questionIds(settings);
  const answers = kept.answers.filter(({ questionId }) => asked.includes(questionId));
  const { toReset } = settings;
  return answers.length < toReset ? undefined : { row: kept.row, answers, toReset };
}

interface Pair {
  readonly questionId: string;
  readonly given: string;
  readonly hash: string;
}

/** One for each question that was drawn. What was not answered, or is not there any more, is compared with what it cannot match. */
function pairs(drawn: readonly string[], given: readonly string[], answers: readonly KeptAnswer[]): readonly Pair[] {
  const [some] = answers;
  return drawn.map((questionId, index) => {
    const kept = answers.find((each) => each.questionId === questionId);
    const hash = kept?.hash ?? some?.hash ?? '';
    // An empty answer was never registered.
    return { questionId, given: kept === undefined ? '' : (given[index] ?? ''), hash };
  });
}

/** One after the other and every one of them, so that neither memory nor time tells how many were right. */
async function isEveryAnswerRight(
  hasher: PasswordHasher,
  account: AccountRef,
  compared: readonly Pair[],
): Promise<boolean> {
  let right = 0;
  for (const { questionId, given, hash } of compared) {
    const bytes = bytesOfAnswer(account, questionId, given);
    if (await hasher.matches(hash, bytes).finally(() => bytes.fill(0))) right += 1;
  }
  return right === compared.length && right > 0;
}
