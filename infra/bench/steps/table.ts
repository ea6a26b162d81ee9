/** The steps of a message, each with the files that do it; the first that fits counts. */
const steps: readonly (readonly [string, RegExp])[] = [
  ['parse', /^gateway\/body|json-rules/],
  ['authenticate', /^gateway\/access|^services\/tenants\/tokens/],
  ['validate', /^schemas-oslo|^services\/intake\/(?!prepare|shipping|accept)/],
  ['seal and open', /^services\/runtime\/(?:keys|sealing)|^services\/delivery\/(?:body|kept)/],
  ['route and prepare', /^services\/intake\/(?:prepare|accept)|^services\/tenants/],
  ['publish, consume and confirm', /^services\/bus|^services\/intake\/shipping/],
  ['map and send', /^connectors|^infra\/bench|^services\/delivery\/(?:stages|attempt|calls)/],
  ['collect', /^monitoring\/collect/],
  ['claim and record', /^services\/delivery/],
  ['PostgreSQL and its client', /^services\/runtime\/(?:database|together|rows|places|prepared)/],
  ['answer and log', /^gateway|^services\/runtime/],
];

const stepOf = (file: string): string => steps.find(([, files]) => files.test(file))?.[0] ?? file;

/** Milliseconds of a process by step, for people. */
export const linesOf = (
  role: string,
  used: ReadonlyMap<string, number>,
  messages: number,
): string[] => {
  const bySteps = new Map<string, number>();
  for (const [file, ms] of used)
    bySteps.set(stepOf(file), (bySteps.get(stepOf(file)) ?? 0) + ms / messages);
  const rows = [...bySteps].sort(([, one], [, other]) => other - one);
  const all = rows.reduce((sum, [, ms]) => sum + ms, 0);
  return [
    `${role}, ${all.toFixed(2)} ms per message:`,
    ...rows
      .filter(([, ms]) => ms >= all / 200)
      .map(([step, ms]) => `  ${step.padEnd(30)}${ms.toFixed(3).padStart(8)} ms`),
  ];
};
