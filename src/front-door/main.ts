// The commands of the front door: names, arguments and options → one call. What a command does stands in commands.ts, or
// method-commands.ts, and is loaded when it is called, so that help is there at once and nothing is loaded that is not used.

import { Argument, Command, Option } from 'commander';
import { API_SCOPES } from './api/api-scopes.js';
import { LANGUAGES } from './languages/language.js';

const CONFIG_FILE = 'front-door.yaml';
const CONFIG_HELP = 'the settings file; see config/front-door.example.yaml';
const TENANT_HELP = 'the tenant’s id in the settings';

export function frontDoorCommand(): Command {
  const frontDoor = new Command('front-door').description('serves the pages, the API and the agents’ links');
  const command = (parent: Command, name: string, description: string) =>
    parent.command(name).description(description).option('--config <file>', CONFIG_HELP, CONFIG_FILE);

  frontDoor
    .command('run', { isDefault: true })
    .description('run until stopped by a signal (this is what plain `drawbridge front-door` does)')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(onDemand(({ run }) => run));
  command(frontDoor, 'enrolment-code', 'issue a one-time code that makes a machine an agent; good for 30 minutes')
    .argument('<tenant>', TENANT_HELP)
    .action(onDemand(({ issueCode }) => issueCode));

  const agents = frontDoor.command('agents').description('list or revoke enrolled agents');
  command(agents, 'list', 'list the agents of a tenant')
    .argument('<tenant>', TENANT_HELP)
    .option('--json', 'print it as JSON')
    .action(onDemand(({ listAgents }) => listAgents));
  command(agents, 'revoke', 'revoke an agent for good; its link ends within seconds')
    .argument('<agent>', 'the agent’s id')
    .action(onDemand(({ revokeAgent }) => revokeAgent));

  const accounts = frontDoor.command('cloud-account').description('accounts of the front door’s own, in no directory');
  command(accounts, 'add', 'add one; reads its first password from standard input')
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'what the person types, as in olga@example.com')
    .requiredOption('--name <name>', 'the person’s name')
    .requiredOption('--reset-mail <address...>', 'where codes and notices go')
    .option('--administrator', 'counts as an administrator: always two gates')
    .action(onDemand(({ addCloudAccount }) => addCloudAccount));

  const authenticator = frontDoor
    .command('authenticator')
    .description('authenticator apps that were set up for people');
  command(
    authenticator,
    'add',
    'register an app for a person; prints the otpauth:// address to set it up with; tells the person by mail',
  )
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'a user ID of the person, who must have been mirrored')
    .action(async (...given: Parameters<MethodCommands['addAuthenticator']>) =>
      (await import('./method-commands.js')).addAuthenticator(...given),
    );

  const recovery = frontDoor.command('recovery-codes').description('codes that people print, and use once each');
  command(
    recovery,
    'make',
    'make ten for a person, in place of all there were; prints them once; tells the person by mail',
  )
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'a user ID of the person, who must have been mirrored')
    .action(async (...given: Parameters<MethodCommands['makeCodes']>) =>
      (await import('./method-commands.js')).makeCodes(...given),
    );

  const methods = frontDoor.command('methods').description('ways of proving who one is that people set up here');
  command(methods, 'list', 'list what a person has set up, addresses masked, and how many recovery codes are left')
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'a user ID of the person, who must have been mirrored')
    .option('--json', 'print it as JSON')
    .action(async (...given: Parameters<MethodCommands['listMethods']>) =>
      (await import('./method-commands.js')).listMethods(...given),
    );
  command(methods, 'remove', 'take one of them away, or all recovery codes; tells the person by mail')
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'a user ID of the person, who must have been mirrored')
    .argument('<id>', 'its id from the list; recovery-codes for all of those')
    .action(async (...given: Parameters<MethodCommands['removeMethod']>) =>
      (await import('./method-commands.js')).removeMethod(...given),
    );

  const tokens = frontDoor.command('api-token').description('tokens for other portals that call the API');
  command(tokens, 'issue', 'issue a token; prints it once')
    .argument('<tenant>', TENANT_HELP)
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--scope <scope...>', 'what it may do').choices([...API_SCOPES]).makeOptionMandatory())
    .action(onDemand(({ issueToken }) => issueToken));
  command(tokens, 'list', 'list the tokens of a tenant; never the tokens themselves')
    .argument('<tenant>', TENANT_HELP)
    .action(onDemand(({ listTokens }) => listTokens));
  command(tokens, 'revoke', 'revoke a token for good')
    .argument('<token-id>', 'its id from the list')
    .action(onDemand(({ revokeToken }) => revokeToken));

  const throttles = frontDoor.command('throttles').description('limits on attempts');
  command(throttles, 'clear', 'let a person who is blocked begin anew; names what held them')
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'a user ID of the person, who must have been mirrored')
    .action(onDemand(({ clearThrottles }) => clearThrottles));

  frontDoor
    .command('texts')
    .description('print every text that an organisation may write itself, as `texts` of its settings takes them')
    .addArgument(new Argument('[language]', 'the language of the texts').choices([...LANGUAGES]).default('en'))
    .action(onDemand(({ printTexts }) => printTexts));
  command(
    frontDoor,
    'explain',
    'say whose policy a user ID has and why, and screen by screen what they meet, as mirrored; counts no attempt',
  )
    .argument('<tenant>', TENANT_HELP)
    .argument('<user>', 'what the person types')
    .option('--json', 'print it as JSON')
    .action(onDemand(({ explain }) => explain));
  const audit = frontDoor.command('audit').description('read the audit journal of this front door');
  command(audit, 'verify', 'check that the journal still is what was written; ends with 1 when it is not').action(
    onDemand(({ verifyAudit }) => verifyAudit),
  );
  command(audit, 'show', 'print the newest entries, or those of one reset or one visit')
    .option('--reset-id <id>', 'only what this reset left')
    .addOption(
      new Option('--support-id <id>', 'only what this visit left: the id is on every page and mail of it').conflicts(
        'resetId',
      ),
    )
    .option('--json', 'print it as JSON')
    .action(onDemand(({ showAudit }) => showAudit));
  return frontDoor;
}

type Commands = typeof import('./commands.js');
type MethodCommands = typeof import('./method-commands.js');

function onDemand<Arguments extends unknown[]>(choose: (commands: Commands) => (...given: Arguments) => Promise<void>) {
  return async (...given: Arguments): Promise<void> => choose(await import('./commands.js'))(...given);
}
