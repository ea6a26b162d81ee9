import { getMetadataStorage, type ValidationError } from 'class-validator';
import { nl } from './texts/nl.js';
import { ProblemError, type ToldPlace } from './problem.js';
import { tell } from './tell.js';

type Rule = keyof typeof nl & `rule.${string}`;

const codes: Readonly<Record<string, string>> = {
  isDefined: 'required',
  whitelistValidation: 'unknown-property',
  matches: 'pattern',
  isLength: 'length',
  maxLength: 'length',
  isUuid: 'format',
  isIso8601: 'format',
  isDateString: 'format',
  isArray: 'type',
  isBoolean: 'type',
  isInt: 'type',
  isObject: 'type',
  isString: 'type',
};

const codeOf = (rule: string): string => codes[rule] ?? 'value';

const isRule = (key: string): key is Rule => Object.hasOwn(nl, key);

/** What the rule was given where it was declared: the longest, the list, the pattern. */
const limitOf = ({ target, property }: ValidationError, rule: string): string => {
  if (!target) return rule;
  const declared = getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', false, false)
    .find(({ name, propertyName }) => name === rule && propertyName === property);
  const given: readonly unknown[] = declared?.constraints ?? [];
  return (
    given
      .flat()
      .filter(Boolean)
      .join(rule === 'isLength' ? ' – ' : ', ') || rule
  );
};

/** The rule to tell of: what is not there is asked for, and what is of another type broke all other rules with it. */
const ruleOf = (error: ValidationError): string => {
  const broken = Object.keys(error.constraints ?? {});
  const missing = Object.hasOwn(error, 'value') && error.value === undefined;
  if (missing && !broken.includes('whitelistValidation')) return 'isDefined';
  return broken.find((rule) => codeOf(rule) === 'type') ?? broken[0] ?? 'other';
};

const placesOf = (error: ValidationError, above: string): ToldPlace[] => {
  const pointer = `${above}/${error.property}`;
  const below = (error.children ?? []).flatMap((child) => placesOf(child, pointer));
  if (!error.constraints) return below;
  const rule = ruleOf(error);
  const key = `rule.${rule}`;
  const told = tell(isRule(key) ? key : 'rule.other', { limit: limitOf(error, rule) });
  return [{ pointer, code: codeOf(rule), told }, ...below];
};

/** A request that is not as its endpoint describes it, as a problem with each place of it. */
export const requestWrong = (errors: readonly ValidationError[]): ProblemError =>
  new ProblemError(
    'bad-request',
    tell('request-wrong'),
    errors.flatMap((error) => placesOf(error, '')),
  );
