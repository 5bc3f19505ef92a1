// "Show that it's you": one gate's choice among the methods the person has registered. Addresses and numbers arrive masked.

import { FIELD_NAMES } from './field-names.js';
import { Button, type Choice, ErrorSummary, type FormTarget, PageForm, RadioChoices } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { Operation } from './page-words.js';
import { Lead, Onward, QuietLink } from './prose-parts.js';

export interface MethodView {
  readonly form: FormTarget;
  /** What it leads to; undefined where that is no reset and no unlock, and no line says where the person is. */
  readonly operation: Operation | undefined;
  /** Counted from 1. */
  readonly gate: number;
  readonly gates: number;
  /** As they call themselves. */
  readonly methods: readonly Choice[];
  readonly chosen: string | undefined;
  readonly problem: 'missing' | 'not-sent' | undefined;
}

const FIELD = 'method';

export function methodPage(view: MethodView, surroundings: Surroundings): string {
  const { texts, contactHref } = surroundings;
  const words = texts.method;
  const problem = view.problem && { missing: words.missing, 'not-sent': words.notSent }[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: words.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: `${FIELD}-0`, text: problem }]}
        />
        <Lead>{view.gate > 1 ? words.leadSecond : words.lead}</Lead>
        <PageForm target={view.form}>
          <RadioChoices
            id={FIELD}
            texts={texts}
            legend={words.legend}
            name={FIELD_NAMES.method}
            // Somebody with a single way should not have to choose it.
            chosen={view.methods.length === 1 ? view.methods[0]?.value : view.chosen}
            problem={problem}
            choices={view.methods}
          />
          <Onward>
            <Button>{words.next}</Button>
            {contactHref !== undefined && <QuietLink href={contactHref}>{words.noneOfThese}</QuietLink>}
          </Onward>
        </PageForm>
      </>
    ),
  });
}
