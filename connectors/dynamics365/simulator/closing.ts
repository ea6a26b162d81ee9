import type { SimulatedAnswer } from '#kit/simulator.js';
import { rowAt } from './columns.js';
import { Refused } from './state.js';
import type { Environment, Row } from './state.js';
import { tableOf } from './tables.js';
import { update } from './writing.js';

const wrong = (message: string): Refused => new Refused(400, '0x80048d19', message);

const resolutionOf = (body: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const resolution = body['IncidentResolution'];
  if (typeof resolution !== 'object' || resolution === null)
    throw wrong('The parameter IncidentResolution is missing.');
  const named = resolution as Record<string, unknown>;
  if (named['@odata.type'] !== 'Microsoft.Dynamics.CRM.incidentresolution')
    throw wrong('IncidentResolution needs its @odata.type.');
  return named;
};

/** Environments differ in how the incident is named; each takes one way only. */
const incidentIn = (environment: Environment, resolution: Record<string, unknown>): Row => {
  const name = environment.closing === 'action' ? 'incidentid@odata.bind' : 'incidentid';
  const value = resolution[name];
  if (typeof value !== 'string') throw wrong(`IncidentResolution needs ${name}.`);
  const row = rowAt(environment, name === 'incidentid' ? `/incidents(${value})` : value);
  if (!row) throw new Refused(404, '0x80040217', `incident With Id = ${value} Does Not Exist`);
  return row;
};

/** POST CloseIncident: resolves an active incident, with a resolution activity. */
export const closeIncident = (
  environment: Environment,
  body: Readonly<Record<string, unknown>>,
): SimulatedAnswer => {
  const table = tableOf('incidents');
  if (!table) throw wrong('There are no incidents.');
  const row = incidentIn(environment, resolutionOf(body));
  const statuscode = body['Status'];
  if (row.values['statecode'] !== 0)
    throw new Refused(400, '0x80040203', 'Only an active case can be resolved.');
  if (table.statuses[Number(statuscode)] !== 1)
    throw new Refused(
      400,
      '0x80048408',
      `${String(statuscode)} is not a valid status code of a resolved case.`,
    );
  update(environment, table, row, { body: { statecode: 1, statuscode } });
  return { status: 204 };
};
