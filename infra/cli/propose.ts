import type { Command } from 'commander';
import type { KnownType, Proposal } from '#kit/proposal.js';
import type { Tenant } from '#tenants/directory.js';
import { stringify } from 'yaml';
import { instancesOf, openInstance, patienceMs, withTenant } from './connection.js';
import type { Means } from './connection.js';

const lastPart = (iri: string): string =>
  decodeURIComponent(/[^/#:]*$/.exec(iri)?.[0] ?? iri).replaceAll(/[-_]+/g, ' ');

/** `<iri>` or `<iri>=<name>`; a name is what the last part of the IRI says, unless it is given. */
export const typeOf = (text: string): KnownType => {
  const [, iri = text, name] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!URL.canParse(iri)) throw new Error(`"${iri}" is no IRI of a meldingstype`);
  return { iri, name: name ?? lastPart(iri) };
};

const dutch = (name: string | Readonly<Record<string, string>>): string =>
  typeof name === 'string' ? name : (name['nl'] ?? Object.values(name)[0] ?? '');

/** The meldingstypen that the tenant offers its citizens, and those that are named beside; the latter go first. */
export const typesOf = ({ burgerprofiel }: Tenant, named: readonly string[]): KnownType[] => {
  const offered = (burgerprofiel?.meldingen?.categories ?? []).map(({ meldingstype, name }) => ({
    iri: meldingstype,
    name: dutch(name),
  }));
  const all = [...named.map(typeOf), ...offered];
  return all.filter(({ iri }, index) => all.findIndex((one) => one.iri === iri) === index);
};

/** A proposal as YAML: the settings as they would be declared, the remarks as comments above them. */
export const pageOf = (target: string, { settings, remarks }: Proposal): string => {
  const comments = [
    'A proposal, from what the system itself has: look it over, put it in the declaration of the tenant, then apply that.',
    ...remarks,
  ];
  const page = { connectors: { [target]: { settings } } };
  return `${comments.map((line) => `# ${line}\n`).join('')}${stringify(page, { lineWidth: 0 })}`;
};

const proposalFor = async (
  means: Means,
  target: string,
  named: readonly string[],
): Promise<Proposal> => {
  const [instance] = instancesOf(means.tenant, target);
  if (!instance) throw new Error(`there is no connector "${target}"`);
  const { connector, client, settings } = await openInstance(means, instance);
  if (!connector.propose)
    throw new Error(`${connector.title} has nothing to propose: its settings come from elsewhere`);
  const meldingstypen = typesOf(means.tenant, named);
  return connector.propose(client, {
    settings,
    meldingstypen,
    signal: AbortSignal.timeout(patienceMs),
  });
};

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Adds `lb-bus propose`: reads from a system what settings could be, and prints it for somebody to look over. */
export const proposeCommand = (program: Command): void => {
  program
    .command('propose')
    .description('propose settings of a connector, from what its system has; changes nothing')
    .argument('<tenant>', 'the tenant')
    .argument('<connector>', 'name of one of its connectors')
    .option(
      '--meldingstype <iri>',
      'a meldingstype beside those that the tenant offers, as <iri> or <iri>=<name>; may be repeated',
      collect,
      [],
    )
    .action((name: string, target: string, { meldingstype }: { meldingstype: string[] }) =>
      withTenant(name, async (means) => {
        console.log(pageOf(target, await proposalFor(means, target, meldingstype)).trimEnd());
      }),
    );
};
