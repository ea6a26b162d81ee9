import type { Translated } from '#oslo/told.js';
import type { nl } from './nl.js';

/** What is told of tenants, in English: also by the command line. */
export const en: Translated<typeof nl> = {
  'connector-unknown': 'unknown connector "{id}": expected one of {known}',
  'nobody-hears': '{id} has no source that is called: nobody would read what comes in',
  'target-unknown': 'unknown target "{target}": expected one of {known}',
  'takes-not': '{id} does not take {type}',
  'type-unknown': 'unknown message type "{type}"',
  'answer-routed': 'an answer goes to whoever asked',
  'one-target.command': 'a command goes to exactly one target',
  'one-target.question': 'a question goes to exactly one target',
  'no-such-day': 'this day does not exist',
  'name-twice': 'this name is declared twice',
  'id-twice': 'this id is declared twice',
  'tenant-twice': 'this tenant is declared twice',
  'client-twice': 'this client already serves another credential',
  'processing-unknown': 'unknown processing activity "{verwerking}": expected one of {known}',
  'no-route': 'no route leads {type} anywhere: add one',
  'schema-long': 'expected at most {limit} characters of JSON',
  'pattern-slow':
    'pattern {pattern}: expected characters and classes with counts, such as {example}',
  'schema-unreadable': 'not a JSON Schema: {reason}',
  'mapping-lost': 'the schema has no property at {pointer}',
  'category-lost': 'category is missing: the schema has no {pointer}',
  'address-https': 'expected an https address without a login',
  'secret-unknown': 'unknown secret "{name}": give its value with --secrets or in the environment',
  'same-key': '{by} has the same key, client or token as {other}',

  missing: '{name} is missing: expected {expected}',
  'a-value': 'a value',
  'another-value': 'another value',
  'unknown-among': 'unknown: expected one of {known}',
  unknown: 'unknown: expected {expected}',
  'expected-found': 'expected {expected}, found {found}',
  'found.nothing': 'nothing',
  'found.list': 'a list',
  'found.object': 'an object',

  'filter.object': 'expected an object of attribute names and texts',
  'filter.name': '"{name}" is neither a CloudEvents attribute nor data.<path>',
  'filter.text': 'expected a text that is not empty',
  'filter.list': 'expected a list of at least one filter',
  'filter.sql':
    'the sql dialect is not offered: write it with exact, prefix, suffix, all, any and not',
  'filter.deep': 'filters nest deeper than {limit}',
  'filter.one': 'expected an object with exactly one of exact, prefix, suffix, all, any, not',
  'filter.dialect': 'unknown dialect "{name}": expected exact, prefix, suffix, all, any or not',

  'credential-unknown': 'tenant {tenant} has no credential "{credential}"',
  'keys-two':
    'credential "{credential}" of {tenant} has two valid keys: end the oldest with --drop-oldest',
  'key-unknown': 'credential "{credential}" has no such key',

  'changed-meanwhile':
    'tenant {tenant} was changed meanwhile. Look at it as it stands now, and try again',
  'changed-meanwhile-by':
    'tenant {tenant} was changed meanwhile by {by}: {words}. Look at it as it stands now, and try again',
};
