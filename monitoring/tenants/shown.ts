import type { TriedRoute } from '#intake/tried.js';
import type { Declared } from '#tenants/declaration-schema.js';
import type { Difference } from '#tenants/difference.js';
import type { ProblemPlace } from '../problems/problem.js';

/** A secret of a tenant: everything but its value. */
export interface SecretView {
  readonly name: string;
  readonly setAt: string;
  /** The last day on which the other side takes it; null where nobody said. */
  readonly expiresAt: string | null;
  /** Connectors whose settings name it. */
  readonly usedBy: readonly string[];
}

/** A tenant as it is declared, for whoever may see it. */
export interface TenantView {
  readonly tenant: string;
  /** To be given with a change: it tells whether somebody came between. */
  readonly version: number;
  readonly declaration: Declared;
  /** The same for a file: applied as it is it changes nothing. */
  readonly yaml: string;
  readonly secrets: readonly SecretView[];
  /** The last that `lb-bus apply` left, and how what stands differs from it; null where none is known. */
  readonly applied: {
    readonly at: string;
    readonly by: string;
    readonly differs: readonly Difference[];
  } | null;
  readonly mayConfigure: boolean;
  /** Parts of the declaration that whoever asks has to leave as they are. */
  readonly fixed: readonly string[];
}

/** An application of a tenant, with its keys but for their values. */
export interface CredentialView {
  readonly name: string;
  readonly client: { readonly issuer: string; readonly clientId: string } | null;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  readonly postvakken: readonly string[];
  readonly system: string | null;
  readonly expiresAt: string | null;
  readonly keys: readonly {
    readonly id: string;
    readonly madeAt: string | null;
    readonly endsAt: string | null;
  }[];
  /** When a message of its sources was last accepted; null where none is known or its sources are not named. */
  readonly lastMessageAt: string | null;
}

/** What a wish would change, before anything is. */
export interface Planned {
  readonly changes: readonly Difference[];
  /** Messages that nobody would deliver any more. */
  readonly leftBehind: readonly {
    readonly target: string | null;
    readonly count: number;
    /** Switched off they go on when it is switched on; removed nobody sees them again. */
    readonly removed: boolean;
  }[];
}

export interface Saved extends Planned {
  readonly version: number;
  /** Hook tokens made now: this once. */
  readonly tokens: readonly { readonly connector: string; readonly token: string }[];
}

/** What is said of a secret: a value, a day on which it ends, or both. */
export interface GivenSecret {
  readonly value?: string;
  /** null: it never ends. */
  readonly expiresAt?: string | null;
}

export type GivenSecrets = Readonly<Record<string, GivenSecret>>;

/** What would become of a message. Nothing of its content is in it but where a rule is broken. */
export interface TrialAnswer {
  readonly routes: readonly TriedRoute[];
  readonly targets: readonly string[] | null;
  readonly refusal: {
    readonly code: string;
    readonly status: number;
    readonly errors: readonly ProblemPlace[];
  } | null;
}

/** A connector as the forms of the console need it. */
export interface ConnectorView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly docs: string;
  /** JSON Schema of its settings; a secret is an object with its name, marked `x-secret`. */
  readonly settings: object;
  readonly secrets: readonly string[];
  /** Types that it takes by name; null where it takes anything. */
  readonly takes: readonly string[] | null;
  /** It has a source that is called: a hook token leads somewhere. */
  readonly hears: boolean;
}

/** A message type as the editor of routes needs it. */
export interface TypeView {
  readonly type: string;
  readonly kind: 'event' | 'command' | 'question' | 'answer';
  readonly title: Readonly<Record<string, string>>;
  readonly mustArrive: boolean;
}
