// Setting a way up, step by step: an address, a phone or an app with its code, a passkey, recovery codes that are shown once.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../field-names.js';
import {
  ActionButton,
  Button,
  ErrorSummary,
  type FormTarget,
  PageForm,
  PressedByEnter,
  TextField,
} from '../form-parts.js';
import { renderPage, type Surroundings } from '../layout.js';
import { PASSKEY_BUTTON, PasskeyForm } from '../methods/passkey-form.js';
import type { QuestionsSetupProblem, SetupProblem } from '../page-words.js';
import { Lead, Onward } from '../prose-parts.js';
import { QrCode } from '../qr-code.js';
import type { Texts } from '../texts/en.js';

export interface SetupView {
  readonly form: FormTarget;
  readonly problem: SetupProblem | QuestionsSetupProblem | undefined;
  readonly step:
    | { readonly kind: 'address' }
    | { readonly kind: 'address-code'; readonly address: string; readonly validForMinutes: number }
    | { readonly kind: 'phone' }
    | { readonly kind: 'phone-code'; readonly number: string; readonly validForMinutes: number }
    /** `uri`: the `otpauth://` address; `key`: its secret in base32, in groups. */
    | { readonly kind: 'app-code'; readonly uri: string; readonly key: string }
    /** Its time is over: it begins again. */
    | { readonly kind: 'app-over' }
    /** `options`: WebAuthn's creation options as JSON, parsed. */
    | { readonly kind: 'passkey'; readonly options: unknown }
    | { readonly kind: 'passkey-over' }
    | { readonly kind: 'make-recovery-codes' }
    | {
        readonly kind: 'recovery-codes';
        readonly codes: readonly string[];
        /** Whose they are, since when, and where they are used: what a printed page must say years later. */
        readonly account: string;
        readonly madeOn: string;
        readonly address: string;
      };
  /** Address of the built `passkey` module. */
  readonly passkeySrc: string;
}

const FIELD = 'code';

export function setupPage(view: SetupView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const isPasskey = view.step.kind === 'passkey';
  const problem = problemOf(view, texts);
  return renderPage({
    heading: headingOf(view.step, texts),
    surroundings,
    hasErrors: problem !== undefined,
    ...(isPasskey ? { scriptSrc: view.passkeySrc } : {}),
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: fieldOf(view.step), text: problem }]}
        />
        <Step view={view} problem={problem} texts={texts} />
      </>
    ),
  });
}

/** What a problem is about, where it is about something on the page. */
function fieldOf({ kind }: SetupView['step']): string | undefined {
  if (kind === 'passkey') return PASSKEY_BUTTON;
  return ASKING_STEPS.includes(kind) ? FIELD : undefined;
}

function problemOf({ problem, step }: SetupView, { passkey, questionsSetup, signedIn }: Texts): string | undefined {
  if (problem === undefined) return undefined;
  const isPasskey = step.kind === 'passkey' || step.kind === 'passkey-over';
  const own: Partial<Record<string, string>> = isPasskey ? passkey.setUp.problems : {};
  return own[problem] ?? { ...questionsSetup.problems, ...signedIn.setup.problems }[problem];
}

const ASKING_STEPS: readonly SetupView['step']['kind'][] = [
  'address',
  'address-code',
  'phone',
  'phone-code',
  'app-code',
];

function headingOf(step: SetupView['step'], { signedIn }: Texts): string {
  const { email, phone, authenticator, recovery } = signedIn.setup;
  switch (step.kind) {
    case 'address':
      return email.heading;
    case 'address-code':
      return email.codeHeading;
    case 'phone':
      return phone.heading;
    case 'phone-code':
      return phone.codeHeading;
    case 'app-code':
    case 'app-over':
      return authenticator.heading;
    case 'passkey':
    case 'passkey-over':
      return signedIn.info.adding.passkey;
    case 'make-recovery-codes':
      return recovery.heading;
    case 'recovery-codes':
      return recovery.shownHeading;
  }
}

interface StepProps {
  readonly view: SetupView;
  readonly problem: string | undefined;
  readonly texts: Texts;
}

function Step(props: StepProps) {
  const { view, texts } = props;
  const words = texts.signedIn.setup;
  switch (view.step.kind) {
    case 'address':
      return (
        <>
          <Lead>{words.email.lead}</Lead>
          <Asking {...props} label={words.email.address} finish={words.email.send} input={ADDRESS} />
        </>
      );
    case 'address-code':
      return (
        <>
          <Lead>{texts.code.leadEmail(view.step.address)}</Lead>
          <Asking
            {...props}
            label={words.code}
            hint={texts.code.validFor(view.step.validForMinutes)}
            finish={words.finish}
            input={SIX_DIGITS}
          />
        </>
      );
    case 'phone':
      return (
        <>
          <Lead>{words.phone.lead}</Lead>
          <Asking
            {...props}
            label={words.phone.number}
            hint={words.phone.hint}
            finish={words.email.send}
            input={NUMBER}
          />
        </>
      );
    case 'phone-code':
      return (
        <>
          <Lead>{texts.code.leadText(view.step.number)}</Lead>
          <Asking
            {...props}
            label={words.code}
            hint={texts.code.validForText(view.step.validForMinutes)}
            finish={words.finish}
            input={SIX_DIGITS}
          />
        </>
      );
    case 'app-code':
      return <App {...props} uri={view.step.uri} appKey={view.step.key} />;
    case 'app-over':
      return <Beginning {...props} lead={words.authenticator.lead} begin={words.begin} />;
    case 'passkey':
      return <Passkey {...props} options={view.step.options} />;
    case 'passkey-over':
      return <Beginning {...props} lead={texts.passkey.setUp.lead} begin={words.begin} />;
    case 'make-recovery-codes':
      return <Beginning {...props} lead={words.recovery.lead} begin={words.recovery.make} />;
    case 'recovery-codes':
      return <RecoveryCodes {...props} step={view.step} />;
  }
}

const ADDRESS = {
  autocomplete: 'email',
  inputmode: 'email',
  maxlength: FIELD_LIMITS.setUpAddress,
} as const;
const NUMBER = { autocomplete: 'tel', inputmode: 'tel', maxlength: FIELD_LIMITS.code } as const;
const SIX_DIGITS = {
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  class: 'code',
  maxlength: FIELD_LIMITS.code,
} as const;

function Asking(
  props: StepProps & {
    label: string;
    hint?: string;
    finish: string;
    input: typeof ADDRESS | typeof NUMBER | typeof SIX_DIGITS;
  },
) {
  const { view, texts, hint } = props;
  return (
    <PageForm target={view.form}>
      <PressedByEnter />
      <TextField
        id={FIELD}
        texts={texts}
        label={props.label}
        {...(hint === undefined ? {} : { hint })}
        problem={props.problem}
        input={{ name: FIELD_NAMES.code, value: '', ...props.input, dir: 'ltr' }}
      />
      <Onward>
        <Button>{props.finish}</Button>
        <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
      </Onward>
    </PageForm>
  );
}

function Beginning({ view, texts, lead, begin }: StepProps & { lead: string; begin: string }) {
  return (
    <>
      <Lead>{lead}</Lead>
      <PageForm target={view.form}>
        <Onward>
          <Button>{begin}</Button>
          <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
        </Onward>
      </PageForm>
    </>
  );
}

function App(props: StepProps & { uri: string; appKey: string }) {
  const words = props.texts.signedIn.setup;
  return (
    <>
      <Lead>{words.authenticator.lead}</Lead>
      <QrCode text={props.uri} description={words.authenticator.picture} />
      <p>{words.authenticator.cannotScan}</p>
      <p>
        <a href={props.uri}>{words.authenticator.open}</a>
      </p>
      <p>
        {words.authenticator.key} <code dir="ltr">{props.appKey}</code>
      </p>
      <p>{words.authenticator.codeLead}</p>
      <Asking {...props} label={words.code} finish={words.finish} input={SIX_DIGITS} />
    </>
  );
}

function Passkey({ view, problem, texts, options }: StepProps & { options: unknown }) {
  const words = texts.passkey.setUp;
  return (
    <>
      <Lead>{words.lead}</Lead>
      <PasskeyForm texts={texts} target={view.form} does="make" options={options} problem={problem} button={words.make}>
        <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
      </PasskeyForm>
    </>
  );
}

function RecoveryCodes({
  view,
  texts,
  step,
}: StepProps & { step: Extract<SetupView['step'], { kind: 'recovery-codes' }> }) {
  const { info, setup } = texts.signedIn;
  const words = setup.recovery;
  return (
    <>
      <div class="not-printed">
        <Lead>{words.shownLead}</Lead>
      </div>
      <dl class="facts">
        <dt>{texts.newPassword.account}</dt>
        <dd>
          <bdi>{step.account}</bdi>
        </dd>
      </dl>
      <ol class="recovery-codes">
        {step.codes.map((code) => (
          <li key={code}>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ol>
      <p>{words.later(step.address, texts.method.recovery)}</p>
      <p class="hint">{info.since(step.madeOn)}</p>
      <PageForm target={view.form}>
        <Onward>
          <button type="submit" class="button" name={FIELD_NAMES.action} value={ACTIONS.cancel}>
            {words.done}
          </button>
        </Onward>
      </PageForm>
    </>
  );
}
