// The commands of the agent: names, arguments and options → one call. What a command does stands in commands.ts and is loaded
// when it is called, so that help is there at once and nothing is loaded that is not used.

import { Command, Option } from 'commander';
import { machineName } from '../terminal/terminal.js';

const CONFIG_FILE = 'agent.yaml';
const CONFIG_HELP = 'the settings file; see config/agent.example.yaml';

export function agentCommand(): Command {
  const agent = new Command('agent').description(
    'carries out resets and unlocks in your own directory; runs on a server inside',
  );
  agent
    .command('run', { isDefault: true })
    .description('run until stopped by a signal (this is what plain `drawbridge agent` does)')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ run }) => run));
  agent
    .command('enrol')
    .description('make this machine an agent of a front door; reads the one-time code from standard input')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--name <name>', 'the name administrators will see', machineName())
    .option('--again', 'replace the identity this machine already has')
    .action(onDemand(({ enrolMachine }) => enrolMachine));
  agent
    .command('explain')
    .description('say what may be done to an account and every fact that rests on; reads only')
    .argument('<user>', 'user principal name, mail address, sAMAccountName or DOMAIN\\name')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--json', 'print it as JSON')
    .action(onDemand(({ explain }) => explain));
  agent
    .command('password-check')
    .description("hold a person's next password, read from standard input, to every rule; writes nothing")
    .requiredOption('--user <user>', 'user principal name, mail address, sAMAccountName or DOMAIN\\name')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--json', 'print it as JSON')
    .action(onDemand(({ passwordCheck }) => passwordCheck));
  agent
    .command('check')
    .description('look at every directory, its servers, the rights of the service account; reads only')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--json', 'print it as JSON')
    .action(onDemand(({ check }) => check));
  agent
    .command('delegation')
    .description('show the commands that give each service account exactly the rights the settings use')
    .requiredOption('--print', 'print them; nothing is ever carried out')
    .option('--offline', 'ask no directory who its service account is')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ delegation }) => delegation));
  agent
    .command('sync')
    .description('have the running agent compare directory and mirror now, and say what it did')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--directory <id>', 'this directory alone')
    .option('--full', 'look at everybody, not only at who has changed since the last pass')
    .addOption(
      new Option(
        '--reconcile',
        'look for who is gone too, among everybody, where the directory does not tell',
      ).conflicts('full'),
    )
    .addOption(
      new Option('--person <user>', 'one person alone, step by step, with whatever follows').conflicts([
        'full',
        'reconcile',
        'approveRemovals',
      ]),
    )
    .addOption(new Option('--dry-run', 'look only, and say what would be done').conflicts('approveRemovals'))
    .option('--approve-removals <plan>', 'let go whom the removal guard holds: exactly the plan it names, once')
    .option('--json', 'print it as JSON')
    .action(onDemandOfSync(({ sync }) => sync));
  agent
    .command('status')
    .description('say whether the agent runs, and what came of the last pass over each directory')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--json', 'print it as JSON')
    .action(onDemandOfSync(({ status }) => status));
  agent
    .command('hold')
    .description('hold all writes on this machine, now and across restarts: the local kill switch')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ hold }) => hold));
  agent
    .command('release')
    .description('end what `hold` began')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ release }) => release));
  const audit = agent.command('audit').description('read the audit journal of this agent');
  audit
    .command('verify')
    .description('check that the journal still is what was written; ends with 1 when it is not')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ verifyAudit }) => verifyAudit));
  audit
    .command('show')
    .description('print the newest entries, or those of one reset')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--reset-id <id>', 'only what this reset left')
    .option('--json', 'print it as JSON')
    .action(onDemand(({ showAudit }) => showAudit));
  return agent;
}

type Commands = typeof import('./commands.js');

function onDemand<Arguments extends unknown[]>(choose: (commands: Commands) => (...given: Arguments) => Promise<void>) {
  return async (...given: Arguments): Promise<void> => choose(await import('./commands.js'))(...given);
}

type SyncCommands = typeof import('./sync-commands.js');

function onDemandOfSync<Arguments extends unknown[]>(
  choose: (commands: SyncCommands) => (...given: Arguments) => Promise<void>,
) {
  return async (...given: Arguments): Promise<void> => choose(await import('./sync-commands.js'))(...given);
}
