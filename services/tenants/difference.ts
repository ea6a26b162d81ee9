/** One line of a difference, as a person reads it. No secret, token or hash is in the words. */
export interface Difference {
  readonly sign: '+' | '~' | '-';
  readonly words: string;
}
