// The last step of unlocking: what will happen, and one button. A GET must not unlock, so this is a form.

import { Button, ErrorSummary, type FormTarget, PageForm } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import { Lead, Onward } from './prose-parts.js';

export interface UnlockView {
  readonly form: FormTarget;
  /** The user ID as typed. */
  readonly account: string;
  /** The last attempt met nobody who could carry it out. */
  readonly problem: 'directory-away' | undefined;
}

export function unlockPage(view: UnlockView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.unlock;
  const isAway = view.problem === 'directory-away';
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: isAway,
    progress: { at: 'finish', operation: 'unlock' },
    children: (
      <>
        <ErrorSummary texts={texts} problems={isAway ? [{ fieldId: undefined, text: words.away }] : []} />
        <Lead>{words.lead}</Lead>
        <dl class="facts">
          <dt>{words.account}</dt>
          <dd>
            <bdi>{view.account}</bdi>
          </dd>
        </dl>
        <PageForm target={view.form}>
          <Onward>
            <Button>{words.confirm}</Button>
          </Onward>
        </PageForm>
      </>
    ),
  });
}
