// What is said of a command line that was refused. Never what was typed: a password in the wrong place would be in the output,
// and from there in a scheduler's log. The command's own names for options and arguments may be said.

/** Kinds of refusal whose own words quote what was typed, and what is said instead. */
const SAID_INSTEAD: Readonly<Record<string, string>> = {
  // A misspelt command below one that has a default looks the same.
  'commander.excessArguments':
    'error: there is no such command, or an argument too many; a secret is read from standard input, never from an argument',
  'commander.unknownOption': 'error: there is no such option',
  'commander.unknownCommand': 'error: there is no such command',
  'commander.invalidArgument': 'error: an argument or option has a value that it cannot have',
};

/** Help and version are no refusals, and have been printed. */
const PRINTED_ALREADY = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

/** The line for standard error; undefined when there is nothing to say. `usage`: of the command, for who left something out. */
export function sayingOfRefusal(
  error: { readonly code: string; readonly message: string },
  usage: string | undefined,
): string | undefined {
  if (PRINTED_ALREADY.includes(error.code)) return undefined;
  if (error.code === 'commander.missingArgument' && usage !== undefined)
    return `${error.message}; it is: ${usage} (see --help)`;
  // The option by the name the command gave it; behind it the message repeats what was typed.
  const option = /^error: option '([^']+)'/.exec(error.message)?.[1];
  if (error.code === 'commander.invalidArgument' && option !== undefined) {
    return `error: the option ${option} has a value that it cannot have (see --help)`;
  }
  return `${SAID_INSTEAD[error.code] ?? error.message} (see --help)`;
}
