// What text messages have cost, in SQLite: reading, deciding and writing one is one transaction, so that many at once never pass the limit.
// On the disk before the gateway is asked: what was spent is not forgotten by a power cut.

import { z } from 'zod';
import { NOTHING_SPENT, type Spent } from '../methods/text-message/decide-send.js';
import type { SpendStore } from '../methods/text-message/spend-store.js';
import type { DirectStatements } from './direct-statements.js';

export function sqliteSpendStore(direct: DirectStatements): SpendStore {
  const select = direct.prepare('select cost_millionths, is_stopped from text_costs where tenant_id = ? and day = ?');
  const replace = direct.prepare(
    'insert or replace into text_costs (tenant_id, day, cost_millionths, is_stopped) values (?, ?, ?, ?)',
  );
  const read = (tenantId: string, day: number): Spent => {
    const row = select.get(tenantId, day);
    return row === undefined ? NOTHING_SPENT : rowSchema.parse(row);
  };
  return {
    update: (tenantId, day, decide) =>
      direct.durably(() => {
        const { spent, result } = decide(read(tenantId, day));
        replace.run(tenantId, day, spent.cost, spent.isStopped ? 1 : 0);
        return result;
      }),
  };
}

const rowSchema = z
  .object({ cost_millionths: z.number(), is_stopped: z.number() })
  .transform(({ cost_millionths, is_stopped }) => ({ cost: cost_millionths, isStopped: is_stopped === 1 }));
