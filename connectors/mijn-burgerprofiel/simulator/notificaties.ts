import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { refusal } from './dosis.js';
import { isFields, textAt } from './office.js';
import type { Fields, Office } from './office.js';
import type { FieldError } from './validation.js';

const categories = ['DossierGerelateerdBerichtWijzigingDossier'];
const channels = ['Passief', 'Email', 'Sms'];
/** Without these a bundle of this category is refused. */
const keys = ['DossierNummer', 'StatusVlaamseCode', 'StatusVlaamseFase'];

const listAt = (bundle: Fields, name: string): unknown[] => {
  const value = bundle[name];
  return Array.isArray(value) ? value : [];
};

const error = (field: string, isRight: boolean): FieldError[] =>
  isRight ? [] : [{ field, message: 'Ontbreekt of is niet geldig' }];

const missingKeys = (bundle: Fields): FieldError[] => {
  const given = new Map(
    listAt(bundle, 'SleutelWaardeParen').map((pair) => [
      textAt(pair, 'Sleutel'),
      textAt(pair, 'Waarde'),
    ]),
  );
  return keys.flatMap((key) => error(`SleutelWaardeParen.${key}`, (given.get(key) ?? '') !== ''));
};

const wrongWithBundle = (bundle: Fields): FieldError[] => {
  const receivers = listAt(bundle, 'Bestemmelingen');
  const chosen = listAt(bundle, 'Kanalen');
  return [
    ...['Id', 'AanbiederUri', 'ProductId', 'MerkCode'].flatMap((name) =>
      error(name, textAt(bundle, name) !== ''),
    ),
    ...error('Categorie', categories.includes(textAt(bundle, 'Categorie'))),
    ...error(
      'Bestemmelingen',
      receivers.length > 0 && receivers.every((one) => textAt(one, 'Identificatie') !== ''),
    ),
    ...error('Kanalen', chosen.length > 0 && chosen.every((one) => channels.includes(String(one)))),
    ...missingKeys(bundle),
  ];
};

/** Notificaties v2 below its own address. */
export const notificaties = (
  office: Office,
  { method, path, json }: SimulatedRequest,
): SimulatedAnswer => {
  if (method !== 'POST' || path !== '/api/v2/notificaties')
    return refusal(404, 'METHODE', 'Onbekende methode');
  if (!isFields(json)) return refusal(400, 'JSON', 'De body is geen notificatiebundel');
  const errors = wrongWithBundle(json);
  if (errors.length > 0) return refusal(400, 'VALIDATIE', 'De bundel is niet geldig', errors);
  const id = textAt(json, 'Id');
  if (office.notifications.has(id)) return refusal(409, 'ID', 'De bundel bestaat al');
  office.notifications.set(id, json);
  office.effects.push({ notified: listAt(json, 'Bestemmelingen').length });
  return { status: 200, json: { Id: id } };
};
