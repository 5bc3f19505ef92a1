// The form of a passkey, for using one and for making one: a button, what the page's script says beside it, and the field in which the
// script posts what the browser gave. Without the script nothing can be asked of the browser, and the page says so.

import type { ComponentChildren } from 'preact';
import { DataBlock } from '../../pages/data-block.js';
import { FIELD_NAMES } from '../../pages/field-names.js';
import { Button, type FormTarget, PageForm } from '../../pages/form-parts.js';
import { Onward } from '../../pages/prose-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import type { PasskeyBlock, PasskeyWords } from './passkey-block.js';

/** Ids that the form and its script share: renaming one is renaming both (browser/passkey.ts beside). */
const FORM = 'passkey-form';
const POSTED = 'passkey-posted';
/** Where a summary of problems leads to. */
export const PASSKEY_BUTTON = 'passkey-button';

export function PasskeyForm(props: {
  texts: Texts;
  target: FormTarget;
  does: PasskeyBlock['does'];
  options: unknown;
  /** Why what was posted before was not taken. */
  problem: string | undefined;
  button: string;
  /** Stands below the button, inside the form. */
  children?: ComponentChildren;
}) {
  const { texts, does, options } = props;
  const words = does === 'use' ? wordsOfUse(texts) : wordsOfMaking(texts);
  return (
    <>
      <noscript>
        <p class="notice notice-fact">{does === 'use' ? texts.passkey.noScript : texts.passkey.setUp.noScript}</p>
      </noscript>
      <PageForm target={props.target} id={FORM}>
        <input type="hidden" name={FIELD_NAMES.code} id={POSTED} value="" />
        <div id="passkey-said" role="alert">
          {props.problem !== undefined && (
            <p class="error">
              <span class="visually-hidden">{texts.layout.errorPrefix} </span>
              {props.problem}
            </p>
          )}
        </div>
        <Onward>
          <Button id={PASSKEY_BUTTON}>{props.button}</Button>
          {props.children}
        </Onward>
        <p id="passkey-waiting" class="hint" role="status" />
      </PageForm>
      <DataBlock id="passkey" value={{ does, options, words } satisfies PasskeyBlock} />
    </>
  );
}

function wordsOfUse({ layout, passkey }: Texts): PasskeyWords {
  const { waiting, problems } = passkey.script;
  // No browser says so of one that is used.
  return { waiting, errorPrefix: layout.errorPrefix, problems: { ...problems, 'there-already': problems.failed } };
}

function wordsOfMaking({ layout, passkey }: Texts): PasskeyWords {
  return { ...passkey.setUp.script, errorPrefix: layout.errorPrefix };
}
