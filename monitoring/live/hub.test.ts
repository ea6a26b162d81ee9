import { expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import type { Hint } from './hint.js';
import { openLiveHub } from './hub.js';

it('tells of a kind again as soon as that was read anew, whatever the reading of another takes', async () => {
  let notify = (_text: string): void => undefined;
  const hub = openLiveHub(
    {
      listen: (_channel, tell) => {
        notify = tell;
        return () => Promise.resolve();
      },
    },
    {
      ofTenants: [],
      renewed: (kind) => (kind === 'messages' ? new Promise(() => undefined) : Promise.resolve()),
    },
  );
  const told: Hint[] = [];
  const times = (kind: string): number => told.filter((hint) => hint.kind === kind).length;
  const stop = hub.follow(null, (hints) => told.push(...hints));
  notify('messages aalter');
  notify('holds aalter');
  await until(() => times('holds') === 2, { what: 'the hold and its echo' });
  expect(times('messages')).toBe(1);
  stop();
  await hub.close();
});
