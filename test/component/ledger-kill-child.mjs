// Run as a process of its own, to be killed: takes a command, marks it as sent, says so, and never settles it.
// Node strips the types; the hook finds `x.ts` where our sources say `x.js`.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isOurs =
      specifier.startsWith('.') && specifier.endsWith('.js') && !context.parentURL?.includes('node_modules');
    return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});

const { AgentDatabase } = await import('../../src/agent/sqlite/agent-database.ts');
const { SqliteLedger } = await import('../../src/agent/sqlite/sqlite-ledger.ts');

const [file, commandText] = process.argv.slice(2);
const command = JSON.parse(commandText);
const ledger = new SqliteLedger(AgentDatabase.open(file));
ledger.receive(command, 1);
ledger.markSent(command.resetId, {
  sentAtMs: 2,
  domainController: 'dc1.example.com',
  passwordLastSetBefore: 3n,
  revisionBefore: '7',
  mustChange: false,
});
process.stdout.write('sent\n');
setInterval(() => undefined, 1000);
