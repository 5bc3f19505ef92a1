// Writes config/schema/*.json from the code. A test fails when they are not what the code says: run `npm run schemas` then.

import { writeFileSync } from 'node:fs';
import { agentSettingsSchema } from '../../src/agent/config.js';
import { frontDoorSettingsSchema } from '../../src/front-door/config.js';
import { settingsJsonSchema } from '../../src/settings/json-schema.js';

writeFileSync('config/schema/agent.json', settingsJsonSchema('Drawbridge agent', agentSettingsSchema('.')));
writeFileSync(
  'config/schema/front-door.json',
  settingsJsonSchema('Drawbridge front door', frontDoorSettingsSchema('.')),
);
