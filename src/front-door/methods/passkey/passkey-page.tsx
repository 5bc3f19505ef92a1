// Proving by a passkey: one button, which asks the browser. Somebody who closes the browser's window has tried nothing.

import { ErrorSummary, type FormTarget } from '../../pages/form-parts.js';
import { renderPage, type Surroundings } from '../../pages/layout.js';
import { OtherWay } from '../../pages/other-way.js';
import type { Operation, PasskeyProblem } from '../../pages/page-words.js';
import { Lead } from '../../pages/prose-parts.js';
import { PASSKEY_BUTTON, PasskeyForm } from './passkey-form.js';

export interface PasskeyView {
  readonly form: FormTarget;
  /** What it leads to; undefined: no operation of a flow. */
  readonly operation: Operation | undefined;
  readonly gate: number;
  readonly gates: number;
  /** WebAuthn's request options as JSON, parsed; undefined where nothing is asked. */
  readonly options: unknown;
  readonly problem: PasskeyProblem | undefined;
  readonly hasOtherMethod: boolean;
  /** Address of the built `passkey` module (see dist/browser/.vite/manifest.json). */
  readonly scriptSrc: string;
}

export function passkeyPage(view: PasskeyView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.passkey;
  const problem = view.problem && words.problems[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    scriptSrc: view.scriptSrc,
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: PASSKEY_BUTTON, text: problem }]}
        />
        <Lead>{words.lead}</Lead>
        <PasskeyForm
          texts={texts}
          target={view.form}
          does="use"
          options={view.options}
          problem={problem}
          button={words.use}
        >
          <OtherWay isOffered={view.hasOtherMethod} surroundings={surroundings} />
        </PasskeyForm>
      </>
    ),
  });
}
