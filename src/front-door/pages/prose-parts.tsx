// The parts pages of words are made of: lead, steps, the account line, and links onward. No form, no state.

import type { ComponentChildren } from 'preact';
import type { CalledWay, Surroundings } from './layout.js';

export function Lead(props: { children: ComponentChildren }) {
  return <p class="lead">{props.children}</p>;
}

/** A fact the person should see before they choose, or a good word after they did. */
export function Notice(props: { kind: 'fact' | 'good'; children: ComponentChildren }) {
  return (
    <p class={`notice notice-${props.kind}`} role={props.kind === 'good' ? 'status' : undefined}>
      {props.children}
    </p>
  );
}

/** Whatever its owner calls it, in whichever language; its address is Latin and digits. */
export function WayName({ called, address }: CalledWay) {
  return (
    <>
      <strong dir="auto">{called}</strong>
      {address !== '' && (
        <>
          {' '}
          <span dir="ltr">{address}</span>
        </>
      )}
    </>
  );
}

export function Steps(props: { heading: string; steps: readonly string[]; inOrder?: true }) {
  const items = props.steps.map((step) => <li key={step}>{step}</li>);
  return (
    <section class="steps">
      <h2>{props.heading}</h2>
      {props.inOrder ? <ol>{items}</ol> : <ul>{items}</ul>}
    </section>
  );
}

/** A link that looks like the main button: it goes somewhere, it does not do anything. */
export function ButtonLink(props: { href: string; children: ComponentChildren }) {
  return (
    <a class="button" href={props.href}>
      {props.children}
    </a>
  );
}

export function QuietLink(props: { href: string; children: ComponentChildren }) {
  return (
    <a class="button-quiet" href={props.href}>
      {props.children}
    </a>
  );
}

/** Nothing, where the organisation has given no way to be reached: no dead link. */
export function ContactLink({ surroundings }: { surroundings: Surroundings }) {
  const { contactHref, texts } = surroundings;
  return contactHref === undefined ? null : (
    <QuietLink href={contactHref}>{texts.layout.contactAdministrator}</QuietLink>
  );
}

export function Onward(props: { children: ComponentChildren }) {
  return <div class="onward">{props.children}</div>;
}
