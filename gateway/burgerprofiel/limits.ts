import type { Meldingen } from '#tenants/burgerprofiel/schema.js';

/** What may come with a submission. */
export interface AttachmentLimits {
  readonly most: number;
  readonly maxBytes: number;
  readonly types: readonly string[];
  /** Name of the part that holds the submission itself. */
  readonly part: string;
}

const usual: AttachmentLimits = {
  most: 5,
  maxBytes: 10 * 1024 * 1024,
  types: ['image/jpeg', 'image/png', 'application/pdf'],
  part: 'melding',
};

/** The limits of a tenant, the usual ones where it does not say. */
export const limitsOf = ({ attachments }: Pick<Meldingen, 'attachments'>): AttachmentLimits => ({
  ...usual,
  ...attachments,
});
