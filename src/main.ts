#!/usr/bin/env node
// The `drawbridge` command: argv → a command of the agent or of the front door. Nothing else.
// The only place that sets the exit code: 0 done, 1 failed, 2 settings or command line refused.

import { Command, CommanderError } from 'commander';
import { agentCommand } from './agent/main.js';
import { describeFailure, Failure } from './failure/failure.js';
import { frontDoorCommand } from './front-door/main.js';
import { SettingsRefused } from './settings/read-settings.js';
import { DangerousEnvironment, refuseDangerousEnvironment } from './settings/refuse-dangerous-environment.js';
import { SecretUnavailable } from './settings/secret-sources.js';
import { softwareName } from './software.js';

const EXIT_FAILED = 1;
const EXIT_REFUSED = 2;

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_REFUSED;
  const isRefused = [SettingsRefused, SecretUnavailable, DangerousEnvironment].some((kind) => error instanceof kind);
  return isRefused ? EXIT_REFUSED : EXIT_FAILED;
}

/** Commander does not hand this down to commands that are added whole. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showHelpAfterError('(see --help)');
  for (const inner of command.commands) throwInsteadOfExit(inner);
}

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
  // Commander has said what it had to say; a Failure speaks to people; anything else is our own mistake, with its stack.
  if (error instanceof Failure) process.stderr.write(`drawbridge: ${describeFailure(error)}\n`);
  else if (!(error instanceof CommanderError))
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
