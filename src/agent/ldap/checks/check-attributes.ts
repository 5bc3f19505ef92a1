// Compares the attributes that the settings name with the directory's schema: one that is misspelt has no value on anybody, and no
// server says so.

import { Failure } from '../../../failure/failure.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { Check, Finding } from '../../health/precheck.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { attributesOf, type PersonMapSettings } from '../person-map.js';
import { readEntry } from '../read-entry.js';
import { Schema } from '../schema.js';

/** What has to be true of an attribute besides that there is one. */
type Use = 'anything' | 'text' | 'address';

export interface NamedAttribute {
  readonly attribute: string;
  /** The setting that names it, as in `attributes.mail`. */
  readonly setting: string;
  readonly use: Use;
}

export interface NamingSettings {
  readonly attributes: PersonMapSettings;
  /** Attributes of rules, and of filters. */
  readonly managed: readonly string[];
  /** Undefined: what every entry has. */
  readonly anchor: string | undefined;
}

/** In the order of the settings. */
export function namedAttributes({ attributes, managed, anchor }: NamingSettings): NamedAttribute[] {
  const { mail = [], resetMail = [], resetPhones = [], ...names } = attributes;
  const named = (setting: string, use: Use, sources: Parameters<typeof attributesOf>[0]): NamedAttribute[] =>
    attributesOf(sources).map((attribute) => ({ attribute, setting: `attributes.${setting}`, use }));
  return [
    ...Object.entries(names).flatMap(([field, sources = []]) => named(field, 'text', sources)),
    ...named('mail', 'address', mail),
    ...named('resetMail', 'text', resetMail),
    ...named('resetPhones', 'text', resetPhones),
    ...(anchor === undefined ? [] : [{ attribute: anchor, setting: 'anchor', use: 'anything' as const }]),
    ...managed.map((attribute) => ({ attribute, setting: 'managed', use: 'anything' as const })),
  ];
}

export interface AttributesCheckOptions {
  readonly named: readonly NamedAttribute[];
  /** See Dialect. */
  readonly schemaBinds: boolean;
  readonly ask: <T>(signal: AbortSignal, question: (held: Asked) => Promise<T>) => Promise<T>;
}

interface Asked {
  readonly connection: Pick<LdapConnection, 'search'>;
}

const CODE = 'attributes';

/**
 * Before everybody is read: by a name that is misspelt nobody has a value, and the mirror would lose that of everybody. Throws
 * DirectoryMisconfigured. Where the schema cannot be read, for whatever reason, nothing can be said, and nothing is held up.
 */
export async function refuseWrongNames(
  { named, schemaBinds, ask }: AttributesCheckOptions,
  signal: AbortSignal,
): Promise<void> {
  if (named.length === 0) return;
  const schema = await ask(signal, ({ connection }) => readSchema(connection, signal)).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof Failure) return new Schema([]);
    throw error;
  });
  const wrong = judgeAttributes(named, { schema, schemaBinds }).filter(({ status }) => status === 'fail');
  if (wrong.length === 0) return;
  const all = wrong.map(({ detail }) => detail).join('; ');
  throw new DirectoryMisconfigured(`${all}: correct it in the settings, nothing is mirrored until then`);
}

/** None where the settings name no attribute. */
export function attributesChecks({ named, schemaBinds, ask }: AttributesCheckOptions): Check[] {
  if (named.length === 0) return [];
  const target = 'schema';
  return [
    {
      codes: [CODE],
      target,
      look: async (signal) => {
        const schema = await ask(signal, ({ connection }) => readSchema(connection, signal));
        // Each has a name of its own: of two with one name, one would be told of.
        return judgeAttributes(named, { schema, schemaBinds }).map(({ about, ...found }) => ({
          code: CODE,
          target: about ?? target,
          ...found,
        }));
      },
    },
  ];
}

/** Where its own root says that it is (RFC 4512 §4.2); empty where it may not be read. */
async function readSchema(connection: Asked['connection'], signal: AbortSignal): Promise<Schema> {
  const root = { base: '', scope: 'base', attributes: ['subschemaSubentry'] } as const;
  const [found] = await connection.search(root, signal).catch(refusedTo('show its root'));
  const base = found?.text('subschemaSubentry');
  if (base === undefined) return new Schema([]);
  const entry = await readEntry(connection, { base, attributes: ['attributeTypes'], doing: 'show its schema' }, signal);
  return new Schema(entry?.texts('attributeTypes') ?? []);
}

type JudgedAttribute = Pick<Finding, 'status' | 'detail' | 'advice'> & {
  /** The setting and the attribute; undefined: all of them. */
  readonly about?: string;
};

/** Pure. One finding for each that cannot be right, or one that all are. */
export function judgeAttributes(
  named: readonly NamedAttribute[],
  { schema, schemaBinds }: { readonly schema: Schema; readonly schemaBinds: boolean },
): JudgedAttribute[] {
  if (schema.size === 0) {
    const advice = 'let the service account read the schema (`subschemaSubentry` of the root)';
    return [{ status: 'cannot-tell', detail: 'the schema may not be read', advice }];
  }
  const wrong = named.flatMap(({ attribute, setting, use }): JudgedAttribute[] => {
    const about = `${setting}: ${attribute}`;
    const type = schema.find(attribute);
    if (type === undefined)
      return [
        schemaBinds
          ? { about, status: 'fail', detail: `${setting}: there is no attribute ${attribute}` }
          : {
              about,
              status: 'warn',
              detail: `${setting}: the schema has no attribute ${attribute}: only an extensibleObject can have it`,
            },
      ];
    if (use === 'anything') return [];
    if (type.syntax !== undefined && NO_TEXT.has(type.syntax))
      return [{ about, status: 'fail', detail: `${setting}: ${attribute} holds no text` }];
    if (use === 'address' && type.equality !== undefined && !/ignore/i.test(type.equality))
      return [
        {
          about,
          status: 'warn',
          detail: `${setting}: the server compares ${attribute} by ${type.equality}: nobody is found by another spelling`,
        },
      ];
    return [];
  });
  if (wrong.length > 0) return wrong;
  const all = [...new Set(named.map(({ attribute }) => attribute))];
  return [{ status: 'pass', detail: `there are ${all.join(', ')}` }];
}

/** Syntaxes whose values are no text for people (RFC 4517 §3.3; 5, 8 and 49: RFC 2252). */
const NO_TEXT: ReadonlySet<string> = new Set(
  ['5', '6', '8', '12', '23', '28', '34', '40', '49'].map((number) => `1.3.6.1.4.1.1466.115.121.1.${number}`),
);
