/** Every text in this language, by file. */
export const texts: Readonly<Record<string, object>> = import.meta.glob('./nl/*.json', {
  eager: true,
  import: 'default',
});
