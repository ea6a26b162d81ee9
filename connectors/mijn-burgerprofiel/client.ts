import { acmIdm } from '#kit/acm-idm.js';
import type { TokenAuth } from '#kit/auth.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import type { Platform } from '#kit/platform.js';
import type { BurgerprofielSettings, DosisSettings, NotificatiesSettings } from './settings.js';

export interface Dosis {
  readonly http: HttpClient;
  readonly settings: DosisSettings;
  readonly bron: string;
}

export interface Notificaties {
  readonly http: HttpClient;
  readonly settings: NotificatiesSettings;
  readonly auth: TokenAuth;
  readonly bron: string;
}

/** What of Mijn Burgerprofiel is reached with the credentials of one tenant. */
export interface Burgerprofiel {
  readonly settings: BurgerprofielSettings;
  readonly dosis: Dosis | null;
  readonly notificaties: Notificaties | null;
  /** Who has another number than before. */
  readonly memory: Platform['memory'];
  readonly pseudonym: Platform['pseudonym'];
}

export const connect = (
  settings: BurgerprofielSettings,
  { http, memory, pseudonym }: Pick<Platform, 'http' | 'memory' | 'pseudonym'>,
): Burgerprofiel => {
  const { bron, dosis, notificaties } = settings;
  if (!dosis && !notificaties)
    throw new Failure('pause', 'The settings have neither dosis nor notificaties', {
      code: 'misconfigured',
    });
  const authFor = (scope: string): TokenAuth => acmIdm(settings, scope, { http });
  const open = (baseUrl: string, auth: TokenAuth): HttpClient =>
    http({ baseUrl: baseUrl.replace(/\/+$/, ''), auth });
  const notifying = notificaties && authFor(notificaties.scope);
  return {
    settings,
    memory,
    pseudonym,
    dosis: dosis
      ? { http: open(dosis.baseUrl, authFor(dosis.scope)), settings: dosis, bron }
      : null,
    notificaties:
      notificaties && notifying
        ? {
            http: open(notificaties.baseUrl, notifying),
            settings: notificaties,
            auth: notifying,
            bron,
          }
        : null,
  };
};
