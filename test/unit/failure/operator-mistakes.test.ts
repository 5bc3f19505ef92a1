// Which failures end a command with exit code 2: those that only the person who runs the program can put right.

import { describe, expect, test } from 'vitest';
import { Failure, OperatorMistake } from '../../../src/failure/failure.js';
import { FrontDoorKeyInvalid } from '../../../src/front-door/enrolment/front-door-key.js';
import { StoreTooNew } from '../../../src/front-door/sqlite/open-store.js';
import { PrivateFileExposed, PrivateFileUnusable } from '../../../src/private-files/private-file.js';
import { SettingsRefused } from '../../../src/settings/read-settings.js';
import { DangerousEnvironment } from '../../../src/settings/refuse-dangerous-environment.js';
import { SecretUnavailable } from '../../../src/settings/secret-sources.js';
import { InputRefused } from '../../../src/terminal/terminal.js';
import { DeadlineExceeded } from '../../../src/timing/waits.js';

describe('an operator’s mistake', () => {
  test.each([
    new SettingsRefused('agent.yaml', []),
    new SecretUnavailable('the bind password is not set'),
    new DangerousEnvironment('NODE_DEBUG is set'),
    new PrivateFileExposed('others may read it'),
    new PrivateFileUnusable('cannot read it'),
    new FrontDoorKeyInvalid('no key'),
    new StoreTooNew('of a newer version'),
    new InputRefused('nothing came'),
  ])('is $name, which no restart helps', (failure) => {
    expect(failure).toBeInstanceOf(OperatorMistake);
    expect(failure.retry.mayRetry).toBe(false);
  });

  test('is not what another attempt may help', () => {
    const late = new DeadlineExceeded('too late');
    expect(late).toBeInstanceOf(Failure);
    expect(late).not.toBeInstanceOf(OperatorMistake);
  });
});
