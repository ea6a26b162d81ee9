import { basic } from '#kit/auth.js';
import type { Json } from '#kit/message.js';
import { registeredIn } from '#kit/simulator-webhook.js';
import { defineSimulator } from '#kit/simulator.js';
import type { SimulatedRequest } from '#kit/simulator.js';
import { refusal } from './simulator/answers.js';
import { attachByHand, editByHand, writeByHand } from './simulator/by-hand.js';
import { Refused } from './simulator/rules.js';
import { answer } from './simulator/routes.js';
import { catalogue, openEnvironment } from './simulator/state.js';
import type { Environment, StoredIncident } from './simulator/state.js';

const usernameOf = (account: string): string => `lb-bus-${account}`;

const isOperator = ({ account }: Environment, { headers }: SimulatedRequest): boolean =>
  headers['authorization'] === basic(usernameOf(account.name), account.secret)()['authorization'];

type Input = Readonly<Record<string, Json | undefined>>;
const inputOf = (input: Json): Input =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};

/** The incidents that `id`, `number` or `externalNumber` names; all where nothing is named. */
const meant = ({ incidents }: Environment, input: Input): StoredIncident[] => {
  const names = ['id', 'number', 'externalNumber'].filter((name) => input[name] !== undefined);
  return [...incidents.values()].filter((one) => names.every((name) => one[name] === input[name]));
};

const statusNamed = (name: Json | undefined): StoredIncident['processingStatus'] =>
  catalogue.processingStatus.find((one) => one.name === name) ?? null;

const editing =
  (changes: (input: Input) => Partial<StoredIncident>) =>
  (environment: Environment, json: Json): Json => {
    const input = inputOf(json);
    const found = meant(environment, input);
    for (const incident of found) editByHand(environment, incident, changes(input));
    return found.map(({ id }) => id);
  };

type Written = (input: Input) => {
  readonly memoText: string;
  readonly invisibleForCaller: boolean;
};

const writing =
  (written: Written) =>
  (environment: Environment, json: Json): Json => {
    const found = meant(environment, inputOf(json));
    for (const incident of found) writeByHand(environment, incident, written(inputOf(json)));
    return found.map(({ id }) => id);
  };

type Attached = (input: Input) => { readonly fileName: string; readonly content: Buffer };

const attaching =
  (attached: Attached) =>
  (environment: Environment, json: Json): Json => {
    const found = meant(environment, inputOf(json));
    for (const incident of found) attachByHand(environment, incident, attached(inputOf(json)));
    return found.map(({ id }) => id);
  };

/** A TOPdesk environment per account, after the Incident API 4.2.6 and "FIQL query hints". */
export const simulator = defineSimulator<Environment>({
  title: 'TOPdesk',
  source:
    'TOPdesk Incident API 4.2.6, General API 1.2.0, FIQL query hints (developers.topdesk.com)',
  open: openEnvironment,
  settings: (baseUrl, account) => ({
    baseUrl,
    username: usernameOf(account.name),
    password: account.secret,
  }),
  handle: async (request, environment) => {
    if (!isOperator(environment, request)) return refusal(401, 'No authentication token provided');
    try {
      const answered = await answer(environment, request);
      const date = environment.tools.now().toUTCString();
      return { ...answered, headers: { date, ...answered.headers } };
    } catch (error) {
      if (error instanceof Refused) return refusal(error.status, error.message);
      throw error;
    }
  },
  effects: ({ effects }) => effects,
  inspect: (environment) =>
    [...environment.incidents.values()].map((incident) => ({
      id: incident.id,
      number: incident.number,
      externalNumber: String(incident['externalNumber']),
      briefDescription: String(incident['briefDescription']),
      status: incident.status,
      processingStatus: incident.processingStatus?.name ?? null,
      completed: incident.completed,
      closed: incident.closed,
      requests: (environment.requests.get(incident.id) ?? []).map(({ memoText }) => memoText),
      actions: (environment.actions.get(incident.id) ?? []).map(({ memoText }) => memoText),
      attachments: (environment.attachments.get(incident.id) ?? []).map(
        ({ fileName, description, content }) => ({
          fileName,
          description,
          sizeBytes: content.length,
        }),
      ),
    })),
  rendered: ({ requests, actions }) =>
    [...requests.values(), ...actions.values()].flat().map(({ memoText }) => memoText),
  drivers: {
    takeInTreatment: editing(() => ({ processingStatus: statusNamed('In behandeling') })),
    solve: editing(() => ({ processingStatus: statusNamed('Afgemeld'), completed: true })),
    close: editing(() => ({
      processingStatus: statusNamed('Gesloten'),
      completed: true,
      closed: true,
    })),
    setStatus: editing(({ processingStatus }) => ({
      processingStatus: statusNamed(processingStatus),
    })),
    /** `{text?, invisibleForCaller?}`: somebody of the department writes in the incident. */
    writeProgress: writing(({ text, invisibleForCaller }) => ({
      memoText: typeof text === 'string' ? text : 'Wij komen <b>morgen</b>.',
      invisibleForCaller: invisibleForCaller === true,
    })),
    /** `{fileName?, text?}`: somebody of the department attaches a file. */
    attachFile: attaching(({ fileName, text }) => ({
      fileName: typeof fileName === 'string' ? fileName : 'plan.pdf',
      content: Buffer.from(typeof text === 'string' ? text : 'bytes of a plan'),
    })),
    archive: editing(() => ({ status: 'firstLineArchived' })),
    /** `{url, headers, onlyPeople}`: called after each change, as an automated action would; without `url` no more. */
    setWebhook: (environment, input) => {
      environment.webhook = registeredIn(input);
      return null;
    },
    /** `{mayWrite}`: gives or takes the permission to write. */
    setPermission: (environment, input) => {
      environment.mayWrite = inputOf(input)['mayWrite'] === true;
      return null;
    },
    setAttachmentLimit: (environment, input) => {
      environment.attachmentLimitBytes = Number(inputOf(input)['sizeBytes']);
      return null;
    },
  },
});
