// "Get back into your account": the user ID, and a picture's characters or the answer to a question in words.
// Says nothing of whether anybody of that name exists.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from './field-names.js';
import {
  ActionButton,
  Button,
  ErrorSummary,
  type FormTarget,
  PageForm,
  PressedByEnter,
  TextField,
} from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { ChallengeProblem, UserIdProblem } from './page-words.js';
import { Lead, Notice, Onward } from './prose-parts.js';
import type { Texts } from './texts/en.js';

export type ShownChallenge =
  /** `src` is where the picture is served, or a `data:` address; its size is 480 × 160 pixels. */
  { readonly kind: 'picture'; readonly src: string } | { readonly kind: 'words'; readonly question: string };

export interface StartView {
  readonly form: FormTarget;
  /** What was typed before, kept; empty at first. */
  readonly userId: string;
  /** What was begun before cannot go on: the organisation's settings have changed since. */
  readonly areSettingsOthers: boolean;
  readonly challenge: ShownChallenge;
  readonly userIdProblem: UserIdProblem | undefined;
  readonly challengeProblem: ChallengeProblem | undefined;
}

const USER_ID = 'user-id';
const ANSWER = 'answer';

export function startPage(view: StartView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.start;
  const userIdProblem = view.userIdProblem && words.problems[view.userIdProblem];
  const challengeProblem = view.challengeProblem && words.problems[view.challengeProblem];
  const problems = [
    ...(userIdProblem === undefined ? [] : [{ fieldId: USER_ID, text: userIdProblem }]),
    ...(challengeProblem === undefined ? [] : [{ fieldId: ANSWER, text: challengeProblem }]),
  ];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problems.length > 0,
    progress: { at: 'account', operation: 'reset' },
    children: (
      <>
        <ErrorSummary texts={texts} problems={problems} />
        {view.areSettingsOthers && <Notice kind="fact">{words.settingsChanged}</Notice>}
        <Lead>{words.lead}</Lead>
        <PageForm target={view.form}>
          <PressedByEnter />
          <TextField
            id={USER_ID}
            texts={texts}
            label={words.userId}
            hint={words.userIdHint}
            problem={userIdProblem}
            input={{
              name: FIELD_NAMES.userId,
              value: view.userId,
              autocomplete: 'username',
              inputmode: 'email',
              maxlength: FIELD_LIMITS.userId,
              dir: 'ltr',
            }}
          />
          {view.challenge.kind === 'picture' ? (
            <PictureField texts={texts} challenge={view.challenge} problem={challengeProblem} />
          ) : (
            <WordsField texts={texts} question={view.challenge.question} problem={challengeProblem} />
          )}
          <Onward>
            <Button>{words.next}</Button>
          </Onward>
        </PageForm>
      </>
    ),
  });
}

const answerInput = {
  name: FIELD_NAMES.answer,
  value: '',
  autocomplete: 'off',
  inputmode: 'text',
  maxlength: FIELD_LIMITS.answer,
} as const;

function PictureField(props: {
  texts: Texts;
  challenge: Extract<ShownChallenge, { kind: 'picture' }>;
  problem: string | undefined;
}) {
  const words = props.texts.start;
  return (
    <div class="challenge">
      <TextField
        id={ANSWER}
        texts={props.texts}
        label={words.picture}
        hint={words.pictureHint}
        problem={props.problem}
        input={{ ...answerInput, class: 'characters', dir: 'ltr' }}
      >
        <img class="challenge-picture" src={props.challenge.src} alt={words.pictureDescribed} width={240} height={80} />
      </TextField>
      <div class="challenge-actions">
        <ActionButton action={ACTIONS.newChallenge}>{words.newCharacters}</ActionButton>
        <ActionButton action={ACTIONS.useWords}>{words.useWords}</ActionButton>
      </div>
    </div>
  );
}

function WordsField(props: { texts: Texts; question: string; problem: string | undefined }) {
  const words = props.texts.start;
  return (
    <div class="challenge">
      <p class="challenge-heading">{words.words}</p>
      <TextField
        id={ANSWER}
        texts={props.texts}
        label={props.question}
        hint={words.wordsHint}
        problem={props.problem}
        input={answerInput}
      />
      <div class="challenge-actions">
        <ActionButton action={ACTIONS.newChallenge}>{words.newQuestion}</ActionButton>
        <ActionButton action={ACTIONS.usePicture}>{words.usePicture}</ActionButton>
      </div>
    </div>
  );
}
