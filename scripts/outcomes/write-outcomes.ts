// Writes docs/outcomes.md from the code. Run after a change to the refusal table, the outcome codes or the pages' words.

import { writeFile } from 'node:fs/promises';
import { outcomesDocument } from './outcomes-document.js';

await writeFile('docs/outcomes.md', outcomesDocument());
