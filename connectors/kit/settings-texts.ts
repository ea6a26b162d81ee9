import type { ErrorObject } from 'ajv';
import { teller, type Told, type Translated } from '#oslo/told.js';

const nl = {
  required: 'dit is verplicht',
  additionalProperties: 'dit bestaat hier niet',
  'type.string': 'verwacht wordt een tekst',
  'type.integer': 'verwacht wordt een geheel getal',
  'type.number': 'verwacht wordt een getal',
  'type.boolean': 'verwacht wordt true of false',
  'type.object': 'verwacht wordt een object',
  'type.array': 'verwacht wordt een lijst',
  'format.uri': 'verwacht wordt een volledig adres, zoals https://voorbeeld.be',
  'format.uuid': 'verwacht wordt een UUID',
  pattern: 'dit heeft niet de goede vorm ({pattern})',
  'minLength.1': 'vul dit in',
  minLength: 'verwacht worden minstens {limit} tekens',
  maxLength: 'verwacht worden hoogstens {limit} tekens',
  minimum: 'verwacht wordt minstens {limit}',
  maximum: 'verwacht wordt hoogstens {limit}',
  minItems: 'verwacht worden er minstens {limit}',
  maxItems: 'verwacht worden er hoogstens {limit}',
  enum: 'verwacht wordt een van {known}',
  const: 'verwacht wordt {known}',
  uniqueItems: 'dezelfde waarde staat er twee keer',
  other: 'deze waarde kan hier niet ({rule})',
} as const;

const en: Translated<typeof nl> = {
  required: 'this is required',
  additionalProperties: 'there is no such thing here',
  'type.string': 'expected a text',
  'type.integer': 'expected a whole number',
  'type.number': 'expected a number',
  'type.boolean': 'expected true or false',
  'type.object': 'expected an object',
  'type.array': 'expected a list',
  'format.uri': 'expected a whole address, such as https://example.org',
  'format.uuid': 'expected a UUID',
  pattern: 'this does not have the right form ({pattern})',
  'minLength.1': 'fill this in',
  minLength: 'expected at least {limit} characters',
  maxLength: 'expected at most {limit} characters',
  minimum: 'expected at least {limit}',
  maximum: 'expected at most {limit}',
  minItems: 'expected at least {limit} of them',
  maxItems: 'expected at most {limit} of them',
  enum: 'expected one of {known}',
  const: 'expected {known}',
  uniqueItems: 'the same value stands here twice',
  other: 'this value is not possible here ({rule})',
};

const fr: Translated<typeof nl> = {
  required: 'ceci est obligatoire',
  additionalProperties: 'ceci n’existe pas ici',
  'type.string': 'attendu un texte',
  'type.integer': 'attendu un nombre entier',
  'type.number': 'attendu un nombre',
  'type.boolean': 'attendu true ou false',
  'type.object': 'attendu un objet',
  'type.array': 'attendu une liste',
  'format.uri': 'attendu une adresse complète, comme https://exemple.be',
  'format.uuid': 'attendu un UUID',
  pattern: 'ceci n’a pas la bonne forme ({pattern})',
  'minLength.1': 'remplissez ceci',
  minLength: 'attendu au moins {limit} caractères',
  maxLength: 'attendu au plus {limit} caractères',
  minimum: 'attendu au moins {limit}',
  maximum: 'attendu au plus {limit}',
  minItems: 'attendu au moins {limit} éléments',
  maxItems: 'attendu au plus {limit} éléments',
  enum: 'attendu l’un de {known}',
  const: 'attendu {known}',
  uniqueItems: 'la même valeur figure ici deux fois',
  other: 'cette valeur n’est pas possible ici ({rule})',
};

/** Sentences of what is wrong with a setting, per language. */
export const settingsTexts = { nl, en, fr };

const tell = teller(settingsTexts);

type Key = keyof typeof nl;

const known = (key: string): key is Key => Object.hasOwn(nl, key);

/** The one sentence that fits what Ajv found: by keyword, where there is one for it of that very type, format or limit. */
const keyOf = ({ keyword, params }: ErrorObject): Key => {
  const one: unknown = Reflect.get(params, keyword) ?? Reflect.get(params, 'limit');
  const exact = `${keyword}.${String(one)}`;
  if (known(exact)) return exact;
  return known(keyword) ? keyword : 'other';
};

/** What is wrong with a setting, in words. Never holds the value itself: it may be secret. */
export const settingTold = (error: ErrorObject): Told => {
  const { keyword, params } = error;
  const values: unknown =
    Reflect.get(params, 'allowedValues') ?? Reflect.get(params, 'allowedValue');
  const fills = {
    pattern: String(Reflect.get(params, 'pattern')),
    limit: String(Reflect.get(params, 'limit')),
    known: [values].flat().map(String).join(', '),
    rule: keyword,
  };
  return tell(keyOf(error), fills);
};
