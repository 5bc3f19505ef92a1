// Lets a socket find its host by somebody else's answer than this machine's own: adapts a promise to what `net.connect` calls.
// Knows neither who is asked nor what is sent.

import { isIP, type LookupFunction } from 'node:net';
import { DirectoryUnreachable } from '../directory/ports.js';

/** None where there is no such host. Bounds its own time; throws Failure when nobody tells. */
export type AddressLookUp = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/** As `connect` takes it; nothing where the machine's own look-up will do. */
export function lookupOption(lookUp: AddressLookUp | undefined): { readonly lookup?: LookupFunction } {
  return lookUp === undefined ? {} : { lookup: socketLookup(lookUp) };
}

function socketLookup(lookUp: AddressLookUp): LookupFunction {
  return (host, { all }, callback) => {
    lookUp(host, NEVER)
      .then((addresses) => addresses.map((address) => ({ address, family: isIP(address) })))
      .then(
        (found) => {
          const [first] = found;
          if (first === undefined) callback(new DirectoryUnreachable(`no address is known for ${host}`), []);
          else if (all === true) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (failure: unknown) => callback(failure instanceof Error ? failure : new Error(String(failure)), []),
      );
  };
}

/** A socket that is destroyed meanwhile just does not hear the answer. */
const NEVER = new AbortController().signal;
