import type { Json } from './message.js';

/** Where a system calls after a change, as an administrator of it has set up. */
export interface Registered {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** True where it has the condition that a person made the change, not whoever calls the API. */
  readonly onlyPeople: boolean;
}

const fieldsIn = (input: Json | undefined): Readonly<Record<string, Json | undefined>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};

/** `{url, headers?, onlyPeople?}` as a driver is given it; null, which calls nobody, without `url`. */
export const registeredIn = (input: Json): Registered | null => {
  const { url, headers, onlyPeople } = fieldsIn(input);
  if (typeof url !== 'string') return null;
  return {
    url,
    headers: fieldsIn(headers) as Readonly<Record<string, string>>,
    onlyPeople: onlyPeople === true,
  };
};
