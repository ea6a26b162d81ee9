import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import type { Hint } from './hint.js';
import { openLiveHub } from './hub.js';

let notify: (text: string) => void;
let told: Hint[];
let close: () => Promise<void>;

const times = (kind: string): number => told.filter((hint) => hint.kind === kind).length;

beforeEach(() => {
  const database = {
    listen: (_channel: string, tell: (text: string) => void) => {
      notify = tell;
      return () => Promise.resolve();
    },
  };
  const renewed = (kind: string): Promise<void> =>
    kind === 'messages' ? new Promise(() => undefined) : Promise.resolve();
  const hub = openLiveHub(database, { ofTenants: [], renewed });
  told = [];
  hub.follow(null, (hints) => told.push(...hints));
  close = hub.close;
});
afterEach(() => close());

it('tells of a kind again as soon as that was read anew, whatever the reading of another takes', async () => {
  notify('messages aalter');
  notify('acts aalter');
  await until(() => times('acts') === 2, { what: 'the act and its echo' });
  expect(times('messages')).toBe(1);
});

it('tells of the tenant itself where something of it was held or parked', async () => {
  notify('holds aalter');
  await until(() => told.length > 0, { what: 'the hint' });
  expect(told).toEqual(
    expect.arrayContaining([
      { kind: 'holds', tenant: 'aalter' },
      { kind: 'tenants', tenant: 'aalter' },
    ]),
  );
});
