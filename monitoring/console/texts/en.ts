/** Every text in this language, by file. */
export const texts: Readonly<Record<string, object>> = import.meta.glob('./en/*.json', {
  eager: true,
  import: 'default',
});
