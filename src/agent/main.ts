// The commands of the agent: arguments → one call. Knows where settings come from and what is printed; decides nothing else.

import { Command } from 'commander';
import { Failure } from '../failure/failure.js';
import { createLog } from '../logging/log.js';
import { canonicalUserId } from '../protocol/user-id.js';
import { softwareName } from '../software.js';
import { machineName, readSecretInput, say, stopSignal } from '../terminal/terminal.js';
import { systemClock } from '../timing/clock.js';
import { explainDisposition, renderExplanation } from './accounts/explain.js';
import { networkOf, openDirectory, runAgent } from './agent.js';
import { readAgentConfig } from './config.js';
import { FileIdentityStore } from './data-folder/file-identity-store.js';
import { holdWrites, releaseWrites } from './data-folder/hold-file.js';
import { enrol } from './enrolment/enrol.js';
import { makeIdentityKey } from './enrolment/identity.js';
import { createAgentEvents } from './events.js';
import { httpsPoster } from './https/https-post.js';
import { DataFolderLock } from './sqlite/data-folder-lock.js';
import { writeBackRulesOf } from './write-back-rules.js';

const CONFIG_FILE = 'agent.yaml';
const CONFIG_HELP = 'the settings file; see config/agent.example.yaml';

/** The account was not found, or the agent is not what the command needs. The message says it all. */
class NothingToTell extends Failure {
  readonly code = 'nothing-to-tell';
  readonly retry = { mayRetry: false, why: 'the same question has the same answer' };
}

interface ConfigOption {
  readonly config: string;
}

export function agentCommand(): Command {
  const agent = new Command('agent').description(
    'carries out resets and unlocks in your own directory; runs on a server inside',
  );
  agent
    .command('run', { isDefault: true })
    .description('run until stopped by a signal (this is what plain `drawbridge agent` does)')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(run);
  agent
    .command('enrol')
    .description('make this machine an agent of a front door; reads the one-time code from standard input')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--name <name>', 'the name administrators will see', machineName())
    .option('--again', 'replace the identity this machine already has')
    .action(enrolMachine);
  agent
    .command('explain')
    .description('say what may be done to an account and every fact that rests on; reads only')
    .argument('<user>', 'user principal name, mail address, sAMAccountName or DOMAIN\\name')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .option('--json', 'print it as JSON')
    .action(explain);
  agent
    .command('hold')
    .description('hold all writes on this machine, now and across restarts: the local kill switch')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(async ({ config }: ConfigOption) => {
      await holdWrites((await readAgentConfig(config)).dataFolder);
      say('Writes are held: people are told to try again later. `drawbridge agent release` ends it.');
    });
  agent
    .command('release')
    .description('end what `hold` began')
    .option('--config <file>', CONFIG_HELP, CONFIG_FILE)
    .action(async ({ config }: ConfigOption) => {
      await releaseWrites((await readAgentConfig(config)).dataFolder);
      say('Writes are released.');
    });
  return agent;
}

async function run({ config: file }: ConfigOption): Promise<void> {
  const config = await readAgentConfig(file);
  const log = createLog({ level: config.log.level, program: 'agent' });
  const software = await softwareName();
  const why = await runAgent({ config, software, log, clock: systemClock, signal: stopSignal() });
  if (why === 'revoked')
    throw new NothingToTell('this agent was revoked in the front door: enrol it anew if that was not meant');
}

async function enrolMachine({
  config: file,
  name,
  again,
}: ConfigOption & { readonly name: string; readonly again?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const store = new FileIdentityStore(config.dataFolder);
  const known = await store.load();
  if (known !== undefined && again !== true) {
    throw new NothingToTell(`this machine is agent ${known.agentId} already: use --again to replace its identity`);
  }
  // A running agent would go on under the old identity, with sealing keys signed by it.
  using _lock = DataFolderLock.take(config.dataFolder);
  using code = await readSecretInput('the enrolment code');
  const identity = await enrol({
    code,
    frontDoorUrl: config.frontDoor.url,
    agentName: name,
    post: httpsPoster({ ...(await networkOf(config)), clock: systemClock }),
    makeIdentityKey,
    signal: stopSignal(),
  });
  await store.save(identity);
  say(`Enrolled as agent ${identity.agentId} of tenant "${identity.tenantId}". Start it with \`drawbridge agent\`.`);
}

async function explain(user: string, { config: file, json }: ConfigOption & { readonly json?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const log = createLog({ level: 'warn', program: 'agent' }, process.stderr);
  await using directory = await openDirectory(config, systemClock, createAgentEvents(log));
  const signal = stopSignal();
  const { bindAnchor } = await directory.probe(signal);
  const userId = canonicalUserId(user);
  const found = userId === undefined ? { kind: 'not-found' as const } : await directory.find(userId, signal);
  if (found.kind === 'not-found')
    throw new NothingToTell('no account answers to this user ID below the configured base DN');
  if (found.kind === 'ambiguous')
    throw new NothingToTell('several accounts answer to this user ID: none can be reset by it');
  const policy = await directory.readPolicy(found.account, signal);
  const explanation = explainDisposition(found.account, writeBackRulesOf(config, bindAnchor), systemClock.nowMs());
  if (json === true) say(JSON.stringify({ ...explanation, passwordPolicy: policy }, null, 2));
  else
    say(
      ...renderExplanation(explanation),
      '',
      ...Object.entries(policy).map(([key, value]) => `password policy: ${key} ${value}`),
    );
}
