import { readFileSync } from 'node:fs';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

/** What V8 says where no function of anybody runs. */
const ofEngine: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collector',
  '(program)': 'Node.js itself',
  '(root)': 'Node.js itself',
};

const ours = /\/dist\/((?:gateway|services|connectors|monitoring|schemas-oslo|infra)\/.*)\.js$/;

/** The file of ours that had it done: that of the innermost function of ours in the stack. */
const ownerOf = (node: Node, parents: ReadonlyMap<number, Node>): string => {
  for (let at: Node | undefined = node; at; at = parents.get(at.id)) {
    const file = ours.exec(at.callFrame.url)?.[1];
    if (file !== undefined) return file;
  }
  return ofEngine[node.callFrame.functionName] ?? 'libraries on their own';
};

/**
 * Milliseconds of processor by the file of ours that had the work done, of a profile of V8. Waiting is not in it; work that
 * a library does of its own accord, such as reading a socket, has no owner.
 */
export const usedByFile = (profileFile: string): ReadonlyMap<string, number> => {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(profileFile, 'utf8')) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)),
  );
  const owners = new Map(nodes.map((node) => [node.id, ownerOf(node, parents)]));
  const used = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    if (byId.get(id)?.callFrame.functionName === '(idle)') continue;
    const owner = owners.get(id) ?? '';
    used.set(owner, (used.get(owner) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  }
  return used;
};
