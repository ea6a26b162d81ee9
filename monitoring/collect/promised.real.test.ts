import { describe, expect, it } from '@jest/globals';
import { conflictIdOf, type Envelope } from '#bus/envelope.js';
import {
  acceptedOf,
  chanceOf,
  envelopeOf,
  keysOfTest,
  shuffled,
  stepOf,
} from '#infra/testing/audit-records.js';
import { useCollected } from '#infra/testing/collected.js';
import { batchOf } from './contents.js';
import { storeBatch } from './store.js';

describe('where a message stands that the door never took', () => {
  const collected = useCollected((database, records) =>
    storeBatch(database, batchOf(records), keysOfTest),
  );
  const { store } = collected;
  const standing = ({ id }: Envelope): Promise<Readonly<Record<string, string>>> =>
    collected.database.scoped('*', async (trx) => {
      const [message] = await trx
        .selectFrom('monitoring.message')
        .select('status')
        .where('id', '=', id)
        .execute();
      const targets = await trx
        .selectFrom('monitoring.target')
        .select(['target', 'status'])
        .where('message', '=', id)
        .execute();
      const places = targets.map(({ target, status }) => [target, status] as const);
      return { ...Object.fromEntries(places), whole: message?.status ?? 'unknown' };
    });

  it.each([1, 2, 3])(
    'lets nothing stand at a target that did not take it before the door gave up, in order %s',
    async (seed) => {
      const tried = envelopeOf(20, { targets: ['topdesk', 'postvak', 'gone'] });
      const again = {
        ...tried,
        acceptedAt: '2026-11-03T00:00:00.000Z',
        targets: ['topdesk', 'postvak'],
      };
      const records = [stepOf(tried), acceptedOf(again), stepOf(again, { target: 'postvak' })];
      await store(shuffled([...records, ...records], chanceOf(seed)), seed);
      expect(await standing(tried)).toEqual({
        ...{ topdesk: 'delivered', postvak: 'delivered' },
        whole: 'delivered',
      });
    },
  );

  it.each([1, 2, 3])(
    'lets a conflict stand where delivery set it aside, and elsewhere only once the door took it, in order %s',
    async (seed) => {
      const first = envelopeOf(21);
      const { tenant, source, senderId } = first;
      const digest = 'b'.repeat(64);
      const other = { ...first, digest, acceptedAt: '2026-11-03T00:00:00.000Z' };
      const aside = { ...other, id: conflictIdOf(tenant, source, senderId, digest) };
      const parked = { outcome: 'parked', status: 'parked', code: 'conflict' } as const;
      const told = [acceptedOf(first), acceptedOf(aside), stepOf(aside, parked)];
      await store(shuffled([...told, ...told], chanceOf(seed)), seed);
      expect(await standing(aside)).toEqual({ topdesk: 'parked', whole: 'parked' });
      expect(await standing(first)).toEqual({
        topdesk: 'accepted',
        postvak: 'accepted',
        whole: 'accepted',
      });
      await store([acceptedOf(other)]);
      expect(await standing(aside)).toEqual({
        topdesk: 'parked',
        postvak: 'accepted',
        whole: 'parked',
      });
    },
  );
});
