import { Type } from '@sinclair/typebox';
import type { TUnsafe } from '@sinclair/typebox';
import { codelist } from '#oslo/codelists.js';
import type { MeldingIngediend } from '#oslo/generated/melding.js';
import { meldingContext, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import type { Derived, Message } from './message.js';

const concepts = codelist('MeldingStatuswaarde')?.concepts ?? [];
const iris: ReadonlyMap<string, string> = new Map(
  concepts.map((concept) => [concept.label.nl, concept['@id']]),
);
const labels: ReadonlyMap<string, string> = new Map(
  concepts.map((concept) => [concept['@id'], concept.label.nl]),
);

/** The Dutch labels of the code list MeldingStatuswaarde. */
export const statusLabels: readonly string[] = [...iris.keys()];

/** A status of a melding by its Dutch label, as the code list MeldingStatuswaarde has it. */
export const statusLabel: TUnsafe<string> = Type.Unsafe<string>({
  type: 'string',
  enum: statusLabels,
});

/** IRI of a status. */
export const statusIri = (label: string): string => iris.get(label) ?? label;

/** Dutch label of a status. */
export const labelOf = (iri: string): string => labels.get(iri) ?? iri;

/** Dutch label of the status that a melding has once a system has registered it. */
export const registered = 'Toegewezen aan';

/** A case of a melding in a system that handles it. */
export interface HandledCase {
  /** Id there: with the time and the status it makes the id of a message. */
  readonly externalId: string;
  /** Number that people know it by, and the system that gave it. */
  readonly number: string | null;
  readonly system: string;
}

/** The status of a melding as the system that handles it tells it. */
export interface ReportedStatus {
  readonly subject: string;
  /** Dutch label. */
  readonly label: string;
  /** RFC 3339 in UTC. */
  readonly since: string;
  readonly by: Record<string, unknown>;
}

const numberOf = ({ number, system }: HandledCase): Record<string, unknown> =>
  number === null
    ? {}
    : {
        identificator: [
          { '@type': 'Identificator', identificator: number, toegekendDoorString: system },
        ],
      };

/** The message that a melding has this status: the same id for the same status of the same moment. */
export const statusMessage = (one: HandledCase, status: ReportedStatus): Derived => ({
  type: meldingStatusGewijzigd.type,
  id: `${one.externalId}/${status.since}/${statusIri(status.label).split('/').at(-1) ?? ''}`,
  time: status.since,
  data: {
    '@context': meldingContext,
    '@id': status.subject,
    '@type': 'Melding',
    ...numberOf(one),
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': statusIri(status.label) },
        statusdatum: status.since,
        beschrijving: status.label,
        statuswijzigingDoor: status.by,
      },
    ],
  },
});

/** A new case tells the sender that its melding has been assigned; people may give it that status again, in the same second. */
export const registeredMessage = (
  one: HandledCase,
  message: Message<MeldingIngediend>,
  since: string,
): Derived => ({
  ...statusMessage(one, {
    subject: message.subject,
    label: registered,
    since,
    by: message.data.behandelaar,
  }),
  id: `${one.externalId}/registered`,
});

/** What is told of the status of a case that a look found. */
export interface StatusNews {
  /** Null where the bus does not know the case. */
  readonly subject: string | null;
  /** Dutch label; null where the settings have none for it. */
  readonly label: string | null;
  /** Label as it was remembered. */
  readonly before: string | null;
  readonly since: string;
  /** IRI of the organisation that handles the meldingen, where the settings name it. */
  readonly organisation: string | undefined;
}

/** The message about a status that is another than before; null where there is nothing to tell. */
export const statusNews = (
  one: HandledCase,
  { subject, before, label, since, organisation }: StatusNews,
): Derived | null => {
  if (subject === null || label === null || label === before) return null;
  const by = organisation === undefined ? { '@type': 'Agent' } : { '@id': organisation };
  return statusMessage(one, { subject, label, since, by });
};
