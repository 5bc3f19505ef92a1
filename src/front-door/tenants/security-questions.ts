// Which security questions an organisation lets its people choose from, how many they set up and how many they answer: the setting,
// and what is refused in it. Knows no answer. What the predefined ones say is in methods/security-questions/predefined-words.ts.

import { z } from 'zod';
import type { TenantId } from '../../protocol/identifiers.js';
import { LANGUAGES, type Language } from '../languages/language.js';
import type { MethodKind } from '../methods/every-method.js';

/**
 * Chosen so that neither a register, nor a person's pages on the web, nor a list of the most frequent answers tells the answer; and
 * so that whoever lived it knows it still in ten years. One that is taken out here is asked of nobody any more.
 */
export const PREDEFINED_QUESTIONS = [
  'hiding-place',
  'stuffed-toy',
  'first-classmate',
  'teacher-nickname',
  'made-up-game',
  'friend-street',
  'first-poster',
  'late-night-book',
  'disliked-dish',
  'misspoken-word',
  'lost-way',
  'lost-thing',
  'broken-thing',
  'first-quarrel',
  'present-never-given',
  'present-of-grandparents',
  'first-earnings',
  'first-concert-companion',
  'cooking-mishap',
  'missed-last-train',
] as const;
export type PredefinedQuestion = (typeof PREDEFINED_QUESTIONS)[number];

/** In characters as people count them, roughly: code points. */
export const QUESTION_LENGTH = { min: 3, max: 200 } as const;
const OWN_QUESTIONS_MAX = 20;
const FEWEST_ASKED = 3;
const MOST_ASKED = 5;

const questionText = z
  .string()
  .trim()
  .refine((text) => [...text].length >= QUESTION_LENGTH.min && [...text].length <= QUESTION_LENGTH.max, {
    error: `must be ${QUESTION_LENGTH.min} to ${QUESTION_LENGTH.max} characters`,
  });

const ownQuestion = z.strictObject({
  /** Kept with people's answers: a question that becomes another one needs another id. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1–63 of a–z, 0–9 and hyphen'),
  /** What is asked: one text for everybody, or one for each language, the organisation's own among them. */
  text: z.union([questionText, z.partialRecord(z.enum(LANGUAGES), questionText)], {
    error: `must be a text of ${QUESTION_LENGTH.min} to ${QUESTION_LENGTH.max} characters, or one for each language`,
  }),
});

const mustBeSome = { error: `must be ${FEWEST_ASKED} to ${MOST_ASKED}` };
const howMany = z.int().min(FEWEST_ASKED, mustBeSome).max(MOST_ASKED, mustBeSome);

export const securityQuestionsSchema = z
  .strictObject({
    /** Questions that come with the front door, in every language of the pages. All of them by default. */
    predefined: z
      .array(z.enum(PREDEFINED_QUESTIONS, { error: `must be one of ${PREDEFINED_QUESTIONS.join(', ')}` }))
      .max(PREDEFINED_QUESTIONS.length)
      .default([...PREDEFINED_QUESTIONS]),
    /** The organisation's own. */
    own: z.array(ownQuestion).max(OWN_QUESTIONS_MAX).default([]),
    /** How many a person chooses and answers to set this way up. */
    toRegister: howMany.default(MOST_ASKED),
    /** How many of those, drawn at random, are asked. */
    toReset: howMany.default(FEWEST_ASKED),
    mayStandAlone: z
      .boolean()
      .describe(
        'Whether a policy of one gate may take them, so that answers are all that is asked. Off by default, and better so: OWASP says that questions must never be the only way, NIST SP 800-63B does not accept them at all.',
      )
      .default(false),
  })
  .superRefine((value, context) => {
    const { predefined, own, toRegister, toReset } = value;
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (new Set(predefined).size < predefined.length) refuse(['predefined'], 'names a question twice');
    const ids: string[] = [...PREDEFINED_QUESTIONS];
    const texts: string[] = [];
    for (const [index, { id, text }] of own.entries()) {
      if (ids.includes(id)) refuse(['own', index, 'id'], 'stands twice, or is the id of a predefined question');
      const said = (typeof text === 'string' ? [text] : Object.values(text)).map((each) => each.toLowerCase());
      if (said.some((each) => texts.includes(each))) refuse(['own', index, 'text'], 'asks what another one asks');
      ids.push(id);
      texts.push(...said);
    }
    if (toReset > toRegister) refuse(['toReset'], 'asks for more answers than people set up: toRegister');
    if (predefined.length + own.length < toRegister)
      refuse(['toRegister'], 'must not be more than there are questions to choose from');
  });

export type SecurityQuestions = z.infer<typeof securityQuestionsSchema>;

/** The ids that people may choose from and be asked, in the order of the settings. */
export function questionIds({ predefined, own }: SecurityQuestions): readonly string[] {
  return [...predefined, ...own.map(({ id }) => id)];
}

interface QuestionsInLanguage {
  readonly language: Language;
  readonly securityQuestions?: SecurityQuestions | undefined;
}

/** Refuses a question that some could not read. */
export function refuseUnreadableQuestions(value: QuestionsInLanguage, context: z.core.$RefinementCtx): void {
  const { language, securityQuestions } = value;
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const [index, { text }] of (securityQuestions?.own ?? []).entries()) {
    if (typeof text !== 'string' && text[language] === undefined)
      refuse(['securityQuestions', 'own', index, 'text'], `must be there in the tenant’s own language: ${language}`);
  }
}

export interface QuestionsTaken {
  /** A policy of one gate takes them: whoever knows the answers needs nothing else. */
  readonly isEnoughAlone: boolean;
}

export interface QuestionsEvents {
  /** A policy in force takes them. Told at the start, and whenever such a policy was put. */
  securityQuestionsTaken(event: { readonly tenantId: TenantId } & QuestionsTaken): void;
}

/** What the warning is about; undefined where no policy takes them. */
export function questionsTaken(
  policies: readonly { readonly gates: 1 | 2; readonly methods: readonly MethodKind[] }[],
): QuestionsTaken | undefined {
  const taking = policies.filter(({ methods }) => methods.includes('security-questions'));
  return taking.length === 0 ? undefined : { isEnoughAlone: taking.some(({ gates }) => gates === 1) };
}
