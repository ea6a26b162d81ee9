import { expect, it } from '@jest/globals';
import { until } from './until.js';

it('answers the first truthy value', async () => {
  let asked = 0;
  const value = await until(() => ((asked += 1) === 3 ? 'third' : undefined), { what: 'three' });
  expect(value).toBe('third');
});

it('says what did not come, with the last error as the cause', async () => {
  const refuse = (): never => {
    throw new Error('connection refused');
  };
  await expect(
    until(refuse, { what: 'the gateway is ready', timeoutMs: 50 }),
  ).rejects.toMatchObject({
    message: 'not within 50 ms: the gateway is ready',
    cause: { message: 'connection refused' },
  });
});
