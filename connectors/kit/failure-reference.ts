import { failureCodes } from './failure.js';
import type { FailureCode, Verdict } from './failure.js';
import { httpFailures } from './http-failure.js';
import { failureTable, markdownTable } from './readme.js';

const meanings: Readonly<Record<Verdict, Readonly<Partial<Record<FailureCode, string>>>>> = {
  retry: {
    unavailable:
      'The system cannot be reached, is in trouble, or answers something that is no answer.',
    timeout: 'The system did not answer in time; it may have acted.',
    'rate-limited':
      'The system asks to go slower; the bus waits as long as it says, at most an hour.',
    locked: 'The thing is in use by somebody else.',
    'in-progress': 'The system has taken the message and works on it; the bus asks how it went.',
  },
  reject: {
    invalid: 'The system does not accept what the message says.',
    'unknown-value':
      'The message names something that the system does not know, such as a category.',
    'not-found': 'The thing that the message is about does not exist there.',
    conflict: 'The thing is in a state that does not allow it.',
    duplicate: 'The system has it already, from somebody else.',
    unsupported: 'The system cannot do this.',
    'too-large': 'The message or an attachment is larger than the system takes.',
  },
  pause: {
    unauthorized: 'The credentials are wrong, or no longer valid.',
    forbidden: 'The credentials are right, but lack a right.',
    certificate: 'TLS cannot be trusted: expired, another name, an unknown issuer.',
    redirected: 'The address leads elsewhere; the bus does not follow.',
    misconfigured:
      'The settings cannot be right: an address, a field, a private host that is not allowed.',
    gone: 'The address has been given up.',
  },
};

const consequences: Readonly<Record<Verdict, string>> = {
  retry:
    'Time puts it right. The bus waits and tries again, for at least 24 hours, then parks the message as `exhausted`.',
  reject:
    'The sender puts it right. The message is parked, and the sender gets a negative answer with the reason.',
  pause:
    'The operator puts it right. The bus holds everything for that system of that tenant; nothing is lost or burned.',
};

const byBus = [
  ['`exhausted`', 'It was retried until its time had passed.'],
  ['`poison`', 'Handling it ended the process, more than once.'],
  ['`cancelled`', 'Whoever asked the question hung up before it was answered.'],
  ['`unclassified`', 'The connector failed in a way that it should not: a defect, to be reported.'],
  ['`conflict`', 'Other content came under the `source` and `id` of an earlier message.'],
  ['`operator`', 'An operator lets the line stand still, for the reason that is given.'],
];

const verdictSection = (verdict: Verdict): string => {
  const rows = failureCodes[verdict].map((code) => [`\`${code}\``, meanings[verdict][code] ?? '']);
  return `## ${verdict}\n\n${consequences[verdict]}\n\n${markdownTable(['code', 'meaning'], rows)}`;
};

/** The reference page of the closed list of codes behind the door. */
export const failureReference = (): string =>
  [
    '# Failure codes',
    '<!-- Generated from connectors/kit by `npm run generate`; do not edit. -->',
    'What can become of a message behind the door, and who can put it right. The list is closed.',
    ...(['retry', 'reject', 'pause'] as const).map(verdictSection),
    `## By the bus itself\n\n${markdownTable(['code', 'meaning'], byBus)}`,
    `## HTTP statuses\n\nWhat a status means, unless the README of a connector says otherwise. Other 4xx: reject \`invalid\`; other 5xx: retry \`unavailable\`; 3xx: pause \`redirected\`.\n\n${failureTable(httpFailures)}`,
  ].join('\n\n') + '\n';
