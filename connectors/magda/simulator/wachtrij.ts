import { randomUUID } from 'node:crypto';
import { given, xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import { textOf } from '#kit/soap/xml.js';
import { geefMutatiesNotificaties, geefPersoonMutatiesNotificaties } from '../diensten.js';
import type { Dienst } from '../diensten.js';
import type { Bevraging, Dienstverlening } from './bevraging.js';
import type { Omgeving } from './state.js';
import { uitzonderingen } from './uitzonderingen.js';

/** A change of a register, as it stands in the queue. */
interface Melding {
  readonly referte: string;
  readonly insz: string;
  /** The number that replaces it. */
  readonly nieuw: string | undefined;
  /** Information type of the national register. */
  readonly gegeven: string;
  readonly datum: string;
  /** When it was laid ready. */
  readonly moment: string;
}

/** What a register has ready for one sender, in order. */
export interface Wachtrij {
  readonly wachtend: Melding[];
  /** Given, and not yet acknowledged. */
  gegeven: { readonly ontvangstreferte: string; readonly meldingen: readonly Melding[] } | null;
}

/** So many changes go along with one answer. */
const mostPerAnswer = 2;

const persoonMelding = ({ insz, nieuw, gegeven, datum }: Melding): Markup => xml`
  <PersoonMutatiesNotificaties>
    <INSZ>${insz}</INSZ>
    ${given(nieuw, (one) => xml`<NieuwINSZ>${one}</NieuwINSZ>`)}
    <Type><Code>M</Code></Type>
    <DatumModificatie>${datum}</DatumModificatie>
    <Informaties>
      <Informatie DatumModificatie="${datum}">
        <Identificatie><Code>${gegeven}</Code><Omschrijving TaalCode="nl">Gegeven ${gegeven}</Omschrijving></Identificatie>
        <TypeMutaties><TypeMutatie><Code>2</Code></TypeMutatie></TypeMutaties>
      </Informatie>
    </Informaties>
  </PersoonMutatiesNotificaties>`;

const algemeneMelding = ({ referte, insz, gegeven, datum }: Melding): Markup => xml`
  <MutatieNotificatie>
    <Referte>${referte}</Referte>
    <Subject><Type>PERS</Type><Sleutel>${insz}</Sleutel></Subject>
    <Soort>Wijziging</Soort>
    <Tijdstip><Datum>${datum}</Datum><Tijd>08:00:00.000</Tijd></Tijdstip>
    <Bron>RR</Bron>
    <Informaties><Informatie>${gegeven}</Informatie></Informaties>
  </MutatieNotificatie>`;

const onderwerp =
  (melding: (one: Melding) => Markup) =>
  (one: Melding): Markup => xml`
    <Onderwerp>
      <Referte>${one.referte}</Referte>
      <Inhoud>
        <Metadata><Referte>${one.referte}</Referte><Type>02</Type><Datum>${one.moment}</Datum></Metadata>
        ${melding(one)}
      </Inhoud>
    </Onderwerp>`;

/** Lays the next of what waits ready, unless something still is. */
const lever = (wachtrij: Wachtrij): Wachtrij['gegeven'] => {
  if (!wachtrij.gegeven && wachtrij.wachtend.length > 0) {
    const meldingen = wachtrij.wachtend.splice(0, mostPerAnswer);
    wachtrij.gegeven = { ontvangstreferte: randomUUID(), meldingen };
  }
  return wachtrij.gegeven;
};

const notificaties =
  (melding: (one: Melding) => Markup): Dienstverlening =>
  ({ wachtrij, identificatie }: Omgeving, { inhoud }: Bevraging) => {
    if (textOf(inhoud, 'Identificatie') !== identificatie)
      return { uitzonderingen: [uitzonderingen.autorisatie] };
    const receipt = textOf(inhoud, 'Ontvangstreferte');
    if (receipt !== undefined && receipt !== wachtrij.gegeven?.ontvangstreferte)
      return { uitzonderingen: [uitzonderingen.ontvangstreferte] };
    if (receipt !== undefined) wachtrij.gegeven = null;
    const levering = lever(wachtrij);
    if (!levering) return { uitzonderingen: [uitzonderingen.wachtrijLeeg] };
    return {
      inhoud: xml`
        <Onderwerpen>${levering.meldingen.map(onderwerp(melding))}</Onderwerpen>
        <Ontvangstreferte>${levering.ontvangstreferte}</Ontvangstreferte>`,
    };
  };

/** The queues of changes, which the sender empties by acknowledging. */
export const wachtrijen: readonly (readonly [Dienst, Dienstverlening])[] = [
  [geefPersoonMutatiesNotificaties, notificaties(persoonMelding)],
  [geefMutatiesNotificaties, notificaties(algemeneMelding)],
];

/** A register changes something of a person. */
export const meld = (
  { wachtrij, tools }: Omgeving,
  { insz, nieuw }: { readonly insz: string; readonly nieuw?: string | undefined },
): void => {
  const moment = tools.now().toISOString();
  const gegeven = nieuw === undefined ? '020' : '000';
  const datum = moment.slice(0, 10);
  wachtrij.wachtend.push({ referte: randomUUID(), insz, nieuw, gegeven, datum, moment });
};
