/** The form of an incident: https://learn.microsoft.com/power-apps/developer/model-driven-apps/open-forms-views-dialogs-reports-url. */
export const linkOf = ({ baseUrl }: { readonly baseUrl: string }, incident: string): string => {
  const form = new URL(`${baseUrl.replace(/\/+$/, '')}/main.aspx`);
  form.search = new URLSearchParams({
    ...{ etn: 'incident', pagetype: 'entityrecord', id: incident },
  }).toString();
  return form.href;
};
