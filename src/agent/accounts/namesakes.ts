// Accounts that answer to one name, in words for an administrator at this machine. The front door is told that there are several,
// never who. Pure.

import { NAMESAKES_TOLD_MAX } from '../directory/ports.js';

/** Text of the directory as it is: whoever prints it escapes it. A distinguished name has no semicolon that is not escaped. */
export function namesakesInWords(distinguishedNames: readonly string[]): string {
  const orMore = distinguishedNames.length >= NAMESAKES_TOLD_MAX ? ' or more' : '';
  return `${distinguishedNames.length}${orMore} accounts answer to this name, so none is chosen: ${distinguishedNames.join('; ')}`;
}
