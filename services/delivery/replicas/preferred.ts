import { createHash } from 'node:crypto';

const weightBytes = 6;

const weightOf = (replica: string, key: string): number =>
  createHash('sha256').update(`${replica}/${key}`).digest().readUIntBE(0, weightBytes);

/**
 * The replica that is to serve what `key` names: the one with the highest random weight (rendezvous hashing). All that
 * know the same replicas answer the same; one that joins or leaves moves only what it gets or had. Undefined where there
 * is none.
 */
export const preferredOf = (key: string, replicas: Iterable<string>): string | undefined => {
  let first: { readonly replica: string; readonly weight: number } | undefined;
  for (const replica of replicas) {
    const weight = weightOf(replica, key);
    const ahead = !first || weight > first.weight;
    if (ahead || (weight === first?.weight && replica > first.replica)) first = { replica, weight };
  }
  return first?.replica;
};
