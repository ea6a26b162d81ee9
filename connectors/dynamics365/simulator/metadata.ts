import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { Refused } from './state.js';
import type { Environment } from './state.js';
import { tables } from './tables.js';
import type { Column, Table } from './tables.js';

const list = (value: readonly unknown[]): SimulatedAnswer => ({ status: 200, json: { value } });

const keysOf = ({ flaws }: Environment, { key }: Table): SimulatedAnswer =>
  list(
    key === null || flaws.has('no-key')
      ? []
      : [
          {
            LogicalName: `lb_key_${key}`,
            KeyAttributes: [key],
            EntityKeyIndexStatus: flaws.has('key-pending') ? 'Pending' : 'Active',
          },
        ],
  );

const columnsOf = ({ columns }: Table): SimulatedAnswer =>
  list(
    Object.entries(columns)
      .filter(([name]) => !name.startsWith('_'))
      .map(([LogicalName, { type, writable }]) => ({
        LogicalName,
        AttributeType: type,
        IsValidForCreate: writable !== false,
      })),
  );

const label = (text: string): unknown => ({
  UserLocalizedLabel: { Label: text, LanguageCode: 1043 },
});

const picklist = ([LogicalName, { options = [] }]: readonly [string, Column]): unknown => ({
  LogicalName,
  OptionSet: { Options: options.map((Value) => ({ Value, Label: label(String(Value)) })) },
  GlobalOptionSet: null,
});

const picklistsOf = ({ columns }: Table): SimulatedAnswer =>
  list(
    Object.entries(columns)
      .filter(([, { type }]) => type === 'Picklist')
      .map(picklist),
  );

const statusesOf = ({ statuses }: Table): SimulatedAnswer =>
  list([
    {
      LogicalName: 'statuscode',
      OptionSet: {
        Options: Object.entries(statuses).map(([value, State]) => ({
          Value: Number(value),
          State,
        })),
      },
      GlobalOptionSet: null,
    },
  ]);

type Reading = (environment: Environment, table: Table) => SimulatedAnswer;

const readings: Readonly<Record<string, Reading>> = {
  '': ({ flaws }, { name }) => ({
    status: 200,
    json: { LogicalName: name, ChangeTrackingEnabled: !flaws.has('no-tracking') },
  }),
  '/Keys': keysOf,
  '/Attributes': (_environment, table) => columnsOf(table),
  '/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata': (_environment, table) =>
    picklistsOf(table),
  '/Attributes/Microsoft.Dynamics.CRM.StatusAttributeMetadata': (_environment, table) =>
    statusesOf(table),
};

/** GET EntityDefinitions(LogicalName='…')…: what the tables look like. */
export const readMetadata = (
  environment: Environment,
  { path }: SimulatedRequest,
): SimulatedAnswer | null => {
  const [, name, rest = ''] = /^\/EntityDefinitions\(LogicalName='(\w+)'\)(.*)$/.exec(path) ?? [];
  if (name === undefined) return null;
  const table = tables.find((one) => one.name === name);
  const reading = Object.hasOwn(readings, rest) ? readings[rest] : undefined;
  if (!table || !reading)
    throw new Refused(404, '0x80060888', `Resource not found for the segment '${rest || name}'.`);
  return reading(environment, table);
};
