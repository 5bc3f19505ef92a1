// "Why are you having trouble signing in?": a forgotten password, or a locked account.
// Shown only where unlocking is offered; says that the account is locked only when the view data does.

import { FIELD_NAMES, TROUBLES } from './field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, RadioChoices } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import { Notice, Onward } from './prose-parts.js';

export interface TroubleView {
  readonly form: FormTarget;
  /** True only where this fact may be told: it speaks about the account before anybody proved anything. */
  readonly tellsLocked: boolean;
  readonly chosen: keyof typeof TROUBLES | undefined;
  readonly problem: 'missing' | undefined;
}

const FIELD = 'trouble';

export function troublePage(view: TroubleView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.trouble;
  const problem = view.problem && words.missing;
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    progress: { at: 'account', operation: 'reset' },
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: `${FIELD}-0`, text: problem }]}
        />
        {view.tellsLocked && <Notice kind="fact">{words.locked}</Notice>}
        <PageForm target={view.form}>
          <RadioChoices
            id={FIELD}
            texts={texts}
            legend={words.legend}
            name={FIELD_NAMES.trouble}
            chosen={view.chosen}
            problem={problem}
            choices={[
              { value: TROUBLES.forgot, label: words.forgot, hint: words.forgotHint },
              { value: TROUBLES.unlock, label: words.unlock, hint: words.unlockHint },
            ]}
          />
          <Onward>
            <Button>{words.next}</Button>
          </Onward>
        </PageForm>
      </>
    ),
  });
}
