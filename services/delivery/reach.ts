import { Failure } from '#kit/failure.js';
import { attachmentsOf } from './attachment.js';
import type { Consultation } from './consultations/consultation.js';
import { writeConsultation } from './consultations/store.js';
import { isDatabaseAway } from './patience.js';
import type { Reach } from './stages/stage.js';
import type { Tools } from './tools.js';

/** What an attempt may use of the world for one tenant. */
export const reachOf = (
  { attachments, database }: Pick<Tools, 'attachments' | 'database'>,
  tenant: string,
): Omit<Reach, 'signal'> => ({
  attachment: attachmentsOf(attachments, tenant),
  consult: async (asked: Consultation): Promise<string> => {
    try {
      return await database.scoped(tenant, (trx) => writeConsultation(trx, asked));
    } catch (cause) {
      if (!isDatabaseAway(cause)) throw cause;
      const words = 'The register of questions cannot be written now: nothing was asked';
      throw new Failure('retry', words, { code: 'unavailable', cause });
    }
  },
});
