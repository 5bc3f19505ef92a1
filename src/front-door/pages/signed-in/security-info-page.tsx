// "Your security info": what is set up, what may be added, and how each is named and removed. Every change is a form of its own, so that
// it works without a script and on a phone.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../field-names.js';
import { ErrorSummary, type FormTarget, PageForm, TextField } from '../form-parts.js';
import { type CalledWay, renderPage, type Surroundings } from '../layout.js';
import type { MethodName, ProvingProblem, SecurityNews } from '../page-words.js';
import { Lead, Notice, Onward, QuietLink, WayName } from '../prose-parts.js';
import type { Texts } from '../texts/en.js';

/** One way that is there. */
export interface ShownWay {
  readonly method: MethodName;
  /** What its owner calls it; empty: nothing. */
  readonly name: string;
  /** As it may be shown; empty where there is none. */
  readonly address: string;
  /** Ready to read; undefined where it is not known. */
  readonly setUpOn: string | undefined;
  readonly lastUsedOn: string | undefined;
  /** How many are left, where they are counted. */
  readonly codesLeft: number | undefined;
  /** What is posted to change it; undefined where it is not the person's to change. */
  readonly id: string | undefined;
  /** What is posted to try it; undefined where it is not for trying. */
  readonly tryId: string | undefined;
}

/** What the organisation knows of the person, and does not count before it is confirmed. */
export interface WayToConfirm {
  /** What is posted to confirm it. */
  readonly id: string;
  readonly method: MethodName;
  /** As it may be shown. */
  readonly address: string;
}

export interface SecurityInfoPageView {
  readonly form: FormTarget;
  /** False: the organisation has not turned this on for the person. */
  readonly isEnabled: boolean;
  /** False: something has to be proved before anything may be changed. */
  readonly mayChange: boolean;
  readonly ways: readonly ShownWay[];
  readonly toConfirm: readonly WayToConfirm[];
  readonly offered: readonly MethodName[];
  /** How many more kinds are needed before the person can get back in. */
  readonly missingKinds: number;
  /** The person is asked whether all is still right. */
  readonly isToReconfirm: boolean;
  readonly news: SecurityNews | undefined;
  /** What `news` of a try is about. */
  readonly worked: CalledWay | undefined;
  readonly problem: ProvingProblem | undefined;
  readonly changePasswordHref: string;
}

export function securityInfoPage(view: SecurityInfoPageView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.signedIn.info;
  const mayChange = view.isEnabled && view.mayChange;
  const problem = view.problem && texts.signedIn.setup.problems[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: undefined, text: problem }]} />
        {view.news !== undefined && (
          <Notice kind="good">
            {words.news[view.news]}
            {view.news === 'works' && view.worked !== undefined && (
              <>
                {' '}
                <WayName {...view.worked} />
              </>
            )}
          </Notice>
        )}
        <Lead>{words.lead}</Lead>
        <Notice kind="fact">{stateOf(view, texts)}</Notice>
        {view.isEnabled && !view.mayChange && (
          <PageForm target={view.form}>
            <p>{words.confirmFirst}</p>
            <Onward>
              <button type="submit" class="button" name={FIELD_NAMES.action} value={ACTIONS.confirm}>
                {words.confirm}
              </button>
            </Onward>
          </PageForm>
        )}
        {mayChange && view.isToReconfirm && (
          <PageForm target={view.form}>
            <p>{words.stillRight}</p>
            <Onward>
              <button type="submit" class="button" name={FIELD_NAMES.action} value={ACTIONS.allIsRight}>
                {words.allIsRight}
              </button>
            </Onward>
          </PageForm>
        )}
        {mayChange && view.toConfirm.length > 0 && <ToConfirm view={view} texts={texts} />}
        <section class="ways" aria-labelledby="ways-heading">
          <h2 id="ways-heading">{words.yours}</h2>
          {view.ways.some(({ tryId }) => tryId !== undefined) && <p class="hint">{words.tryHint}</p>}
          {view.ways.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <ul>
              {view.ways.map((way) => (
                <Way
                  key={way.id ?? `${way.method} ${way.address}`}
                  way={way}
                  view={view}
                  texts={texts}
                  mayChange={mayChange}
                />
              ))}
            </ul>
          )}
        </section>
        {mayChange && view.offered.length > 0 && <Adding view={view} texts={texts} />}
        <PageForm target={view.form}>
          <Onward>
            <QuietLink href={view.changePasswordHref}>{words.changePassword}</QuietLink>
            <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={ACTIONS.signOut}>
              {words.signOut}
            </button>
          </Onward>
        </PageForm>
      </>
    ),
  });
}

function stateOf({ isEnabled, missingKinds }: SecurityInfoPageView, { signedIn }: Texts): string {
  if (!isEnabled) return signedIn.info.notEnabled;
  return missingKinds === 0 ? signedIn.info.enough : signedIn.info.missing(missingKinds);
}

function ToConfirm({ view, texts }: { view: SecurityInfoPageView; texts: Texts }) {
  const { info, setup } = texts.signedIn;
  const { toConfirm: words, methods } = info;
  return (
    <section class="ways" aria-labelledby="confirm-heading">
      <h2 id="confirm-heading">{words.heading}</h2>
      <p>{words.lead}</p>
      <ul>
        {view.toConfirm.map(({ id, method, address }) => (
          <li key={id}>
            <p class="way-name">
              <strong>{methods[method]}</strong> <span dir="ltr">{address}</span>
            </p>
            <PageForm target={view.form} class="way-change">
              <input type="hidden" name={FIELD_NAMES.id} value={id} />
              <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={ACTIONS.confirmNamed}>
                {setup.email.send} <span class="visually-hidden">{address}</span>
              </button>
            </PageForm>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Way(props: { way: ShownWay; view: SecurityInfoPageView; texts: Texts; mayChange: boolean }) {
  const { way, view, texts, mayChange } = props;
  const words = texts.signedIn.info;
  const method = words.methods[way.method];
  const called = calledIn(texts, way);
  const facts = [
    way.name === '' ? undefined : method,
    way.codesLeft === undefined ? undefined : words.codesLeft(way.codesLeft),
    way.setUpOn === undefined ? undefined : words.since(way.setUpOn),
    way.lastUsedOn === undefined ? undefined : words.lastUsed(way.lastUsedOn),
    way.id === undefined && way.codesLeft === undefined ? words.directory : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <li>
      <p class="way-name">
        <WayName called={called} address={way.address} />
      </p>
      {facts.map((fact) => (
        <p key={fact} class="hint">
          {fact}
        </p>
      ))}
      {way.tryId !== undefined && (
        <PageForm target={view.form} class="way-change">
          <input type="hidden" name={FIELD_NAMES.id} value={way.tryId} />
          <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={ACTIONS.tryIt}>
            {words.tryIt} <span class="visually-hidden">{toldOf(called, way)}</span>
          </button>
        </PageForm>
      )}
      {mayChange && way.id !== undefined && (
        <Changing way={way} id={way.id} called={called} view={view} texts={texts} />
      )}
    </li>
  );
}

/** By whatever name its owner gave it, or as all of its kind are called. */
export function calledIn({ signedIn }: Texts, { method, name }: Pick<ShownWay, 'method' | 'name'>): string {
  return name === '' ? signedIn.info.methods[method] : name;
}

/** For whoever hears a button without the way it stands beside. */
function toldOf(called: string, { address }: ShownWay): string {
  return address === '' ? called : `${called} ${address}`;
}

function Changing(props: { way: ShownWay; id: string; called: string; view: SecurityInfoPageView; texts: Texts }) {
  const { way, id, called, view, texts } = props;
  const words = texts.signedIn.info;
  const told = toldOf(called, way);
  return (
    // Folded away: the list stays one on a phone, and what is removed is never removed by one slip of a finger.
    <details class="way-changes">
      <summary class="button-quiet">
        {words.change} <span class="visually-hidden">{told}</span>
      </summary>
      {way.codesLeft === undefined && (
        <PageForm target={view.form} class="way-change">
          <input type="hidden" name={FIELD_NAMES.id} value={id} />
          <TextField
            id={`name-${id}`}
            texts={texts}
            label={words.rename}
            hint={words.renameHint}
            problem={undefined}
            input={{ name: FIELD_NAMES.name, value: way.name, autocomplete: 'off', maxlength: FIELD_LIMITS.name }}
          />
          <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={ACTIONS.rename}>
            {words.save} <span class="visually-hidden">{told}</span>
          </button>
        </PageForm>
      )}
      <PageForm target={view.form} class="way-change">
        <input type="hidden" name={FIELD_NAMES.id} value={id} />
        <p class="hint">{words.removeHint}</p>
        <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={ACTIONS.remove}>
          {words.remove} <span class="visually-hidden">{told}</span>
        </button>
      </PageForm>
    </details>
  );
}

function Adding({ view, texts }: { view: SecurityInfoPageView; texts: Texts }) {
  const words = texts.signedIn.info;
  return (
    <section class="ways" aria-labelledby="add-heading">
      <h2 id="add-heading">{words.add}</h2>
      <ul>
        {view.offered.map((method) => (
          <li key={method}>
            <PageForm target={view.form}>
              <input type="hidden" name={FIELD_NAMES.kind} value={method} />
              <button
                type="submit"
                class="button-quiet"
                name={FIELD_NAMES.action}
                value={ACTIONS.setUp}
                aria-describedby={`add-${method}-hint`}
              >
                {words.adding[method]}
              </button>
              <p class="hint" id={`add-${method}-hint`}>
                {words.addHints[method]}
              </p>
            </PageForm>
          </li>
        ))}
      </ul>
    </section>
  );
}
