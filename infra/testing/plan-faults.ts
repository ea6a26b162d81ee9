/** What PostgreSQL would do, as `explain (format json)` tells it. */
export interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly 'Parent Relationship'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Whether a query is one stride of a search. */
export const isWalk = (text: string): boolean => /^\s*with walked\b/.test(text);

const joinsAll = new Set(['Hash Join', 'Merge Join']);

/**
 * The large tables that a query reads from end to end, what went amiss and is sorted where it could be met in order, and where a
 * stride of a search reads all of something to look a few up in it.
 */
export const planFaults = (text: string, plan: Plan, large: ReadonlySet<string>): string[] => {
  const nodes = nodesOf(plan);
  /** A search whether there is any stops at the first, where many are expected. */
  const isEndless = (node: Plan): boolean =>
    node['Node Type'] === 'Seq Scan' &&
    large.has(node['Relation Name'] ?? '') &&
    (node['Parent Relationship'] !== 'InitPlan' || node['Plan Rows'] < 1_000);
  const inOrder = /"(?:outcome|status)" = '/.test(text);
  const walked = nodes.filter((node) => inOrder && node['Subplan Name'] === 'CTE walked');
  const sorted = walked.flatMap(nodesOf).filter((node) => node['Node Type'] === 'Sort');
  const joined = nodes.filter((node) => isWalk(text) && joinsAll.has(node['Node Type']));
  return [...nodes.filter(isEndless), ...sorted, ...joined].map(
    (node) => `${node['Node Type']}: ${text}`,
  );
};
