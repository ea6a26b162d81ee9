import type { Message } from '#kit/definition.js';
import { addressLines, bodyLines, htmlLine, statusLines } from '#kit/melding-lines.js';
import type { Line } from '#kit/melding-lines.js';
import { heldAttachments, knownNumbers } from '#kit/melding.js';
import { isRegistration, statusIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
import type { MeldingAangevuld, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import type { TopdeskSettings } from './settings.js';

/** Something to add to an incident that is there already. */
export interface Progress {
  /** Progress text in the HTML subset; empty where only attachments are added. */
  readonly action: string;
  readonly invisibleForCaller: boolean;
  /** Null where TOPdesk gets none. */
  readonly processingStatus: string | null;
  /** The status of the melding that this tells; null where it tells none. */
  readonly status: TimedStatus | null;
  readonly attachments: readonly string[];
  /** External numbers under which the incident may be known, where the bus has no reference to it. */
  readonly externalNumbers: readonly string[];
}

/** Longest external number (Incident API 4.2.6). */
const externalNumberLength = 60;

const externalNumbersOf = (message: Message<MeldingAangevuld | MeldingStatusGewijzigd>): string[] =>
  knownNumbers(message).filter((number) => number !== '' && number.length <= externalNumberLength);

const actionOf = (lines: readonly Line[]): string => lines.map(htmlLine).join('<br>');

/** The new status of a melding as a progress text, and as processing status where the table has one. */
export const statusToProgress = (
  message: Message<MeldingStatusGewijzigd>,
  settings: TopdeskSettings,
): Progress => {
  const status = statusIn(message);
  const wanted = isRegistration(message) ? null : status.label;
  return {
    action: actionOf(statusLines(message.data.heeftStatus[0])),
    invisibleForCaller: settings.progressInvisibleForCaller,
    processingStatus: settings.processingStatuses[wanted ?? ''] ?? null,
    status,
    attachments: [],
    externalNumbers: externalNumbersOf(message),
  };
};

/** What was added to a melding as a progress text with attachments. */
export const additionToProgress = (
  message: Message<MeldingAangevuld>,
  settings: TopdeskSettings,
): Progress => ({
  action: actionOf([
    ...bodyLines(message.data.heeftBody),
    ...addressLines(message.data.heeftDoelwit),
  ]),
  invisibleForCaller: settings.progressInvisibleForCaller,
  processingStatus: null,
  status: null,
  attachments: heldAttachments(message.data.heeftBody),
  externalNumbers: externalNumbersOf(message),
});
