import { randomUUID } from 'node:crypto';
import { contextOf, openDeskOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import type { Json, Message } from '#kit/message.js';
import type { Reference } from '#kit/operation.js';
import { statusIri } from '#kit/melding-status.js';
import type { Agent, MeldingIngediend, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import type { PersoonGewijzigd } from '#oslo/generated/persoon.js';
import { meldingContext, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { persoonContext, persoonGewijzigd } from '#oslo/persoon/types.js';
import type { Burgerprofiel } from './client.js';
import type { DosisDossier, Push } from './dossier.js';
import { fromMelding, fromStatus } from './mapping.js';
import { mijnBurgerprofiel } from './mijn-burgerprofiel.connector.js';
import { keptOf, push, referenceOf, remarkOf } from './sending.js';
import type { BurgerprofielSettings } from './settings.js';

/** An invented person: the month is 60 higher. */
export const insz = '85641501720';

const citizen: Agent = {
  '@type': 'GeregistreerdPersoon',
  registratie: { '@type': 'Identificator', identificator: insz },
};

const subject = 'https://meldingen.aalter.example/id/melding/2026-000123';

const messageOf = <D>(type: string, time: string, data: D): Message<D> => ({
  busId: randomUUID(),
  ...{ tenant: 'aalter', id: randomUUID(), source: 'urn:lb:aalter:meldpunt' },
  ...{ type, subject, time, data },
  event: {},
});

export const submitted = (changes: Partial<MeldingIngediend> = {}): Message<MeldingIngediend> =>
  messageOf(meldingIngediend.type, '2026-01-05T08:00:00Z', {
    '@context': meldingContext,
    '@id': subject,
    '@type': 'Melding',
    identificator: [{ '@type': 'Identificator', identificator: '2026-000123' }],
    titel: 'Put in het fietspad',
    meldingstype: [{ '@id': 'https://data.aalter.example/id/concept/Meldingstype/wegdek' }],
    indiener: citizen,
    behandelaar: { '@id': 'http://data.lblod.info/id/bestuurseenheden/voorbeeld-aalter' },
    heeftBody: [{ '@type': 'MeldingBody', beschrijving: 'Een put.' }],
    ...changes,
  });

type StatusIri = MeldingStatusGewijzigd['heeftStatus'][0]['statusType']['@id'];

/** A status as a system tells it that handles the melding: it names nobody. */
export const status = (
  label: string,
  since: string,
  event: Record<string, Json> = {},
): Message<MeldingStatusGewijzigd> => ({
  ...messageOf<MeldingStatusGewijzigd>(meldingStatusGewijzigd.type, since, {
    '@context': meldingContext,
    '@id': subject,
    '@type': 'Melding',
    identificator: [{ '@type': 'Identificator', identificator: 'I 2601 412' }],
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': statusIri(label) as StatusIri },
        statusdatum: since,
        beschrijving: label,
        statuswijzigingDoor: { '@id': 'urn:lb:aalter:topdesk' },
      },
    ],
  }),
  event,
});

/** A person has another number than before. */
export const changed = (number: string, former: string): Message<PersoonGewijzigd> =>
  messageOf<PersoonGewijzigd>(persoonGewijzigd.type, '2026-01-06T06:00:00Z', {
    '@context': persoonContext,
    '@id': 'urn:lb:aalter:persoon:1',
    '@type': 'GeregistreerdPersoon',
    registratie: { '@type': 'Identificator', identificator: number },
    vroegereRegistratie: { '@type': 'Identificator', identificator: former },
  });

export type Office = Desk<Burgerprofiel, BurgerprofielSettings>;

export const openOffice = (settings: Readonly<Record<string, unknown>> = {}): Promise<Office> =>
  openDeskOf(mijnBurgerprofiel, settings);

interface Seen {
  readonly dossiers: DosisDossier[];
  readonly notifications: Record<string, unknown>[];
}

/** What the other side has. */
export const seen = ({ simulator }: Office): Seen => simulator.state('aalter') as unknown as Seen;

/** Requests but those for tokens: `POST /dosis/api/v1/dosis/dossiers`. */
export const asked = ({ simulator }: Office): string[] =>
  simulator
    .requests()
    .flatMap(({ forToken, method, path }) => (forToken ? [] : [`${method} ${path}`]));

/** What the bus knows of the one melding of these tests, from message to message. */
export class Course {
  readonly #office: Office;
  #reference: Reference | null = null;
  kept: Json | undefined;

  constructor(office: Office) {
    this.#office = office;
  }

  /** One attempt; `taken` is what the attempt before said. */
  attempt(request: Push, taken?: string): ReturnType<typeof push> {
    const context = contextOf({
      reference: this.#reference?.externalId ?? null,
      state: this.#reference?.state,
      kept: this.kept,
      ...(taken !== undefined && { taken }),
    });
    return push(this.#office.client, request, context);
  }

  /** Attempts until the message has ended; answers its remark. */
  async tell(message: Message<MeldingIngediend> | Message<MeldingStatusGewijzigd>) {
    const isNew = message.type === meldingIngediend.type;
    const { settings } = this.#office;
    const request = isNew
      ? fromMelding(message as Message<MeldingIngediend>, settings)
      : fromStatus(message as Message<MeldingStatusGewijzigd>, settings);
    const result = await this.#untilEnded(request);
    const reference = referenceOf(result, request);
    if (reference) this.#reference = { ...this.#reference, ...reference };
    if (isNew) this.kept = keptOf(result, request)?.value ?? this.kept;
    return remarkOf(result);
  }

  async #untilEnded(request: Push, taken?: string): ReturnType<typeof push> {
    try {
      return await this.attempt(request, taken);
    } catch (failure) {
      const said = (failure as { readonly taken?: string }).taken;
      if (said === undefined) throw failure;
      return this.#untilEnded(request, said);
    }
  }
}
