import { complaintAt, type DeclaredTenant } from './declaration.js';
import type { Desired } from './desired.js';
import type { Stored } from './stored.js';
import { tell } from './tell.js';
import { DeclarationBroken, type PlacedComplaint } from './yaml-source.js';

type Holders = Map<string, string>;

const claim = (holders: Holders, what: string, holder: string): string | null => {
  const other = holders.get(what);
  holders.set(what, holder);
  return other === undefined || other === holder ? null : other;
};

const claimsOf = ({ connectors, credentials }: Omit<Stored['tenants'][number], 'bodyKey'>) => [
  ...credentials.flatMap(({ name, keyHashes, issuer, clientId }) => [
    ...keyHashes.map((hash) => ({ what: hash, by: `credential ${name}` })),
    ...(issuer === null
      ? []
      : [{ what: JSON.stringify([issuer, clientId]), by: `credential ${name}` }]),
  ]),
  ...connectors.flatMap(({ name, hookTokenHash }) =>
    hookTokenHash === null ? [] : [{ what: hookTokenHash, by: `connector ${name}` }],
  ),
];

/** A key, client or token says who a caller is, so it may serve one only, over all tenants. */
export const refuseShared = (
  stored: Stored,
  desired: readonly Desired[],
  declared: readonly DeclaredTenant[],
): void => {
  const replaced = new Set(desired.map(({ tenant }) => tenant.id));
  const all = [
    ...stored.tenants.filter(({ id }) => !replaced.has(id)),
    ...desired.map(({ tenant }) => tenant),
  ];
  const holders: Holders = new Map();
  const complaints: PlacedComplaint[] = [];
  for (const tenant of all)
    for (const { what, by } of claimsOf(tenant)) {
      const other = claim(holders, what, `${tenant.id}: ${by}`);
      const place = declared.find((one) => one.declared.tenant === tenant.id)?.placeOf;
      if (other !== null && place)
        complaints.push(
          complaintAt(place, {
            path: [],
            told: tell('same-key', { by, other }),
          }),
        );
    }
  if (complaints.length > 0) throw new DeclarationBroken(complaints);
};
