// What an account says of its person, and from which attributes: data of the settings, with a closed list of what may be done to a
// value on the way. Pure. Knows no server, and nothing of the account's state, which each dialect reads in its own way.

import { EqualityFilter, type Filter } from 'ldapts';
import { distinctAddresses } from './distinct-addresses.js';
import type { LdapEntry } from './ldap-entry.js';

/**
 * What may be done to an address. Each is one that can also be asked for, since an address finds an account:
 * - `trim`: white space around it goes; servers that prepare values as RFC 4518 says do not compare it either;
 * - `lower-case`;
 * - `smtp-address`: only values that begin with `smtp:` in any case, without that (Active Directory's proxyAddresses).
 */
export const ADDRESS_TRANSFORMS = ['trim', 'lower-case', 'smtp-address'] as const;
export type AddressTransform = (typeof ADDRESS_TRANSFORMS)[number];

/**
 * What may be done to a name:
 * - `trim`: white space around it goes;
 * - `given-name-first`: "Lovelace, Ada" becomes "Ada Lovelace"; what has not exactly one comma stays as it is.
 */
export const NAME_TRANSFORMS = ['trim', 'given-name-first'] as const;
export type NameTransform = (typeof NAME_TRANSFORMS)[number];

export interface Source<Transform> {
  readonly attribute: string;
  /** Undefined: as it is. */
  readonly transform?: Transform | undefined;
}

/** For whom no source before it has a value. */
export interface FixedName {
  readonly fixed: string;
}

/** The first one with a value counts. */
export type NameSources = readonly (Source<NameTransform> | FixedName)[];
/** All that have a value count. Nothing fixed: what would be everybody's finds nobody, and would be sent everybody's codes. */
export type AddressSources = readonly Source<AddressTransform>[];

export interface PersonMap {
  readonly displayName: NameSources;
  readonly givenName: NameSources;
  readonly surname: NameSources;
  /** Addresses that find an account, and prove nothing. */
  readonly mail: AddressSources;
  /** Private addresses, where a code can be read without the password that is to be reset. */
  readonly resetMail: AddressSources;
  /** The person's phones, where a code can be sent as a text message. */
  readonly resetPhones: AddressSources;
}

/** Whatever is not given is as the kind of directory has it. */
export type PersonMapSettings = { readonly [Field in keyof PersonMap]?: PersonMap[Field] | undefined };

export function personMap(settings: PersonMapSettings, usual: PersonMap): PersonMap {
  return {
    displayName: settings.displayName ?? usual.displayName,
    givenName: settings.givenName ?? usual.givenName,
    surname: settings.surname ?? usual.surname,
    mail: settings.mail ?? usual.mail,
    resetMail: settings.resetMail ?? usual.resetMail,
    resetPhones: settings.resetPhones ?? usual.resetPhones,
  };
}

/** The attributes that are read for it, each once. */
export function mappedAttributes(map: PersonMap): string[] {
  const { displayName, givenName, surname, mail, resetMail, resetPhones } = map;
  return [...new Set([displayName, givenName, surname, mail, resetMail, resetPhones].flatMap(attributesOf))];
}

export function attributesOf(sources: NameSources | AddressSources): string[] {
  return sources.flatMap((source) => ('fixed' in source ? [] : [source.attribute]));
}

export function nameFrom(sources: NameSources, entry: LdapEntry): string | undefined {
  for (const source of sources) {
    if ('fixed' in source) return source.fixed;
    const value = entry.text(source.attribute);
    const name = value === undefined ? '' : transformedName(value, source.transform);
    if (name !== '') return name;
  }
  return undefined;
}

/** Each once, in the order of the sources. */
export function addressesFrom(sources: AddressSources, entry: LdapEntry): readonly string[] {
  const [only, another] = sources;
  if (only === undefined) return NO_ADDRESSES;
  if (another === undefined) return distinctAddresses(addressesIn(only, entry));
  return distinctAddresses(sources.flatMap((source) => addressesIn(source, entry)));
}

const NO_ADDRESSES: readonly string[] = Object.freeze([]);

function addressesIn({ attribute, transform }: AddressSources[number], entry: LdapEntry): readonly string[] {
  const values = entry.texts(attribute);
  if (transform === undefined) return values;
  return values.flatMap((value) => transformedAddress(value, transform) ?? []);
}

/** Which entries have the address: one condition for each source. Filter objects, never text. */
export function addressFilters(sources: AddressSources, address: string): Filter[] {
  return sources.map(
    ({ attribute, transform }) =>
      new EqualityFilter({ attribute, value: transform === 'smtp-address' ? `${SMTP}${address}` : address }),
  );
}

const SMTP = 'smtp:';

function transformedAddress(value: string, transform: AddressTransform): string | undefined {
  switch (transform) {
    case 'trim':
      return value.trim();
    case 'lower-case':
      return value.toLowerCase();
    case 'smtp-address':
      return value.toLowerCase().startsWith(SMTP) ? value.slice(SMTP.length) : undefined;
  }
}

function transformedName(value: string, transform: NameTransform | undefined): string {
  switch (transform) {
    case undefined:
      return value;
    case 'trim':
      return value.trim();
    case 'given-name-first': {
      const [surname = '', givenName = '', ...more] = value.split(',').map((part) => part.trim());
      return more.length > 0 || surname === '' || givenName === '' ? value : `${givenName} ${surname}`;
    }
  }
}
