import type { Hand } from '../hand.js';
import { announce } from '../settle.js';
import type { Doing } from '../step.js';
import { shipmentOfConflict } from '../store/conflict.js';
import { tenantOf, type Tools } from '../tools.js';
import { recordedOf } from './settle.js';

const detail = 'Another question came under the id of an earlier one; it was not asked';

/** Another question under a known id is told on the trace under an id of its own, linked with the first. Its sender reads no answer. */
export const tellConflict = async (tools: Tools, hand: Hand, doing: Doing): Promise<void> => {
  const shipment = shipmentOfConflict(hand.shipment, tenantOf(tools, hand.line).bodyKeys);
  const step = {
    sequence: 1,
    at: new Date(),
    outcome: 'expired',
    code: 'conflict',
    detail,
  } as const;
  const recorded = recordedOf({ ...hand, shipment }, { ...step, news: true });
  await announce(tools, hand, { ...recorded, conflictOf: hand.shipment.envelope.id }, doing);
};
