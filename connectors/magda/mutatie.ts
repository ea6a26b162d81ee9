import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import type { PersoonGewijzigd } from '#oslo/generated/persoon.js';
import { datumOf } from './datum.js';

type Wijziging = NonNullable<PersoonGewijzigd['heeftWijziging']>[number];

/** What a notification of a register says; null where it is not about a person. */
export interface Mutatie {
  /** National number of now. */
  readonly insz: string;
  /** The number before, where it was replaced. */
  readonly vroeger: string | undefined;
  readonly wijzigingen: readonly Wijziging[];
  /** When it was told, with its zone; undefined where the register does not say it so. */
  readonly tijdstip: string | undefined;
}

const mostWijzigingen = 100;
const longestText = 255;

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Metadata of the notification (Generiek-02.00, MetadataType). */
const tijdstipOf = (inhoud: XmlElement | undefined): string | undefined => {
  const text = textOf(inhoud, 'Metadata', 'Datum');
  return text !== undefined && zoned.test(text) ? text : undefined;
};

const codeAndWords = (
  element: XmlElement | undefined,
): { readonly code: string | undefined; readonly omschrijving: string | undefined } => ({
  code: textOf(element, 'Code'),
  omschrijving:
    textOf(element, 'Omschrijving') ?? childOf(element, 'Code')?.attributes['Beschrijving'],
});

/** Persoon-02.00, PersoonInformatieType. */
const wijzigingOf = (informatie: XmlElement): Wijziging[] => {
  const { code, omschrijving } = codeAndWords(childOf(informatie, 'Identificatie'));
  if (code === undefined) return [];
  const soort = childrenOf(childOf(informatie, 'TypeMutaties'), 'TypeMutatie').flatMap(
    (one) => textOf(one, 'Code') ?? [],
  );
  const datum = datumOf(informatie.attributes['DatumModificatie']);
  return [
    {
      '@type': 'Wijziging',
      gegeven: code,
      ...(omschrijving !== undefined && { omschrijving: omschrijving.slice(0, longestText) }),
      ...(soort.length > 0 && { soort }),
      ...(datum !== undefined && { datum }),
    },
  ];
};

/** GeefPersoonMutatiesNotificaties-02.00: PersoonMutatiesNotificaties2_0Type of Persoon-02.00. */
export const persoonMutatie = (inhoud: XmlElement | undefined): Mutatie | null => {
  const notificatie = childOf(inhoud, 'PersoonMutatiesNotificaties');
  const stated = textOf(notificatie, 'INSZ');
  if (stated === undefined) return null;
  const insz = textOf(notificatie, 'NieuwINSZ') ?? stated;
  const others = [stated, textOf(notificatie, 'GeannuleerdINSZ')];
  return {
    insz,
    vroeger: others.find((one) => one !== undefined && one !== insz),
    wijzigingen: childrenOf(childOf(notificatie, 'Informaties'), 'Informatie')
      .flatMap(wijzigingOf)
      .slice(0, mostWijzigingen),
    tijdstip: tijdstipOf(inhoud),
  };
};

/** GeefMutatiesNotificaties-02.01: CriteriaRegistreerMutatieNotificatie2_01Type of Algemeen-02.01. */
export const algemeneMutatie = (inhoud: XmlElement | undefined): Mutatie | null => {
  const notificatie = childOf(inhoud, 'MutatieNotificatie');
  const insz = textOf(notificatie, 'Subject', 'Sleutel');
  if (insz === undefined || textOf(notificatie, 'Subject', 'Type') !== 'PERS') return null;
  const soort = textOf(notificatie, 'Soort');
  const datum = datumOf(textOf(notificatie, 'Tijdstip', 'Datum'));
  const gegevens = childrenOf(childOf(notificatie, 'Informaties'), 'Informatie');
  return {
    insz,
    vroeger: undefined,
    wijzigingen: gegevens
      .filter(({ text }) => text !== '')
      .slice(0, mostWijzigingen)
      .map(({ text }) => ({
        '@type': 'Wijziging',
        gegeven: text,
        ...(soort !== undefined && { soort: [soort] }),
        ...(datum !== undefined && { datum }),
      })),
    tijdstip: tijdstipOf(inhoud),
  };
};
