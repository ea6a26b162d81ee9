import { newId } from './state.js';
import type { Environment } from './state.js';
import type { Table } from './tables.js';

/** Calls the webhook that is registered for the table, with a RemoteExecutionContext; it says who changed, never what is true. */
export const tellWebhook = (
  environment: Environment,
  { name }: Table,
  change: {
    readonly id: string;
    readonly message: 'Create' | 'Update';
    readonly byPerson: boolean;
  },
): void => {
  const { webhook, tools } = environment;
  const { id, message, byPerson } = change;
  if (webhook?.onlyPeople && !byPerson) return;
  if (!webhook || (name !== 'incident' && name !== 'annotation')) return;
  const at = `/Date(${tools.now().getTime()})/`;
  const correlation = newId();
  const headers = {
    ...webhook.headers,
    'x-ms-dynamics-organization': 'org.crm4.dynamics.com',
    'x-ms-dynamics-entity-name': name,
    'x-ms-dynamics-request-name': message,
    'x-ms-correlation-request-id': correlation,
  };
  tools.call(webhook.url, headers, {
    CorrelationId: correlation,
    Depth: 1,
    InputParameters: [
      {
        key: 'Target',
        value: { Attributes: [{ key: 'modifiedon', value: at }], Id: id, LogicalName: name },
      },
    ],
    MessageName: message,
    Mode: 1,
    OrganizationId: environment.organizationId,
    OrganizationName: 'org',
    PrimaryEntityId: id,
    PrimaryEntityName: name,
    SecondaryEntityName: 'none',
    Stage: 40,
  });
};
