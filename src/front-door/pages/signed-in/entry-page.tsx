// "Enter your password": one field that is never posted. The field has no name; the page's script seals what is in it into the hidden
// field. Without the script nothing can leave. The same for whoever is meant, and for nobody.

import { DataBlock } from '../data-block.js';
import { FIELD_NAMES } from '../field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, TextField, ToldAccount } from '../form-parts.js';
import { renderPage, type Surroundings } from '../layout.js';
import type { SealingBlock } from '../new-password-page.js';
import type { EntryProblem } from '../page-words.js';
import { Lead, Onward, QuietLink } from '../prose-parts.js';

export interface EntryView {
  readonly form: FormTarget;
  /** The user ID as typed. */
  readonly account: string;
  readonly sealing: SealingBlock;
  readonly problem: EntryProblem | undefined;
  /** Where another user ID is typed. */
  readonly otherHref: string;
  /** Address of the built `enter-password` module. */
  readonly scriptSrc: string;
}

/** Ids the page and its script share (browser/enter-password.ts). */
const PASSWORD = 'current-password';

export function entryPage(view: EntryView, surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  const words = texts.signedIn.entry;
  const problem = view.problem && words.problems[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    scriptSrc: view.scriptSrc,
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: PASSWORD, text: problem }]} />
        <Lead>{words.lead}</Lead>
        <noscript>
          <p class="notice notice-fact">{texts.newPassword.noScript}</p>
        </noscript>
        <PageForm target={view.form} id="password-form">
          <input type="hidden" name={FIELD_NAMES.sealed} id="sealed" value="" />
          <ToldAccount texts={texts} account={view.account} />
          <TextField
            id={PASSWORD}
            texts={texts}
            label={words.password}
            problem={problem}
            input={{ type: 'password', autocomplete: 'current-password', dir: 'ltr' }}
          />
          <div class="check">
            <input type="checkbox" id="show-password" aria-controls={PASSWORD} />
            <label for="show-password">{texts.newPassword.show}</label>
          </div>
          <p class="hint">{texts.newPassword.sealedFor['front-door']}</p>
          <Onward>
            <Button>{words.signIn}</Button>
            <QuietLink href={startHref}>{texts.signedIn.name.forgot}</QuietLink>
            <QuietLink href={view.otherHref}>{words.other}</QuietLink>
          </Onward>
          <p id="sending" class="hint" role="status" />
        </PageForm>
        <DataBlock id="sealing" value={view.sealing} />
        <DataBlock
          id="form-words"
          value={{
            errorPrefix: texts.layout.errorPrefix,
            sending: texts.newPassword.sending,
            problems: words.problems,
          }}
        />
      </>
    ),
  });
}
