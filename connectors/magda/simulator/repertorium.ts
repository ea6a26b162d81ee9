import { xml } from '#kit/soap/template.js';
import { childOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { tijdstip } from '../envelope.js';
import type { Uitkomst } from './antwoorden.js';
import { hoedanigheden, inschrijvingKey } from './state.js';
import type { Omgeving } from './state.js';

interface Inschrijving {
  readonly insz: string;
  readonly hoedanigheid: string;
  readonly einde: string;
}

/** The inscription that is meant; null where it is not one of the sender's own, or not of a person. */
const inschrijvingIn = (
  { identificatie }: Omgeving,
  element: XmlElement | undefined,
): Inschrijving | null => {
  const subject = childOf(element, 'BetrokkenSubject', 'Subjecten', 'Subject');
  const insz = textOf(subject, 'Sleutel') ?? '';
  const hoedanigheid = textOf(element, 'Hoedanigheid') ?? '';
  const isOwn = textOf(element, 'Identificatie') === identificatie;
  const isPerson = textOf(subject, 'Type') === 'PERS' && /^\d{11}$/.test(insz);
  if (!isOwn || !isPerson || !hoedanigheden.has(hoedanigheid)) return null;
  return { insz, hoedanigheid, einde: textOf(element, 'Periode', 'Einde') ?? '9999-12-31' };
};

const resultaat = (isDone: boolean): Uitkomst => ({
  inhoud: isDone
    ? xml`<Resultaat Beschrijving="Geslaagd">1</Resultaat>`
    : xml`<Resultaat Beschrijving="Niet geslaagd">0</Resultaat>`,
});

/** Inscribes: again does nothing but make it longer. */
export const schrijfIn = (
  omgeving: Omgeving,
  { inhoud }: { readonly inhoud: XmlElement },
): Uitkomst => {
  const asked = inschrijvingIn(omgeving, childOf(inhoud, 'Inschrijving'));
  if (!asked || asked.einde < tijdstip(omgeving.tools.now()).datum) return resultaat(false);
  const key = inschrijvingKey(asked.insz, asked.hoedanigheid);
  if (!omgeving.inschrijvingen.has(key))
    omgeving.effects.push(`ingeschreven ${asked.hoedanigheid}`);
  omgeving.inschrijvingen.set(key, asked.einde);
  return resultaat(true);
};

/** Ends an inscription; who was not inscribed is fine. */
export const schrijfUit = (
  omgeving: Omgeving,
  { inhoud }: { readonly inhoud: XmlElement },
): Uitkomst => {
  const asked = inschrijvingIn(omgeving, childOf(inhoud, 'Uitschrijving'));
  if (!asked) return resultaat(false);
  const key = inschrijvingKey(asked.insz, asked.hoedanigheid);
  if (omgeving.inschrijvingen.delete(key))
    omgeving.effects.push(`uitgeschreven ${asked.hoedanigheid}`);
  return resultaat(true);
};
