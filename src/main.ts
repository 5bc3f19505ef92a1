// The `drawbridge` command: argv → a command of the agent or of the front door. Nothing else.
// Sets the exit code: 0 done, 1 failed, 2 a mistake that only the operator can put right. `agent check` alone sets its own,
// because what it finds is its result, not its failure.

import { Command, CommanderError } from 'commander';
import { agentCommand } from './agent/main.js';
import { describeFailure, Failure, OperatorMistake } from './failure/failure.js';
import { frontDoorCommand } from './front-door/main.js';
import { refuseDangerousEnvironment } from './settings/refuse-dangerous-environment.js';
import { softwareName } from './software.js';
import { sayingOfRefusal } from './terminal/refused-command-line.js';

const EXIT_FAILED = 1;
const EXIT_REFUSED = 2;

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_REFUSED;
  return error instanceof OperatorMistake ? EXIT_REFUSED : EXIT_FAILED;
}

/** Which command refused what was typed. */
const refusedBy = new WeakMap<CommanderError, Command>();

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** A Failure speaks to people; anything unforeseen is our own mistake, and told with its stack. */
function sayingOf(error: unknown): string | undefined {
  if (error instanceof CommanderError) {
    const command = refusedBy.get(error);
    return sayingOfRefusal(error, command === undefined ? undefined : `${nameOf(command)} ${command.usage()}`);
  }
  if (error instanceof Failure) return `drawbridge: ${describeFailure(error)}`;
  return error instanceof Error ? error.stack : String(error);
}

/** Commander does not hand this down to commands that are added whole. */
function throwInsteadOfExit(command: Command): void {
  // What it would print of a refusal may quote what was typed; see refused-command-line.ts.
  command.configureOutput({ outputError: () => undefined }).exitOverride((error) => {
    refusedBy.set(error, command);
    throw error;
  });
  for (const inner of command.commands) throwInsteadOfExit(inner);
}

// A reader that went away, or a full disk. What was done stays done, so only a new one helps who lost a code by it.
process.stdout.once('error', (cause) => {
  process.exitCode = EXIT_FAILED;
  process.stderr.write(
    `drawbridge: not all of the output could be written (${cause.message}). What was done stays done: a code or token that was to be shown is lost, make another.\n`,
  );
  process.stdout.on('error', () => undefined);
});

try {
  refuseDangerousEnvironment(process.env);
  const program = new Command('drawbridge')
    .description(
      'Lets people reset and unlock the password their own directory holds, from a page that never reads it.',
    )
    .version(await softwareName())
    .addCommand(agentCommand())
    .addCommand(frontDoorCommand());
  throwInsteadOfExit(program);
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
  const saying = sayingOf(error);
  if (saying !== undefined) process.stderr.write(`${saying}\n`);
}
