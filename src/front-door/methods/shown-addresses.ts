// How much of their addresses a page may show to somebody: all that masking leaves, or nothing but a number where there are several of
// one kind. Pure. Masks nothing itself.

import type { AddressHints } from '../tenants/tenant.js';
import type { UnseenAddress } from './method-face.js';
import type { RegisteredMethod } from './proof-method.js';

/** In the order of `methods`; empty stays empty. The numbers stay the same for as long as that order does. */
export function shownAddresses(
  methods: readonly Pick<RegisteredMethod, 'kind' | 'address'>[],
  hints: AddressHints | undefined,
): readonly (string | UnseenAddress)[] {
  if (hints !== 'after-first-proof') return methods.map(({ address }) => address);
  return methods.map((method, at) => {
    if (method.address === '') return '';
    const isOfKind = ({ kind }: Pick<RegisteredMethod, 'kind'>) => kind === method.kind;
    const isOnly = methods.filter(isOfKind).length === 1;
    return { number: isOnly ? undefined : methods.slice(0, at + 1).filter(isOfKind).length };
  });
}
