import { given, xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import type { Dienst } from './diensten.js';

/** Who asks, as it stands in the Context of every request (Generiek-02.00, Context.xsd). */
export interface Afzender {
  readonly identificatie: string;
  readonly hoedanigheid: string;
  readonly organisatieEenheid?: string | undefined;
  /** National number of the official. */
  readonly gebruiker?: string | undefined;
}

/** A question as `map` makes it: everything but when it is asked and under which reference. */
export interface Vraag {
  readonly afzender: Afzender;
  /** Processing activity, where it goes along. */
  readonly verwerking?: string | undefined;
  /** What stands in `Inhoud`, as markup. */
  readonly inhoud: string;
}

/** At most 36 characters (ReferteType): the id of a message fits, nothing longer does. */
export type Referte = string;

const brussels = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Brussels',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Date and time of Brussels without zone. Some sources behind MAGDA refuse milliseconds that are missing or not zero. */
export const tijdstip = (now: Date): { readonly datum: string; readonly tijd: string } => {
  const [datum = '', tijd = ''] = brussels.format(now).split(' ');
  return { datum, tijd: `${tijd}.000` };
};

/** The VIP platform: what MAGDA calls itself in messages. */
const magda = 'vip.vlaanderen.be';

const afzenderOf = (afzender: Afzender, referte: Referte): Markup => xml`
  <Afzender>
    <Identificatie>${afzender.identificatie}</Identificatie>
    <Referte>${referte}</Referte>
    ${given(afzender.organisatieEenheid, (one) => xml`<OrganisatieEenheid>${one}</OrganisatieEenheid>`)}
    <Hoedanigheid>${afzender.hoedanigheid}</Hoedanigheid>
    ${given(afzender.gebruiker, (one) => xml`<Gebruiker>${one}</Gebruiker>`)}
  </Afzender>`;

const annotaties = (verwerking: string): Markup => xml`
  <Annotaties><Annotatie>
    <Naam>verwerking</Naam><Waarde>${verwerking}</Waarde>
  </Annotatie></Annotaties>`;

/**
 * The element that stands in the body. Its name has a prefix, so that what is in it has no namespace, as the schemas want
 * it: clients generated from the WSDL leave the namespace out, and `xmlns=""` is not welcome.
 */
export const verzoek = (
  dienst: Dienst,
  { afzender, verwerking, inhoud }: Vraag,
  { referte, now }: { readonly referte: Referte; readonly now: Date },
): Markup => {
  const { datum, tijd } = tijdstip(now);
  const open = { markup: `<m:${dienst.naam} xmlns:m="${dienst.namespace}">` };
  const close = { markup: `</m:${dienst.naam}>` };
  return xml`${open}
    <Verzoek>
      <Context>
        <Naam>${dienst.naam}</Naam>
        <Versie>${dienst.versie}.0000</Versie>
        <Bericht>
          <Type>VRAAG</Type>
          <Tijdstip><Datum>${datum}</Datum><Tijd>${tijd}</Tijd></Tijdstip>
          ${afzenderOf(afzender, referte)}
          <Ontvanger><Identificatie>${magda}</Identificatie></Ontvanger>
        </Bericht>
        ${given(verwerking, annotaties)}
      </Context>
      <Vragen><Vraag>
        <Referte>${referte}</Referte>
        <Inhoud>${{ markup: inhoud }}</Inhoud>
      </Vraag></Vragen>
    </Verzoek>${close}`;
};
