// The settings of text messages: which gateway, how it is asked, where to and for how much. Schemas and what is made from them; what
// cannot be filled in safely is refused here, when the program starts, and not with somebody's code on the way.

import { z } from 'zod';
import { milliseconds } from '../settings/common-settings.js';
import { isCountry, type TextRules } from './methods/text-message/decide-send.js';
import type { HttpGatewaySettings } from './text-message/http-gateway.js';
import { holdsSecret, placeOfContentType, type ReadTemplate, readTemplate } from './text-message/request-template.js';

const TEMPLATE_UNITS_MAX = 4096;
const MILLION = 1_000_000;

const template = z.string().min(1).max(TEMPLATE_UNITS_MAX);
const secretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'must be A–Z, 0–9 and _, as in API_TOKEN');
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, 'must be the name of a header');
const country = z
  .union([z.int(), z.string()])
  .transform((value) => String(value))
  .refine(isCountry, { error: 'must be a calling code without +, as in 49, or one and more digits, as in 1212' });
const money = z.number().min(0).max(1_000_000);

/** What the rest of the request says of itself; set by us. */
const OWN_HEADERS = ['content-type', 'content-length', 'host', 'connection', 'transfer-encoding', 'expect', 'upgrade'];
const SECRET_HEADER = /authorization|key|token|secret|password|signature/i;

/** `secret`: as everywhere in the settings, its path taken from their folder; `path`: the same of a file. */
export function textSettingsSchema<Secret extends z.ZodType, Path extends z.ZodType>({
  secret,
  path,
}: {
  readonly secret: Secret;
  readonly path: Path;
}) {
  return z
    .strictObject({
      /** Of the gateway: https; http is taken for this machine only. Placeholders stand behind the question mark. */
      url: z.string().min(1).max(TEMPLATE_UNITS_MAX),
      method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
      headers: z.record(headerName, template).default({}),
      /** Of the body. JSON, form and XML can be filled in safely, and nothing else. */
      contentType: z
        .string()
        .max(128)
        .refine((type) => placeOfContentType(type) !== undefined, {
          error: 'must be application/json, application/x-www-form-urlencoded, application/xml or text/xml',
        })
        .default('application/json'),
      /** What is sent, with placeholders: {number}, {digits} (without +), {text}, {from}, {secret:NAME}, {secret-base64:NAME}. */
      body: template.optional(),
      /** What the gateway answers when it takes a text; all that is given must hold. */
      successWhen: z
        .strictObject({
          /** Default: any from 200 to 299. */
          status: z.array(z.int().min(200).max(299)).min(1).max(100).optional(),
          bodyContains: z.string().min(1).max(256).optional(),
          /** What stands in a JSON answer, as in `path: messages.0.status`. */
          jsonPath: z
            .strictObject({
              path: z.string().min(1).max(256),
              equals: z.union([
                z
                  .array(z.union([z.string(), z.number(), z.boolean()]))
                  .min(1)
                  .max(16),
                z.union([z.string(), z.number(), z.boolean()]).transform((value) => [value]),
              ]),
            })
            .optional(),
        })
        .prefault({}),
      /** By the names that placeholders call them. */
      secrets: z.record(secretName, secret).default({}),
      /** PEM of the authority the gateway's certificate comes from. Default: the machine's own trust store. */
      caFile: path.optional(),
      /** Until the gateway has answered. */
      timeoutMs: milliseconds({ min: 1_000, max: 30_000 }).default(10_000),
      /** The sender as {from} puts it. */
      from: z.string().min(1).max(64).optional(),
      /** Where to: calling codes without +, or one and more digits. None by default: numbers elsewhere are as if not there. */
      countries: z.array(country).min(1, 'must name the calling codes that are sent to, as in [49, 43]').max(300),
      /** What one message costs, in whichever unit the day's cost is in. A long text is several. */
      costPerMessage: z.union([
        money.transform((value) => ({ otherwise: value, countries: new Map<string, number>() })),
        z
          .strictObject({ otherwise: money, countries: z.record(z.string(), money) })
          .transform(({ otherwise, countries }) => ({ otherwise, countries: new Map(Object.entries(countries)) })),
      ]),
      /** What an organisation's texts may cost from midnight to midnight UTC; then none is sent until the next day. */
      costPerDayMax: money,
    })
    .superRefine((value, context) => {
      const refuse = (at: (string | number)[], message: string) =>
        context.addIssue({ code: 'custom', path: at, message });
      if (!isAllowedUrl(value.url)) {
        refuse(
          ['url'],
          'must be an https:// address without credentials or fragment, and with placeholders behind its ? only; http:// for this machine only',
        );
      }
      if ((value.method === 'GET') !== (value.body === undefined))
        refuse(['body'], 'must be there for POST and PUT, and not for GET');
      if ([...value.costPerMessage.countries.keys()].some((each) => !isCountry(each)))
        refuse(['costPerMessage', 'countries'], 'must name calling codes without +, as in 49');
      for (const { at, read } of templatesOf(value)) if ('problem' in read) refuse([...at], read.problem);
      for (const [name, text] of Object.entries(value.headers)) {
        if (OWN_HEADERS.includes(name.toLowerCase())) refuse(['headers', name], 'is made by the front door itself');
        const read = readTemplate(text, 'header', Object.keys(value.secrets));
        if (SECRET_HEADER.test(name) && 'template' in read && !holdsSecret(read.template))
          refuse(['headers', name], 'must take its secret from textMessages.secrets, as in Bearer {secret:NAME}');
      }
    });
}

export type TextSettings = z.infer<ReturnType<typeof textSettingsSchema<z.ZodType<unknown>, z.ZodType<string>>>>;

type Described = Pick<TextSettings, 'url' | 'headers' | 'contentType' | 'body'> & {
  readonly secrets: Readonly<Record<string, unknown>>;
};

/** Every template there is, with where it stands in the settings. */
function templatesOf(settings: Described): { readonly at: readonly string[]; readonly read: ReadTemplate }[] {
  const secrets = Object.keys(settings.secrets);
  const query = queryOf(settings.url);
  const place = placeOfContentType(settings.contentType);
  return [
    ...(query === undefined ? [] : [{ at: ['url'], read: readTemplate(query, 'query', secrets) }]),
    ...Object.entries(settings.headers).map(([name, text]) => ({
      at: ['headers', name],
      read: readTemplate(text, 'header', secrets),
    })),
    ...(settings.body === undefined || place === undefined
      ? []
      : [{ at: ['body'], read: readTemplate(settings.body, place, secrets) }]),
  ];
}

/** `settings` were checked; `secrets` were read, by name. */
export function gatewaySettings(
  settings: Described & Pick<TextSettings, 'method' | 'successWhen' | 'timeoutMs' | 'from'>,
  read: { readonly secrets: HttpGatewaySettings['secrets']; readonly ca: string | undefined },
): HttpGatewaySettings {
  const templates = new Map(
    templatesOf(settings).flatMap(({ at, read: each }) =>
      'template' in each ? [[at.join('.'), each.template] as const] : [],
    ),
  );
  const { status, bodyContains, jsonPath } = settings.successWhen;
  const body = templates.get('body');
  return {
    address: settings.url.split('?')[0] ?? '',
    query: templates.get('url'),
    method: settings.method,
    headers: Object.keys(settings.headers).flatMap((name) => {
      const found = templates.get(`headers.${name}`);
      return found === undefined ? [] : [{ name, template: found }];
    }),
    body: body && { contentType: settings.contentType, template: body },
    success: { status, bodyContains, jsonPath },
    from: settings.from ?? '',
    ...read,
    timeoutMs: settings.timeoutMs,
  };
}

export function textRules({
  countries,
  costPerMessage,
  costPerDayMax,
}: Pick<TextSettings, 'countries' | 'costPerMessage' | 'costPerDayMax'>): TextRules {
  const millionths = (amount: number) => Math.round(amount * MILLION);
  return {
    countries,
    costs: new Map([...costPerMessage.countries].map(([each, amount]) => [each, millionths(amount)])),
    costOtherwise: millionths(costPerMessage.otherwise),
    costPerDayMax: millionths(costPerDayMax),
  };
}

function queryOf(url: string): string | undefined {
  const at = url.indexOf('?');
  return at < 0 ? undefined : url.slice(at + 1);
}

function isAllowedUrl(text: string): boolean {
  const [address = ''] = text.split('?');
  if (/[{}#\s]/.test(address) || text.includes('#') || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** A host that is this machine, however it is written. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
