// The front door's settings: YAML → checked → one complete, frozen object. Secrets are apart, see secrets.ts.
// Knows nothing of what is done with a setting. The example file and the JSON Schema are made from and checked against this.

import { z } from 'zod';
import { IDENTIFIER_PATTERNS, parseTenantId } from '../protocol/identifiers.js';
import {
  isTimeZone,
  logSettings,
  mailAddress,
  milliseconds,
  originUrl,
  pathFrom,
} from '../settings/common-settings.js';
import { readSettingsFile } from '../settings/read-settings.js';
import { secretSourceSchema } from '../settings/secret-sources.js';
import { contactSettings, httpsAddress } from './contact-settings.js';
import { LANGUAGES } from './languages/language.js';
import { brandingSettings, ownTextsSettings, withLogosFrom } from './look-settings.js';
import { type Fits, fitsOn } from './tenants/fitting-methods.js';
import { POLICY_SOURCES } from './tenants/policies.js';
import { POLICY_FIELDS, refuseMethodsOfAdministrators } from './tenants/policy-document.js';
import { refuseUnreadableQuestions, securityQuestionsSchema } from './tenants/security-questions.js';
import { ON_DISOWNED } from './tenants/tenant.js';
import { isLoopback, textSettingsSchema } from './text-settings.js';

interface Places {
  readonly path: ReturnType<typeof pathFrom>;
  readonly secret: ReturnType<typeof secretFrom>;
}

function secretFrom(path: Places['path']) {
  return secretSourceSchema.transform((source) => ('file' in source ? { file: path.parse(source.file) } : source));
}

const tenantFieldsIn = (places: Places) =>
  z.strictObject({
    id: z.string().regex(IDENTIFIER_PATTERNS.TenantId, 'must be 2–63 of a–z, 0–9 and hyphen').transform(parseTenantId),
    /** The organisation's name as people know it: on every page and mail. */
    name: z.string().min(1).max(100),
    /**
     * In which its administrators are written to; and its people, where neither they nor their browser say otherwise and it is the only
     * tenant: before the user ID nobody knows whose they are.
     */
    language: z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` }).default('en'),
    /** User IDs that end in @ and one of these, or begin with one and a backslash, are this organisation's. With one tenant, all are. */
    domains: z.array(z.string().min(1).max(253).toLowerCase()).max(256).default([]),
    ...POLICY_FIELDS,
    /** Where the policy – the keys above – comes from: this file, or the API, which begins with what stands here. */
    policySource: z.enum(POLICY_SOURCES, { error: 'must be `file` or `api`' }).default('file'),
    /** Where "Contact your administrator" leads, and who is told of "it wasn't me". */
    contact: contactSettings(places),
    /**
     * Whether people sign in here with the password they have, to set up ways of proving who they are and to change it. Accounts of a
     * directory can only if the agent's own settings allow it too.
     */
    signIn: z.boolean().default(false),
    /** What whoever signs in is asked about their ways of proving who they are. */
    registration: z
      .strictObject({
        /** Whoever has fewer than their policy asks for is led to setting one up. It can be put off until the next time. */
        isRequired: z.boolean().default(false),
        /** After so many days they are asked whether all is still right. 0: never. */
        reconfirmDays: z.int().min(0).max(730).default(0),
      })
      .prefault({}),
    /** The organisation's own sign-in page, which "Sign in" leads to. */
    signInUrl: httpsAddress.optional(),
    /**
     * When a person answers a notice with "it wasn't me": `stop` shuts the account's self-service until an administrator lifts
     * that, for 30 days at most, and tells the administrators; the other also has an agent set a password that nobody learns, so that
     * whatever was set before is dead at once.
     */
    onDisowned: z.enum(ON_DISOWNED, { error: `must be one of ${ON_DISOWNED.join(', ')}` }).default('stop'),
    /**
     * Questions that people answer beforehand and again when they reset, where a policy takes `security-questions`. None by default, and
     * better so: others may know or find the answers.
     */
    securityQuestions: securityQuestionsSchema.optional(),
    /** Its colours and its logo, on pages that are shown in its name, and in its mails. */
    branding: brandingSettings,
    /** Its own words in place of ours, by language and place. */
    texts: ownTextsSettings,
  });

const tenantIn = (places: Places) =>
  tenantFieldsIn(places).superRefine((value, context) => {
    refuseMethodsOfAdministrators(value, context);
    refuseUnreadableQuestions(value, context);
  });

export function frontDoorSettingsSchema(folder: string) {
  const path = pathFrom(folder);
  const secret = secretFrom(path);
  return z
    .strictObject({
      /** The address people and agents reach this front door by. Links in mails are made from it, never from a request. */
      publicUrl: originUrl,
      listen: z
        .strictObject({
          host: z.string().min(1).max(253).default('127.0.0.1'),
          port: z.int().min(0).max(65_535).default(8443),
        })
        .prefault({}),
      /** Certificate and key (PEM) to serve HTTPS with. */
      tls: z.strictObject({ certificateFile: path, keyFile: path }),
      /** Addresses of reverse proxies whose X-Forwarded-For is believed. None by default. */
      trustedProxies: z
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
        .max(64)
        .default([]),
      /** Database and keys of this front door. Only its account may read it. */
      dataFolder: path,
      log: logSettings,
      mail: z.strictObject({
        host: z.string().min(1).max(253),
        port: z.int().min(1).max(65_535).default(587),
        /** `none` is taken for a loopback host only: mails carry codes. */
        security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
        caFile: path.optional(),
        from: mailAddress,
        userName: z.string().min(1).max(320).optional(),
        password: secret.optional(),
      }),
      /** How codes are sent to phones. Left out: no policy may name `text-message`. */
      textMessages: textSettingsSchema({ secret, path }).optional(),
      /** IANA name of the zone that times in mails are written in. */
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'must be an IANA time zone, as in Europe/Berlin' })
        .default('UTC'),
      mirror: z
        .strictObject({
          /**
           * So many days an account that is gone from its directory is remembered: it cannot be reset, and comes back whole, with all that its
           * person has set up, when the directory has it again.
           */
          absentKeptDays: z.int().min(1).max(730).default(30),
        })
        .prefault({}),
      /** Every answer to a user ID is given this long after it was asked, whoever it is about; if looking it up took longer, after 4.5 s. */
      routeAnswerMs: milliseconds({ min: 0, max: 10_000 }).default(900),
      tenants: z
        .array(tenantIn({ path, secret }).transform(withLogosFrom(path)))
        .min(1)
        .max(1000),
    })
    .superRefine((value, context) => {
      if (value.mail.security === 'none' && !isLoopback(value.mail.host)) {
        context.addIssue({
          code: 'custom',
          path: ['mail', 'security'],
          message: 'may be `none` for a mail server on this machine only: use starttls or tls',
        });
      }
      if ((value.mail.userName === undefined) !== (value.mail.password === undefined)) {
        context.addIssue({
          code: 'custom',
          path: ['mail', 'password'],
          message: 'userName and password go together: give both or neither',
        });
      }
      for (const [index, tenant] of value.tenants.entries()) {
        for (const { path, message } of fitsIn(value, tenant)(tenant))
          context.addIssue({ code: 'custom', path: ['tenants', index, ...path], message });
      }
      refuseTwice(
        value.tenants.map(({ id }) => id),
        (index) => ['tenants', index, 'id'],
        context,
      );
      if (value.tenants.length === 1) return;
      const domains = value.tenants.flatMap((each, index) => each.domains.map((domain) => ({ domain, index })));
      refuseTwice(
        domains.map(({ domain }) => domain),
        (at) => ['tenants', domains[at]?.index ?? 0, 'domains'],
        context,
      );
      for (const [index, each] of value.tenants.entries()) {
        if (each.domains.length > 0) continue;
        context.addIssue({
          code: 'custom',
          path: ['tenants', index, 'domains'],
          message: 'must name a domain when there are several tenants, or nobody reaches this one',
        });
      }
    });
}

export type FrontDoorConfig = z.infer<ReturnType<typeof frontDoorSettingsSchema>>;
export type TenantConfig = FrontDoorConfig['tenants'][number];

/** Reads and checks the file. Throws SettingsRefused with every problem. */
export function readFrontDoorConfig(file: string): Promise<FrontDoorConfig> {
  return readSettingsFile(file, frontDoorSettingsSchema);
}

/** What a policy of this tenant is held to, wherever it comes from. */
export function fitsIn(
  { publicUrl, textMessages }: Pick<FrontDoorConfig, 'publicUrl' | 'textMessages'>,
  { securityQuestions }: Pick<TenantConfig, 'securityQuestions'>,
): Fits {
  return fitsOn({ publicUrl, textMessages, securityQuestions });
}

function refuseTwice(
  values: readonly string[],
  pathOf: (index: number) => (string | number)[],
  context: z.core.$RefinementCtx,
): void {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index) continue;
    context.addIssue({ code: 'custom', path: pathOf(index), message: 'stands twice' });
  }
}
