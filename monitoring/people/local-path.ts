/** Paths that are no page of the console: nobody is sent there after a sign-in. */
const apart = /^\/(admin|assets|sign-in|sign-out)(\/|$)/;

const here = 'http://here.invalid';

/** A path of the console that was asked for; `/` where it is another site's, or none. */
export const localPath = (asked: unknown): string => {
  if (typeof asked !== 'string' || !asked.startsWith('/') || asked.length > 2_000) return '/';
  if (!URL.canParse(asked, here)) return '/';
  const url = new URL(asked, here);
  // Two slashes at the beginning would be another site.
  const elsewhere = url.origin !== here || url.pathname.startsWith('//');
  return elsewhere || apart.test(url.pathname) ? '/' : `${url.pathname}${url.search}`;
};
