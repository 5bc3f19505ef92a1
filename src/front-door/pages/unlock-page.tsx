// The last step of unlocking: what will happen, and one button. A GET must not unlock, so this is a form.

import { Button, type FormTarget, PageForm } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import { Lead, Onward } from './prose-parts.js';

export interface UnlockView {
  readonly form: FormTarget;
  /** The user ID as typed. */
  readonly account: string;
}

export function unlockPage(view: UnlockView, surroundings: Surroundings): string {
  const words = surroundings.texts.unlock;
  return renderPage({
    heading: words.heading,
    surroundings,
    progress: { at: 'finish', operation: 'unlock' },
    children: (
      <>
        <Lead>{words.lead}</Lead>
        <dl class="facts">
          <dt>{words.account}</dt>
          <dd>{view.account}</dd>
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
