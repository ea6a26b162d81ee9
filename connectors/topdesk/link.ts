/** The page of an incident for operators of TOPdesk by its id. */
export const linkOf = ({ baseUrl }: { readonly baseUrl: string }, incident: string): string => {
  const page = new URL(`${baseUrl.replace(/\/+$/, '')}/tas/secure/incident`);
  page.searchParams.set('unid', incident);
  return page.href;
};
