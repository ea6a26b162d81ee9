import { mijnBurgerprofiel } from '#connectors/mijn-burgerprofiel/mijn-burgerprofiel.connector.js';
import type { SimulatedRequest } from '#kit/simulator.js';
import type { TimedStatus } from '#kit/status-order.js';
import type { People, System } from './system.js';

interface Dossier {
  readonly Identificatie: { readonly Bron: string; readonly DossierNummer: string };
  readonly WijzigingsDatum: string;
  readonly Status: { readonly VlaamsCode: string; readonly Detail1: string };
}

const idOf = ({ Identificatie: { Bron, DossierNummer } }: Dossier): string =>
  `${Bron} ${DossierNummer}`;

/** Label of the status at which a dossier is removed. */
const withdrawn = 'Ingetrokken';

/** The citizen, in Mijn Burgerprofiel, who only watches. */
export const citizen: People = {
  connector: mijnBurgerprofiel,
  settings: {},
  // Whoever asks a token there proves by the clock of this machine who it is.
  now: () => new Date(),
  statuses: [],
  give: () => undefined,
  note: null,
  call: null,
  seen: (shown, id) => {
    const { dossiers } = shown as unknown as { readonly dossiers: readonly Dossier[] };
    const found = dossiers.find((one) => idOf(one) === id);
    if (!found) return { status: 'removed', label: withdrawn, texts: [] };
    const { VlaamsCode, Detail1 } = found.Status;
    return { status: VlaamsCode, label: Detail1, texts: [] };
  },
  shows: (label) => label,
};

const removedId = ({ query }: SimulatedRequest): string =>
  `${query.get('bron') ?? ''} ${query.get('dossierNummer') ?? ''}`;

/** What one request told of a dossier; a removal does not say since when. Null where it told nothing of it. */
const toldBy = (request: SimulatedRequest, id: string): TimedStatus | null => {
  if (request.path !== '/dosis/api/v1/dosis/dossiers') return null;
  if (request.method === 'DELETE')
    return removedId(request) === id ? { label: withdrawn, since: '' } : null;
  const dossier = request.json as unknown as Dossier;
  if (idOf(dossier) !== id) return null;
  return { label: dossier.Status.Detail1, since: dossier.WijzigingsDatum };
};

/** The statuses that a dossier was told, in order; what an attempt after a lost one told again stands there once. */
export const toldTo = ({ asked }: System, id: string): TimedStatus[] => {
  const all = asked.flatMap((request) => toldBy(request, id) ?? []);
  return all.filter((one, index) => {
    const before = all[index - 1];
    return one.label !== before?.label || one.since !== before.since;
  });
};

/** How often somebody was notified that a dossier has this status. */
export const notificationsOf = ({ asked }: System, id: string, label: string): number => {
  const bundles = asked.flatMap(({ path, json }) =>
    path === '/notificaties/api/v2/notificaties' ? [json as unknown as Bundle] : [],
  );
  const ours = bundles.filter(
    ({ TransactieId, SleutelWaardeParen: pairs }) =>
      TransactieId === id.replace(' ', '') &&
      pairs.some(({ Sleutel, Waarde }) => Sleutel === 'StatusDetail1' && Waarde === label),
  );
  return new Set(ours.map(({ Id }) => Id)).size;
};

interface Bundle {
  readonly Id: string;
  readonly TransactieId: string;
  readonly SleutelWaardeParen: readonly { readonly Sleutel: string; readonly Waarde: string }[];
}
