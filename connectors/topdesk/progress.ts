import type { Message } from '#kit/definition.js';
import { heldAttachments, identificatorsOf, nameOf } from '#kit/melding.js';
import { labelOf } from '#kit/melding-status.js';
import { escapeHtml, wordsOf } from '#kit/text.js';
import type { MeldingAangevuld, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { addressLines, bodyLines, line } from './melding.js';
import type { TopdeskSettings } from './settings.js';

/** Something to add to an incident that is there already. */
export interface Progress {
  /** Progress text in the HTML subset; empty where only attachments are added. */
  readonly action: string;
  readonly invisibleForCaller: boolean;
  readonly processingStatus: string | null;
  readonly attachments: readonly string[];
  /** External numbers under which the incident may be known, where the bus has no reference to it. */
  readonly externalNumbers: readonly string[];
}

/** Longest external number (Incident API 4.2.6). */
const externalNumberLength = 60;

const externalNumbersOf = (
  message: Message<MeldingAangevuld | MeldingStatusGewijzigd>,
): string[] => {
  const correlation = message.event['correlationid'];
  const numbers = identificatorsOf(message.data.identificator);
  return [
    ...new Set([...(typeof correlation === 'string' ? [correlation] : []), ...numbers]),
  ].filter((number) => number !== '' && number.length <= externalNumberLength);
};

/** The new status of a melding as a progress text, and as processing status where the table has one. */
export const statusToProgress = (
  message: Message<MeldingStatusGewijzigd>,
  settings: TopdeskSettings,
): Progress => {
  const [status] = message.data.heeftStatus;
  const label = labelOf(status.statusType['@id']);
  const by = nameOf(status.statuswijzigingDoor);
  const told = wordsOf(status.beschrijving);
  return {
    action: [
      line('Status', label),
      ...(told === '' || told === label ? [] : [escapeHtml(told)]),
      ...(by === '' ? [] : [line('Door', by)]),
      line('Op', status.statusdatum),
    ].join('<br>'),
    invisibleForCaller: settings.progressInvisibleForCaller,
    processingStatus: settings.processingStatuses[label] ?? null,
    attachments: [],
    externalNumbers: externalNumbersOf(message),
  };
};

/** What was added to a melding as a progress text with attachments. */
export const additionToProgress = (
  message: Message<MeldingAangevuld>,
  settings: TopdeskSettings,
): Progress => ({
  action: [
    ...bodyLines(message.data.heeftBody),
    ...addressLines(message.data.heeftDoelwit ?? []),
  ].join('<br>'),
  invisibleForCaller: settings.progressInvisibleForCaller,
  processingStatus: null,
  attachments: heldAttachments(message.data.heeftBody),
  externalNumbers: externalNumbersOf(message),
});
