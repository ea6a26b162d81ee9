import type { Message } from '#kit/definition.js';
import { addressesOf, heldAttachments, identificatorsOf, nameOf } from '#kit/melding.js';
import { labelOf } from '#kit/melding-status.js';
import { wordsOf } from '#kit/text.js';
import type { MeldingAangevuld, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { bodyLines } from './mapping.js';
import { noteText } from './notes.js';
import type { DynamicsSettings } from './settings.js';

/** Something to add to an incident that is there already. */
export interface Progress {
  readonly title: string;
  /** Text of the note, as HTML; empty where only attachments are added. */
  readonly note: string;
  /** The status that the incident gets; null where it keeps its own. */
  readonly status: { readonly statecode: number; readonly statuscode: number } | null;
  readonly attachments: readonly string[];
  /** Numbers under which the incident may be known, where the bus has no reference to it. */
  readonly numbers: readonly string[];
}

/** Longest ticket number. */
const numberLength = 100;

const numbersOf = (message: Message<MeldingAangevuld | MeldingStatusGewijzigd>): string[] => {
  const correlation = message.event['correlationid'];
  const numbers = identificatorsOf(message.data.identificator);
  return [
    ...new Set([...(typeof correlation === 'string' ? [correlation] : []), ...numbers]),
  ].filter((number) => /^[^\p{Cc}\p{Cs}]+$/u.test(number) && number.length <= numberLength);
};

/** The new status of a melding as a note, and as status reason where the table has one. */
export const statusToProgress = (
  message: Message<MeldingStatusGewijzigd>,
  settings: DynamicsSettings,
): Progress => {
  const [status] = message.data.heeftStatus;
  const label = labelOf(status.statusType['@id']);
  const by = nameOf(status.statuswijzigingDoor);
  const told = wordsOf(status.beschrijving);
  const lines = [
    `Status: ${label}`,
    ...(told === '' || told === label ? [] : [told]),
    ...(by === '' ? [] : [`Door: ${by}`]),
    `Op: ${status.statusdatum}`,
  ];
  return {
    title: `LB-bus: ${label}`,
    note: noteText(lines.join('\n')),
    status: settings.statuscodes[label] ?? null,
    attachments: [],
    numbers: numbersOf(message),
  };
};

/** What was added to a melding as a note, with its attachments. */
export const additionToProgress = (message: Message<MeldingAangevuld>): Progress => ({
  title: 'LB-bus: aanvulling',
  note: noteText(
    [
      ...bodyLines(message.data.heeftBody),
      ...addressesOf(message.data.heeftDoelwit).map((address) => `Adres: ${address}`),
    ].join('\n'),
  ),
  status: null,
  attachments: heldAttachments(message.data.heeftBody),
  numbers: numbersOf(message),
});
