import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { isInsz, isKbo } from '#oslo/numbers.js';
import type { Notificaties } from './client.js';
import type { Agent, DosisDossier } from './dossier.js';

const path = '/api/v2/notificaties';

const defaultReceiver = {
  nummer: 'Identificatie',
  persoon: 'INSZ',
  onderneming: 'KBO',
  vereniging: 'VCODE',
};

const receiver = (
  { settings }: Notificaties,
  { Identificatie: number }: Agent,
): Record<string, string> => {
  const form = { ...defaultReceiver, ...settings.ontvanger };
  const kind = isInsz(number) ? form.persoon : isKbo(number) ? form.onderneming : form.vereniging;
  return {
    [form.nummer]: number,
    ...(form.soort !== undefined && { [form.soort]: kind }),
  };
};

const pairs = ({ settings }: Notificaties, values: Record<string, string | undefined>) =>
  Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ [settings.sleutel]: key, [settings.waarde]: value }],
  );

const valuesOf = (dossier: DosisDossier): Record<string, string | undefined> => ({
  DossierNummer: dossier.Identificatie.DossierNummer,
  StatusVlaamseCode: dossier.Status.VlaamsCode,
  StatusVlaamseFase: dossier.Status.VlaamsFase,
  StatusDetail1: dossier.Status.Detail1,
  DossierNaam: dossier.Naam,
  DocumentLinkUri: dossier.Doorverwijzing,
});

const beheerderIn = ({
  DossierBeheerder: beheerder,
}: DosisDossier): Record<string, string | undefined> =>
  beheerder
    ? {
        DossierBeheerderNaam: beheerder.Naam,
        DossierBeheerderDienst: beheerder.Dienst,
        DossierBeheerderEmail: beheerder.Email,
        DossierBeheerderTelefoon: beheerder.Telefoon,
        DossierBeheerderWebsite: beheerder.Website,
      }
    : {};

/** The notification that a dossier has a new status (Notificaties v2, NotificatieBundel), without its id. */
export const bundleOf = (
  notificaties: Notificaties,
  dossier: DosisDossier,
): Record<string, unknown> => {
  const { settings } = notificaties;
  const { Identificatie, Producten } = dossier;
  const transactieId = settings.transactieId
    .replaceAll('{bron}', Identificatie.Bron)
    .replaceAll('{dossierNummer}', Identificatie.DossierNummer);
  return {
    AanbiederUri: settings.aanbiederUri,
    Bestemmelingen: dossier.Agenten.map((agent) => receiver(notificaties, agent)),
    Categorie: settings.categorie,
    TransactieId: transactieId,
    Kanalen: settings.kanalen,
    ProductId: Producten?.[0]?.Id ?? settings.productId,
    MerkCode: settings.merkCode,
    SleutelWaardeParen: pairs(notificaties, { ...valuesOf(dossier), ...beheerderIn(dossier) }),
  };
};

/**
 * Notifies those who may see the dossier, under the id of the message. That Notificaties knows a repeat by its id is not
 * documented, and it has nothing to look it up with. Answers true where an earlier attempt may have notified them too; one that
 * only waited for DOSIS (`taken`) has not.
 */
export const notify = async (
  notificaties: Notificaties,
  dossier: DosisDossier,
  { messageId, redelivered, taken, signal }: SendContext,
): Promise<boolean> => {
  const json = { Id: messageId, ...bundleOf(notificaties, dossier) };
  try {
    await notificaties.http.post(path, json, { signal });
    return redelivered && taken === undefined;
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'conflict') return false;
    throw failure;
  }
};

/** Throws where no token is given for it: it has nothing that can be asked without notifying somebody. */
export const checkToken = async (
  { auth }: Notificaties,
  { signal }: Pick<SendContext, 'signal'>,
): Promise<void> => {
  await auth.credentials(signal);
};
