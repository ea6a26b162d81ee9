import { checkAttachments, type Attachments } from './attachment-rules.js';
import type { TypedCandidate } from './candidate.js';
import {
  checkCharacters,
  checkData,
  checkPersonalData,
  checkSubject,
  checkTime,
  checkVerwerking,
} from './content-rules.js';
import type { RefusalCode } from './refusal.js';

/** What the checks look into besides the message. */
export interface CheckOptions {
  /** Address of the gateway without a slash at the end: the contexts that receivers read lie under it. */
  readonly publicUrl: string;
  readonly attachments: Attachments;
}

/** One check of a message that can be read, with the codes it refuses with. */
interface Check {
  readonly name: string;
  readonly refuses: readonly RefusalCode[];
  readonly run: (candidate: TypedCandidate, options: CheckOptions) => void | Promise<void>;
}

/** The checks of a message's content, in the order in which they run: the first that refuses ends it. */
export const checks: readonly Check[] = [
  { name: 'characters', refuses: ['invalid'], run: checkCharacters },
  { name: 'subject', refuses: ['subject-mismatch'], run: checkSubject },
  { name: 'time', refuses: ['time-implausible'], run: checkTime },
  {
    name: 'verwerking',
    refuses: ['verwerking-missing', 'verwerking-unknown'],
    run: checkVerwerking,
  },
  { name: 'attributes', refuses: ['personal-data-in-attribute'], run: checkPersonalData },
  {
    name: 'data',
    refuses: ['invalid'],
    run: (candidate, { publicUrl }) => checkData(candidate, publicUrl),
  },
  {
    name: 'attachments',
    refuses: ['attachment-unknown'],
    run: (candidate, { attachments }) => checkAttachments(candidate, attachments),
  },
];
