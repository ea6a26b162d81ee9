import { queues, stretches, type Queue, type Stretch } from './way.js';

const stretchLines = ({ process, stages }: Stretch): string[] => {
  const width = Math.max(...stages.map(({ name }) => name.length));
  return [
    process,
    ...stages.map(({ name, does }, index) => {
      const corner = index === stages.length - 1 ? '└' : '├';
      return `  ${corner}─ ${name.padEnd(width)}  ${does}`;
    }),
  ];
};

const queueLines = ({ name, carries, arguments: rendered }: Queue): string[] => [
  `  ══ ${name}   ${carries}`,
  ...Object.entries(rendered).map(([key, value]) => `       ${key}: ${value}`),
];

/** The way of a message in text: processes with their stages, and the queues between them. */
export const wayAsText = (): string =>
  [
    ...stretches.flatMap((stretch) => [...stretchLines(stretch), '']),
    'queues of RabbitMQ',
    ...Object.values(queues).flatMap(queueLines),
  ].join('\n');
