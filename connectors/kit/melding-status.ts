import { Type } from '@sinclair/typebox';
import type { TUnsafe } from '@sinclair/typebox';
import { codelist } from '#oslo/codelists.js';

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
