import { randomUUID } from 'node:crypto';
import type { SimulatedAnswer } from '#kit/simulator.js';
import { given, xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import type { Dienst } from '../diensten.js';
import { tijdstip } from '../envelope.js';
import type { Uitzondering } from '../errors.js';

/** What a service answers to one question. */
export interface Uitkomst {
  readonly inhoud?: Markup;
  readonly uitzonderingen?: readonly Uitzondering[];
}

/** What the answer repeats of the question. */
export interface Gevraagd {
  readonly identificatie: string;
  readonly referte: string;
  readonly vraagReferte: string;
  readonly hoedanigheid: string | undefined;
}

const envelope = (body: Markup): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${
    xml`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
      <soap:Body>${body}</soap:Body>
    </soap:Envelope>`.markup
  }`;

const answer = (status: number, body: Markup): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body: envelope(body),
});

/** Error level 1: the envelope is not accepted. */
export const fault = (text: string): SimulatedAnswer =>
  answer(
    500,
    xml`<soap:Fault><faultcode>soap:Server</faultcode><faultstring>${text}</faultstring></soap:Fault>`,
  );

const moment = (now: Date): Markup => {
  const { datum, tijd } = tijdstip(now);
  return xml`<Datum>${datum}</Datum><Tijd>${tijd}</Tijd>`;
};

const uitzondering = (one: Uitzondering, now: Date): Markup => {
  const annotaties = Object.entries(one.annotaties).map(
    ([naam, waarde]) => xml`<Annotatie><Naam>${naam}</Naam><Waarde>${waarde}</Waarde></Annotatie>`,
  );
  return xml`
    <Uitzondering>
      <Identificatie>${one.identificatie}</Identificatie>
      <Oorsprong>${one.oorsprong}</Oorsprong>
      <Type>${one.type}</Type>
      <Tijdstip>${moment(now)}</Tijdstip>
      <Diagnose>${one.diagnose}</Diagnose>
      ${annotaties.length > 0 ? xml`<Annotaties>${annotaties}</Annotaties>` : null}
    </Uitzondering>`;
};

const lijst = (all: readonly Uitzondering[] | undefined, now: Date): Markup | undefined =>
  given(
    all,
    (some) => xml`<Uitzonderingen>${some.map((one) => uitzondering(one, now))}</Uitzonderingen>`,
  );

const antwoord = ({ vraagReferte }: Gevraagd, uitkomst: Uitkomst, now: Date): Markup => xml`
  <Antwoorden><Antwoord>
    <Referte>${vraagReferte}</Referte>
    ${given(uitkomst.inhoud, (inhoud) => xml`<Inhoud>${inhoud}</Inhoud>`)}
    ${lijst(uitkomst.uitzonderingen, now)}
  </Antwoord></Antwoorden>`;

const context = (dienst: Dienst, gevraagd: Gevraagd, now: Date): Markup => xml`
  <Context>
    <Naam>${dienst.naam}</Naam>
    <Versie>${dienst.versie}.0000</Versie>
    <Bericht>
      <Type>ANTWOORD</Type>
      <Tijdstip>${moment(now)}</Tijdstip>
      <Afzender>
        <Identificatie>vip.vlaanderen.be</Identificatie>
        <Naam>MagdaGateway</Naam>
        <Referte>${randomUUID()}</Referte>
      </Afzender>
      <Ontvanger>
        <Identificatie>${gevraagd.identificatie}</Identificatie>
        <Referte>${gevraagd.referte}</Referte>
        ${given(gevraagd.hoedanigheid, (one) => xml`<Hoedanigheid>${one}</Hoedanigheid>`)}
      </Ontvanger>
    </Bericht>
  </Context>`;

const repliek = (
  dienst: Dienst,
  gevraagd: Gevraagd,
  { rest, now }: { rest: Markup | undefined; now: Date },
): SimulatedAnswer => {
  const open = { markup: `<web:${dienst.naam}Response xmlns:web="${dienst.namespace}">` };
  const close = { markup: `</web:${dienst.naam}Response>` };
  return answer(
    200,
    xml`${open}<Repliek>${context(dienst, gevraagd, now)}${rest}</Repliek>${close}`,
  );
};

/** Error level 3, or an answer: what came of the one question. */
export const beantwoord = (
  dienst: Dienst,
  gevraagd: Gevraagd,
  { uitkomst, now }: { readonly uitkomst: Uitkomst; readonly now: Date },
): SimulatedAnswer => repliek(dienst, gevraagd, { rest: antwoord(gevraagd, uitkomst, now), now });

/** Error level 2: the request as a whole is refused. */
export const geweigerd = (
  dienst: Dienst,
  gevraagd: Gevraagd,
  { reden, now }: { readonly reden: Uitzondering; readonly now: Date },
): SimulatedAnswer => repliek(dienst, gevraagd, { rest: lijst([reden], now), now });
