// Sets security questions up: a person chooses some and answers them, in one step and in place of all that were there. Says which rule
// an answer breaks and which field it stands in, and never repeats an answer.

import type { TenantId } from '../../../protocol/identifiers.js';
import type { Clock } from '../../../timing/clock.js';
import { HasherBusy } from '../../people/bounded-hasher.js';
import type { PasswordHasher } from '../../people/cloud-accounts.js';
import { questionIds, type SecurityQuestions } from '../../tenants/security-questions.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { DataBox } from '../data-box.js';
import type { MethodSetup, SetupProblem, SetupResult, SetupStep } from '../method-setup.js';
import type { MethodStore } from '../method-store.js';
import { bytesOfAnswer, comparedAnswer, problemOfAnswer } from './answers.js';
import { type KeptAnswer, KIND, sealAnswers } from './kept-answers.js';
import { questionTexts } from './question-texts.js';

export interface SecurityQuestionsSetupDeps {
  readonly store: Pick<MethodStore, 'replace'>;
  readonly box: DataBox;
  readonly clock: Clock;
  readonly hasher: PasswordHasher;
  readonly tenants: readonly Pick<Tenant, 'id' | 'securityQuestions'>[];
  readonly randomUuid: () => string;
}

/** `typed`: a question's id and its answer, in turn, as many pairs as the organisation asks people to set up. */
export function securityQuestionsSetup(deps: SecurityQuestionsSetupDeps): MethodSetup {
  const { store, box, clock, hasher, tenants, randomUuid } = deps;
  const settingsOf = (tenantId: TenantId) => tenants.find(({ id }) => id === tenantId)?.securityQuestions;
  return {
    kind: KIND,
    isOpenTo: (tenantId) => settingsOf(tenantId) !== undefined,
    async begin(step, typed) {
      const { account } = step;
      const settings = settingsOf(account.tenantId);
      if (settings === undefined || typed.length !== 2 * settings.toRegister)
        return { kind: 'refused', problem: 'malformed' };
      const chosen = pairsOf(typed);
      const again = { chosen: known(settings, chosen) };
      const refused = refusal(settings, step, chosen);
      if (refused !== undefined) return { kind: 'refused', ...refused, ...again };
      const answers = await hashed(chosen);
      if (answers === undefined) return { kind: 'refused', problem: 'not-now', ...again };
      const id = randomUuid();
      const data = sealAnswers(box, { account, id }, answers);
      await store.replace(account, { id, kind: KIND, name: '', address: '', data, setUpAtMs: clock.nowMs() });
      return { kind: 'done', id, shown: [] };

      async function hashed(all: readonly Chosen[]): Promise<readonly KeptAnswer[] | undefined> {
        const kept: KeptAnswer[] = [];
        try {
          // One after the other: one person takes one turn of the hasher at a time.
          for (const { questionId, answer } of all) {
            const bytes = bytesOfAnswer(account, questionId, comparedAnswer(answer));
            kept.push({ questionId, hash: await hasher.hash(bytes).finally(() => bytes.fill(0)) });
          }
        } catch (error) {
          if (error instanceof HasherBusy) return undefined;
          throw error;
        }
        return kept;
      }
    },
    // Nothing is ever left pending.
    confirm: async () => ({ kind: 'refused', problem: 'expired' }),
  };
}

interface Chosen {
  readonly questionId: string;
  readonly answer: string;
}

function pairsOf(typed: readonly string[]): readonly Chosen[] {
  return Array.from({ length: typed.length / 2 }, (_, pair) => ({
    questionId: typed[2 * pair] ?? '',
    answer: typed[2 * pair + 1] ?? '',
  }));
}

/** The questions that were chosen, each in its place; empty for what is none. */
function known(settings: SecurityQuestions, chosen: readonly Chosen[]): readonly string[] {
  const ids = questionIds(settings);
  return chosen.map(({ questionId }) => (ids.includes(questionId) ? questionId : ''));
}

type Refusal = Pick<Extract<SetupResult, { kind: 'refused' }>, 'problem' | 'at'>;

/** The first field that cannot stand, and why. */
function refusal(settings: SecurityQuestions, step: SetupStep, chosen: readonly Chosen[]): Refusal | undefined {
  const names = namesOf(step);
  const answers = chosen.map(({ answer }) => comparedAnswer(answer));
  for (const [index, { questionId, answer }] of chosen.entries()) {
    const problem = problemOfQuestion(settings, chosen, index);
    if (problem !== undefined) return { problem, at: 2 * index };
    const asked = questionTexts(settings, questionId);
    const ofAnswer = problemOfAnswer(answer, { asked, names });
    const isAlike = answers.indexOf(comparedAnswer(answer)) < index;
    if (ofAnswer !== undefined || isAlike) return { problem: ofAnswer ?? 'answers-alike', at: 2 * index + 1 };
  }
  return undefined;
}

function problemOfQuestion(
  settings: SecurityQuestions,
  chosen: readonly Chosen[],
  index: number,
): SetupProblem | undefined {
  const { questionId = '' } = chosen[index] ?? {};
  if (questionId === '') return 'missing';
  if (!questionIds(settings).includes(questionId)) return 'malformed';
  return chosen.findIndex((each) => each.questionId === questionId) < index ? 'question-twice' : undefined;
}

/** What anybody knows who knows whom to ask for: the user ID, whole and in parts, and the organisation. */
function namesOf({ userId, organisationName }: SetupStep): readonly string[] {
  return [userId, ...userId.split(/[@\\]/), organisationName];
}
