import type { Message } from '#kit/message.js';
import { addressLines, bodyLines, htmlLine, statusLines } from '#kit/melding-lines.js';
import type { Line } from '#kit/melding-lines.js';
import { heldAttachments, knownNumbers } from '#kit/melding.js';
import { isRegistration, statusIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
import type { MeldingAangevuld, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import type { TopdeskSettings } from './settings.js';

/** What TOPdesk is told of the end of an incident. */
export interface Ending {
  readonly completed: boolean;
  readonly closed: boolean;
  readonly closureCode?: string;
}

/** An escalation or its opposite, with its reason where the settings give one. */
export interface LineChange {
  readonly to: 'firstLine' | 'secondLine';
  readonly reason?: string;
}

/** Something to add to an incident that is there already. */
export interface Progress {
  /** Progress text in the HTML subset; empty where only attachments are added. */
  readonly action: string;
  readonly invisibleForCaller: boolean;
  /** Null where TOPdesk gets none. */
  readonly processingStatus: string | null;
  /** How the incident ends with it; absent where it does not. */
  readonly ending?: Ending;
  /** The line that takes it up from here on; absent where it stays where it is. */
  readonly line?: LineChange;
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

const because = ({ reason }: { reason?: string }): { reason?: string } =>
  reason === undefined ? {} : { reason };

/** What the tables of the settings make of a status, beside a processing status. */
const consequences = (
  label: string,
  { endings, escalations, deescalations }: TopdeskSettings,
): Pick<Progress, 'ending' | 'line'> => {
  const [ending, up, down] = [endings[label], escalations[label], deescalations[label]];
  return {
    ...(ending && { ending }),
    ...(down && { line: { to: 'firstLine', ...because(down) } }),
    ...(up && { line: { to: 'secondLine', ...because(up) } }),
  };
};

/** The new status of a melding as a progress text, and as what the tables of the settings make of it. */
export const statusToProgress = (
  message: Message<MeldingStatusGewijzigd>,
  settings: TopdeskSettings,
): Progress => {
  const status = statusIn(message);
  const wanted = (isRegistration(message) ? null : status.label) ?? '';
  return {
    action: actionOf(statusLines(message.data.heeftStatus[0])),
    invisibleForCaller: settings.progressInvisibleForCaller,
    processingStatus: settings.processingStatuses[wanted] ?? null,
    ...consequences(wanted, settings),
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
