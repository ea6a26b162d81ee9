import type { Scoped } from '#runtime/database.js';
import type { Attempted } from './attempt.js';
import { conclusionOf } from './consultations/consultation.js';
import { concludeConsultation } from './consultations/store.js';
import type { Line } from './line.js';
import { rename } from './store/references.js';

/** Whether there is anything to write beside its outcome. */
export const leavesAftermath = (attempted: Attempted | null): boolean =>
  attempted !== null && (conclusionOf(attempted) !== null || attempted.work.renamed !== null);

/**
 * Writes what an attempt taught beside its outcome: what came of a question to an authentic source, and which thing has
 * another id there now. May be written twice.
 */
export const writeAftermath = async (
  trx: Scoped,
  line: Line,
  attempted: Attempted | null,
): Promise<void> => {
  const conclusion = conclusionOf(attempted);
  if (conclusion) await concludeConsultation(trx, line.tenant, conclusion);
  if (attempted?.work.renamed) await rename(trx, line, attempted.work.renamed);
};
