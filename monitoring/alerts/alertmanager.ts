import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const addresses = Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }), { minItems: 1 });

const contactsSchema = Type.Object(
  {
    /** Server that takes mail, with its port. */
    smarthost: Type.String({ pattern: '^[^:\\s]+:\\d+$' }),
    from: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }),
    /** Who hears all alerts. */
    operators: addresses,
    /** Who hears those of one tenant; one that is not named is left to the operators. */
    tenants: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            to: addresses,
            /** The least severity that is told; warning where it is left out. */
            from: Type.Optional(Type.Union([Type.Literal('warning'), Type.Literal('critical')])),
            /** Dutch where it is left out. */
            language: Type.Optional(
              Type.Union([Type.Literal('nl'), Type.Literal('en'), Type.Literal('fr')]),
            ),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);

/** Who is told what: written by hand. */
export type Contacts = Static<typeof contactsSchema>;

/** Reads contacts. Throws with every place that is wrong, and with every tenant that there is not. */
export const readContacts = (value: unknown, tenants: ReadonlySet<string>): Contacts => {
  const wrong = [...Value.Errors(contactsSchema, value)].map(
    ({ path, message }) => `${path}: ${message}`,
  );
  if (wrong.length > 0) throw new Error(`the contacts cannot be used:\n  ${wrong.join('\n  ')}`);
  const contacts = value as Contacts;
  const unknown = Object.keys(contacts.tenants ?? {}).filter((tenant) => !tenants.has(tenant));
  if (unknown.length > 0)
    throw new Error(`there is no tenant ${unknown.join(', ')}: see "lb-bus get tenants"`);
  return contacts;
};

type Language = 'nl' | 'en' | 'fr';

const mailOf = (to: readonly string[], language: Language) => {
  const summary = language === 'nl' ? 'summary' : `summary_${language}`;
  return {
    email_configs: [
      {
        to: to.join(', '),
        send_resolved: true,
        headers: {
          Subject: `[LB-bus {{ .Status }}] {{ (index .Alerts 0).Annotations.${summary} }}{{ if gt (len .Alerts) 1 }} …{{ end }}`,
        },
        html: '',
        text: `{{ range .Alerts }}{{ .Status }} {{ .Labels.severity }}: {{ .Annotations.${summary} }}\n{{ .Annotations.runbook_url }}\n\n{{ end }}`,
      },
    ],
  };
};

/** What is told once is not told again by what follows from it. */
const inhibitions = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity="warning"'],
    equal: ['alertname', 'tenant', 'connector', 'kind', 'job', 'node'],
  },
  {
    source_matchers: ['alertname=~"LbBusLineHeld|LbBusSystemUnreachable"'],
    target_matchers: ['alertname=~"LbBusMessagesWait|LbBusDeliveryErrors"'],
    equal: ['tenant', 'connector'],
  },
  {
    source_matchers: ['alertname=~"LbBusBrokerAlarm|LbBusDependencyAway"'],
    target_matchers: ['alertname=~"LbBusMessagesWait|LbBusDeliveredLate|LbBusRefusals"'],
  },
];

const receiverOf = (tenant: string): string => `tenant-${tenant}`;

/** The configuration of Alertmanager: each tenant hears of its own lines, the operators of everything. */
export const alertmanagerConfig = ({
  smarthost,
  from,
  operators,
  tenants = {},
}: Contacts): object => ({
  global: { smtp_smarthost: smarthost, smtp_from: from },
  route: {
    receiver: 'operators',
    group_by: ['alertname', 'tenant', 'connector'],
    group_wait: '30s',
    group_interval: '5m',
    repeat_interval: '12h',
    routes: [
      ...Object.entries(tenants).map(([tenant, contact]) => ({
        matchers: [
          `tenant="${tenant}"`,
          ...(contact.from === 'critical' ? ['severity="critical"'] : []),
        ],
        receiver: receiverOf(tenant),
        continue: true,
      })),
      { matchers: ['severity="critical"'], receiver: 'operators', repeat_interval: '1h' },
      { receiver: 'operators' },
    ],
  },
  inhibit_rules: inhibitions,
  receivers: [
    { name: 'operators', ...mailOf(operators, 'nl') },
    ...Object.entries(tenants).map(([tenant, { to, language = 'nl' }]) => ({
      name: receiverOf(tenant),
      ...mailOf(to, language),
    })),
  ],
});
