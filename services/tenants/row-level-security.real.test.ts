import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

interface Table {
  readonly name: string;
  readonly forced: boolean;
  readonly policies: number;
}

describe('row-level security', () => {
  let tenancy: Tenancy;
  beforeAll(async () => {
    tenancy = await openTenancy();
    await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
  });
  afterAll(() => tenancy.drop());

  const tables = async (): Promise<readonly Table[]> => {
    const { rows } = await tenancy.owner.scoped('*', (trx) =>
      sql<Table>`
        select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
          (select count(*)::int from pg_policy p where p.polrelid = c.oid
             and pg_get_expr(p.polqual, p.polrelid) like '%in_scope(%'
             and pg_get_expr(p.polwithcheck, p.polrelid) like '%in_scope(%') as policies
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('tenants', 'delivery', 'monitoring')`.execute(
        trx,
      ),
    );
    return rows;
  };

  it('is forced, with a policy by tenant, on every table but those that hold no tenant', async () => {
    const open = (await tables()).filter(({ forced, policies }) => !forced || policies !== 1);
    expect(open.map(({ name }) => name).sort()).toEqual([
      'delivery.replica',
      'monitoring.line_watch',
      'tenants.revision',
    ]);
    expect((await tables()).length).toBeGreaterThan(14);
  });

  const names = (scope: string): Promise<string[]> =>
    tenancy.database.scoped(scope, async (trx) => {
      const rows = await trx.selectFrom('tenants.tenant').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id);
    });

  it('lets a transaction see its own tenant only, and the bus itself all', async () => {
    expect(await names('aalter')).toEqual(['aalter']);
    expect(await names('*')).toEqual(['aalter', 'beringen']);
  });

  it.each(['', 'onbekend', '%', 'a'])(
    'lets a transaction in scope "%s" see nothing',
    async (scope) => {
      expect(await names(scope)).toEqual([]);
    },
  );

  it('lets a transaction that never named a scope see nothing', async () => {
    const seen = await tenancy.database.scoped('*', async (trx) => {
      await sql`reset app.tenant`.execute(trx);
      return (await trx.selectFrom('tenants.tenant').select('id').execute()).length;
    });
    expect(seen).toBe(0);
  });

  const hold = (tenant: string) => ({
    tenant,
    target: 'topdesk',
    code: 'x',
    detail: 'x',
    held_by: 'bus',
  });
  const insert = (scope: string, tenant: string): Promise<unknown> =>
    tenancy.database.scoped(scope, (trx) =>
      trx.insertInto('delivery.hold').values(hold(tenant)).execute(),
    );
  const inBeringen = (work: (trx: Scoped) => Promise<unknown>) =>
    tenancy.database.scoped('aalter', work);

  it('does not let a transaction of one tenant write, change or remove what is of another', async () => {
    await insert('beringen', 'beringen');
    await expect(insert('aalter', 'beringen')).rejects.toThrow('row-level security');
    await inBeringen((trx) => trx.deleteFrom('delivery.hold').execute());
    await inBeringen((trx) => trx.updateTable('delivery.hold').set({ code: 'y' }).execute());
    await insert('aalter', 'aalter');
    await expect(
      inBeringen((trx) =>
        trx.updateTable('delivery.hold').set({ tenant: 'beringen', target: 'b' }).execute(),
      ),
    ).rejects.toThrow('row-level security');
    const left = await tenancy.database.scoped('*', (trx) =>
      trx.selectFrom('delivery.hold').select(['tenant', 'code']).orderBy('tenant').execute(),
    );
    expect(left).toEqual([
      { tenant: 'aalter', code: 'x' },
      { tenant: 'beringen', code: 'x' },
    ]);
  });
});
