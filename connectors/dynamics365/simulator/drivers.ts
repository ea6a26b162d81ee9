import type { Json } from '#kit/message.js';
import { registeredIn } from '#kit/simulator-webhook.js';
import { rowsOf } from './state.js';
import type { Environment, Flaw, Limit, Row } from './state.js';
import { tableOf } from './tables.js';
import type { Table } from './tables.js';
import { create, remove, update } from './writing.js';

type Input = Readonly<Record<string, Json | undefined>>;
type Driver = (environment: Environment, input: Json) => Json;

const inputOf = (input: Json): Input =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};

const table = (set: string): Table => {
  const found = tableOf(set);
  if (!found) throw new Error(`there is no table ${set}`);
  return found;
};

/** The incidents that `id` or `lb_externalid` names; all where nothing is named. */
const meant = (environment: Environment, input: Input): Row[] =>
  [...rowsOf(environment, table('incidents')).values()].filter(
    ({ id, values }) =>
      (input['id'] === undefined || input['id'] === id) &&
      (input['lb_externalid'] === undefined || input['lb_externalid'] === values['lb_externalid']),
  );

const each =
  (act: (environment: Environment, row: Row, input: Input) => void): Driver =>
  (environment, json) => {
    const input = inputOf(json);
    const found = meant(environment, input);
    for (const row of found) act(environment, row, input);
    return found.map(({ id }) => id);
  };

const setting = (bodyOf: (input: Input) => Record<string, unknown>): Driver =>
  each((environment, row, input) => {
    update(environment, table('incidents'), row, { body: bodyOf(input), writer: 'person' });
  });

const textOr = (value: Json | undefined, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

const quiet =
  (act: (environment: Environment, input: Input) => void): Driver =>
  (environment, json) => {
    act(environment, inputOf(json));
    return null;
  };

/** What people at the other side do, what administrators change, and what goes wrong. */
export const drivers: Readonly<Record<string, Driver>> = {
  research: setting(() => ({ statecode: 0, statuscode: 4 })),
  resolve: setting(() => ({ statecode: 1, statuscode: 5 })),
  cancel: setting(() => ({ statecode: 2, statuscode: 6 })),
  /** `{statuscode}`: with the state that it belongs to. */
  setStatus: setting(({ statuscode }) => {
    const statecode = table('incidents').statuses[Number(statuscode)];
    return { statecode, statuscode };
  }),
  setPriority: setting(({ prioritycode }) => ({ prioritycode })),
  /** `{title, text, filename}`: a note at each incident. */
  writeNote: each((environment, row, input) => {
    const filename = input['filename'];
    const body = {
      subject: textOr(input['title'], 'Melder: nieuws'),
      notetext: textOr(
        input['text'],
        '<div data-wrapper="true"><p>De ploeg komt morgen.</p></div>',
      ),
      'objectid_incident@odata.bind': `/incidents(${row.id})`,
      ...(typeof filename === 'string' && { filename, documentbody: 'Zm90bw==' }),
    };
    create(environment, table('annotations'), body, { writer: 'person' });
  }),
  deleteIncident: each((environment, row) => remove(environment, table('incidents'), row)),
  /** `{url, headers, onlyPeople}`: called after each change of an incident or note; without `url` no more. */
  setWebhook: (environment, input) => {
    environment.webhook = registeredIn(input);
    return null;
  },
  /** `{mayWrite}`: gives or takes the privilege to write. */
  setPrivilege: quiet((environment, input) => {
    environment.mayWrite = input['mayWrite'] === true;
  }),
  /** `{sizeBytes}`: largest file, in base64. */
  setUploadLimit: quiet((environment, input) => {
    environment.uploadLimitBytes = Number(input['sizeBytes']);
    for (const { values } of rowsOf(environment, table('organizations')).values())
      values['maxuploadfilesize'] = environment.uploadLimitBytes;
  }),
  /** `{closing}`: `action` or `action-with-id`. */
  setClosing: quiet((environment, input) => {
    environment.closing = input['closing'] === 'action-with-id' ? 'action-with-id' : 'action';
  }),
  /** `{limit, times, retryAfterSeconds}`: the next requests meet a service protection limit. */
  throttle: quiet((environment, input) => {
    environment.throttled = {
      limit: textOr(input['limit'], 'requests') as Limit,
      left: Number(input['times'] ?? 1),
      retryAfterSeconds: Number(input['retryAfterSeconds'] ?? 30),
    };
  }),
  /** Withdraws every token before its time. */
  revokeTokens: quiet(({ tokens }) => tokens.clear()),
  /** `{flaws}`: what is wrong from now on. */
  setFlaws: quiet((environment, input) => {
    environment.flaws.clear();
    const { flaws } = input;
    if (Array.isArray(flaws)) for (const flaw of flaws) environment.flaws.add(flaw as Flaw);
  }),
};
