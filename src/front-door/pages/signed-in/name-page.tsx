// Whose password is to be entered: the user ID alone. Says nothing of whether anybody of that name exists.

import { FIELD_LIMITS, FIELD_NAMES } from '../field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, TextField } from '../form-parts.js';
import { renderPage, type Surroundings } from '../layout.js';
import type { Purpose, UserIdProblem } from '../page-words.js';
import { Lead, Onward, QuietLink } from '../prose-parts.js';

export interface NameView {
  readonly form: FormTarget;
  readonly purpose: Purpose;
  /** What was typed before, kept; empty at first. */
  readonly userId: string;
  readonly problem: UserIdProblem | undefined;
}

const USER_ID = 'user-id';

export function namePage(view: NameView, surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  const words = texts.signedIn.name;
  const problem = view.problem && texts.start.problems[view.problem];
  return renderPage({
    heading: words.heading[view.purpose],
    surroundings,
    hasErrors: problem !== undefined,
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: USER_ID, text: problem }]} />
        <Lead>{words.lead[view.purpose]}</Lead>
        <PageForm target={view.form}>
          <TextField
            id={USER_ID}
            texts={texts}
            label={texts.start.userId}
            hint={texts.start.userIdHint}
            problem={problem}
            input={{
              name: FIELD_NAMES.userId,
              value: view.userId,
              autocomplete: 'username',
              inputmode: 'email',
              maxlength: FIELD_LIMITS.userId,
              dir: 'ltr',
            }}
          />
          <Onward>
            <Button>{texts.start.next}</Button>
            <QuietLink href={startHref}>{words.forgot}</QuietLink>
          </Onward>
        </PageForm>
      </>
    ),
  });
}
